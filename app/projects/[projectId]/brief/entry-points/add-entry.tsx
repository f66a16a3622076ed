"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { Button, WordButton } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { useExplain, useTRPC, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { PresetId } from "#server/brief/schema.ts";
import type { EntryList } from "./entry-data.ts";

type Props = { projectId: string; base: string; presets: EntryList["presets"] };
const BLANK = "";

/** A candidate from a preset, which fills in what is usual, or a blank one. */
export function AddEntry({ projectId, base, presets }: Props) {
  const { say } = useWords("entry");
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [title, setTitle] = useState("");
  const [from, setFrom] = useState(BLANK);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const add = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const presetId = from === BLANK ? null : (from as PresetId);
      const { id } = await client.entryPoints.add.mutate({ projectId, title, presetId });
      router.push(`${base}/${id}`);
    } catch (error) {
      setProblem(explain(error as Parameters<typeof explain>[0]).message);
      setBusy(false);
    }
  };
  const choose = (value: string) => {
    setFrom(value);
    if (title === "" || presets.some((preset) => preset.title === title))
      setTitle(presets.find((preset) => preset.id === value)?.title ?? "");
  };
  return (
    <form onSubmit={add} noValidate className="no-print">
      <SelectField
        label={say("add.from")}
        value={from}
        options={[
          { value: BLANK, label: say("add.blank") },
          ...presets.map((preset) => ({ value: preset.id, label: preset.title })),
        ]}
        onChange={(event) => choose(event.target.value)}
      />
      <TextField
        label={say("add.name")}
        hint={say("add.hint")}
        name="title"
        value={title}
        error={problem}
        onChange={(event) => setTitle(event.target.value)}
      />
      <div className="actions">
        <Button type="submit" disabled={isBusy}>
          {say("add.act")}
        </Button>
      </div>
    </form>
  );
}

/** Candidates of another project, as a file. */
export function ImportEntries({ projectId }: { projectId: string }) {
  const { say } = useWords("entry");
  const trpc = useTRPC();
  const explain = useExplain();
  const router = useRouter();
  const id = useId();
  const read = useMutation(
    trpc.entryPoints.importFile.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  const error = read.error && explain(read.error);
  return (
    <div className="field no-print">
      <label htmlFor={id}>{say("add.import")}</label>
      <p className="hint">{say("add.importHint")}</p>
      <input
        id={id}
        className="control"
        type="file"
        accept="application/json,.json"
        disabled={read.isPending}
        onChange={async (event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file) read.mutate({ projectId, text: await file.text() });
        }}
      />
      {read.data && (
        <p className="status" role="status">
          {say("add.imported", { count: read.data.added.length, titles: read.data.added.join(", ") })}
        </p>
      )}
      {error && (
        <p className="error" role="alert">
          {error.message} {"hint" in error ? error.hint : null}
        </p>
      )}
    </div>
  );
}

/** What was deleted and can come back. */
export function RemovedEntries({ projectId, removed }: { projectId: string; removed: EntryList["removed"] }) {
  const { say } = useWords("entry");
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const restore = async (entryPointId: string) => {
    try {
      await client.entryPoints.restore.mutate({ projectId, entryPointId });
      setProblem(undefined);
      router.refresh();
    } catch (error) {
      const body = explain(error as Parameters<typeof explain>[0]);
      setProblem([body.message, "hint" in body ? body.hint : null].filter(Boolean).join(" "));
    }
  };
  return (
    <>
      <ul>
        {removed.map(({ id, title }) => (
          <li key={id}>
            {title}{" "}
            <WordButton className="inline" onClick={() => void restore(id)}>
              {say.rich("removed.bringBack", { title, hidden })}
            </WordButton>
          </li>
        ))}
      </ul>
      {problem && (
        <p className="status error" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

const hidden = (words: React.ReactNode) => <span className="sr-only">{words}</span>;
