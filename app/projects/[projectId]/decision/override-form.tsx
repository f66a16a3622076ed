"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, WordButton } from "#app/_components/button.tsx";
import { LongTextField, SelectField } from "#app/_components/field.tsx";
import { StatusLine } from "#app/_components/status-line.tsx";
import { UndoBar } from "#app/_components/undo-bar.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";

type Choice = { option: string | null; reason: string };
type Props = {
  projectId: string;
  layerId: string;
  options: { id: string; label: string }[];
  /** What a person chose and nobody took back. */
  present: { id: string; option: string | null; reason: string } | null;
};

/** Another option than the rules' pick, with a reason; taking it back, and the way back from that. */
export function OverrideForm({ projectId, layerId, options, present }: Props) {
  const { say } = useWords("choice");
  const trpc = useTRPC();
  const explain = useExplain();
  const router = useRouter();
  const [asked, setOption] = useState("");
  // What was chosen last is no longer among the others.
  const option = options.find(({ id }) => id === asked)?.id ?? options[0]?.id ?? "";
  const [reason, setReason] = useState("");
  const [undo, setUndo] = useState<{ to: Choice; seenId: string | null } | null>(null);
  const before: Choice = present ?? { option: null, reason: say("override.takenBack") };
  const mutation = useMutation(
    trpc.records.override.mutationOptions({
      onSuccess: ({ id, option: chosen }) => {
        setReason("");
        setUndo({
          to: { option: before.option, reason: before.reason },
          seenId: chosen === null ? null : id,
        });
        router.refresh();
      },
    }),
  );
  const send = (choice: Choice, seenId: string | null) =>
    mutation.mutate({ projectId, layerId, ...choice, seenId });
  return (
    <div className="no-print">
      {present && (
        <p>
          <WordButton onClick={() => send({ option: null, reason: say("override.takenBack") }, present.id)}>
            {say("override.takeBack")}
          </WordButton>
        </p>
      )}
      <details>
        <summary className="act">{say("override.open")}</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send({ option, reason }, present?.id ?? null);
          }}
        >
          <SelectField
            label={say("override.option")}
            value={option}
            options={options.map(({ id, label }) => ({ value: id, label }))}
            onChange={(event) => setOption(event.target.value)}
          />
          <LongTextField
            label={say("override.reason")}
            hint={say("override.reasonHint")}
            rows={3}
            maxLength={500}
            required
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button type="submit" disabled={mutation.isPending}>
            {say("override.send")}
          </Button>
        </form>
      </details>
      <StatusLine
        status={
          mutation.error
            ? { kind: "error", message: explain(mutation.error).message, onRetry: () => router.refresh() }
            : mutation.isPending
              ? { kind: "saving" }
              : { kind: "idle" }
        }
      />
      {undo && !mutation.isPending && !mutation.error && (
        <UndoBar
          message={present ? say("override.chosen") : say("override.takenBack")}
          onUndo={() => {
            send(undo.to, undo.seenId);
          }}
          onClose={() => setUndo(null)}
        />
      )}
    </div>
  );
}
