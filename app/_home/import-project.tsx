"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";

const LIMIT_BYTES = 900_000;
type Refusal = { code: string; message: string; path?: string; hint?: string; data?: unknown };

/** A whole project from a file; a taken name is the one thing that can be put right here. */
export function ImportProject() {
  const { say, format } = useWords("home");
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const id = useId();
  const [text, setText] = useState("");
  const [name, setName] = useState("");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isTaken = refusal?.code === "NAME_TAKEN";

  const send = async (file: string, as?: string) => {
    setBusy(true);
    try {
      const named = as === undefined ? {} : { name: as };
      const project = await client.projects.importFile.mutate({ text: file, ...named });
      router.push(`/projects/${project.id}/brief`);
    } catch (error) {
      const body = explain(error as never) as Refusal;
      setRefusal(body);
      if (body.code === "NAME_TAKEN" && as === undefined)
        setName(String((body.data as { name?: string } | undefined)?.name ?? ""));
      setBusy(false);
    }
  };
  const read = async (file: File | undefined) => {
    if (!file) return;
    setRefusal(null);
    if (file.size > LIMIT_BYTES) {
      setRefusal({ code: "TOO_LARGE", message: say("import.tooLarge", { size: format.bytes(file.size) }) });
      return;
    }
    const content = await file.text();
    setText(content);
    await send(content);
  };
  return (
    <>
      <div className="field mt-4">
        <label htmlFor={id}>{say("import.label")}</label>
        <p className="hint">{say("import.hint")}</p>
        <input
          id={id}
          className="control"
          type="file"
          accept="application/json,.json"
          disabled={isBusy}
          onChange={(event) => {
            void read(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
        {isBusy && (
          <p className="status" role="status">
            {say("import.reading")}
          </p>
        )}
        {refusal && !isTaken && <Refused refusal={refusal} />}
      </div>
      {isTaken && (
        <form
          className="mt-4"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void send(text, name);
          }}
        >
          <TextField
            label={say("import.name")}
            value={name}
            error={say("import.taken")}
            onChange={(event) => setName(event.target.value)}
          />
          <div className="actions">
            <Button type="submit" disabled={isBusy}>
              {say("import.act")}
            </Button>
          </div>
        </form>
      )}
    </>
  );
}

/** What, where, what to do; the other problems of the file below. */
function Refused({ refusal }: { refusal: Refusal }) {
  const { say } = useWords("home");
  const problems = Array.isArray(refusal.data) ? (refusal.data as { path: string; message: string }[]) : [];
  return (
    <div className="error block" role="alert">
      <p>{say("import.refused", { message: refusal.message })}</p>
      {refusal.path && (
        <p>{say.rich("import.at", { path: refusal.path, code: (words) => <code>{words}</code> })}</p>
      )}
      {refusal.hint && <p>{refusal.hint}</p>}
      {problems.length > 1 && (
        <ul>
          {problems.slice(1, 6).map(({ path, message }) => (
            <li key={`${path} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
