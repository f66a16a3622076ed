"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { LongTextField } from "#app/_components/field.tsx";
import { Conflict } from "#app/_components/status-line.tsx";
import { UndoBar } from "#app/_components/undo-bar.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";

type Props = { projectId: string; runId: string; note: string | null; version: number };
type Theirs = { theirs: string | null; version: number };

/** One note a run. Of two people who write at once the second sees both and chooses. */
export function RunNote({ projectId, runId, ...stored }: Props) {
  const trpc = useTRPC();
  const explain = useExplain();
  const router = useRouter();
  const { say } = useWords("runs");
  const [seen, setSeen] = useState(stored);
  const [text, setText] = useState(stored.note ?? "");
  const [before, setBefore] = useState<{ note: string | null } | null>(null);
  const save = useMutation(
    trpc.runs.saveNote.mutationOptions({
      onSuccess: ({ note, version }) => {
        setSeen({ note, version });
        setText(note ?? "");
        router.refresh();
      },
    }),
  );
  const error = save.error === null ? null : explain(save.error);
  const conflict = error?.code === "VERSION_CONFLICT" ? (error.data as Theirs) : null;
  const write = (note: string, over: Pick<Props, "note" | "version">) => {
    setBefore({ note: over.note });
    save.mutate({ projectId, runId, version: over.version, note });
  };

  return (
    <div className="no-print">
      <LongTextField
        label={say("note.label")}
        hint={say("note.hint")}
        rows={2}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={error !== null && conflict === null ? error.message : undefined}
      />
      <Button disabled={save.isPending || text === (seen.note ?? "")} onClick={() => write(text, seen)}>
        {say("note.save")}
      </Button>
      {conflict !== null && (
        <Conflict
          what={say("note.label")}
          mine={text}
          theirs={conflict.theirs ?? say("note.none")}
          onKeepMine={() => write(text, { note: conflict.theirs, version: conflict.version })}
          onTakeTheirs={() => {
            save.reset();
            setSeen({ note: conflict.theirs, version: conflict.version });
            setText(conflict.theirs ?? "");
          }}
        />
      )}
      {save.isSuccess && before !== null && (
        <UndoBar
          message={say(seen.note === null ? "note.removed" : "note.saved")}
          onUndo={() => {
            save.mutate({ projectId, runId, version: seen.version, note: before.note });
            setBefore(null);
          }}
          onClose={() => setBefore(null)}
        />
      )}
    </div>
  );
}
