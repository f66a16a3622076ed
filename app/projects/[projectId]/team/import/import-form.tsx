"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Table } from "#app/_components/table.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { SayOf } from "#server/messages/say.ts";
import type { FileProblem, MatrixChange, MatrixDiff } from "#server/team/import-schema.ts";
import type { RatingSource } from "#server/team/schema.ts";

type Names = { skills: Record<string, string>; roles: Record<string, string>; levels: string[] };
type State =
  | { kind: "idle" | "reading" | "saving" }
  | { kind: "refused"; message: string; hint: string | undefined; problems: FileProblem[] }
  | { kind: "shown"; diff: MatrixDiff }
  | { kind: "saved"; count: number };

const SOURCES = ["peer", "manager", "evidence", "self"] as const;
/** As the server has it: larger files are not even sent. */
const LIMIT_MIB = 2;

/** A file is read and compared first; saving is a second, deliberate act on exactly what was shown. */
export function ImportForm({ projectId, ...names }: Names & { projectId: string }) {
  const { say, format } = useWords("team");
  const router = useRouter();
  const id = useId();
  const [file, setFile] = useState<File>();
  const [source, setSource] = useState<RatingSource>("peer");
  const [reason, setReason] = useState("");
  const [state, setState] = useState<State>({ kind: "idle" });

  const post = async (body: File, query: Record<string, string>): Promise<MatrixDiff | null> => {
    const address = `/api/projects/${projectId}/team/import?${new URLSearchParams(query)}`;
    const response = await fetch(address, { method: "POST", body }).catch(() => null);
    const answer = (await response?.json().catch(() => null)) ?? null;
    if (response?.ok) return answer as MatrixDiff;
    const { message = say("import.refused"), hint, data } = answer ?? {};
    const problems = Array.isArray(data) ? (data as FileProblem[]) : [];
    setState({ kind: "refused", message, hint, problems });
    return null;
  };
  const read = async (chosen: File | undefined, by: RatingSource) => {
    setFile(chosen);
    if (!chosen) return;
    if (chosen.size > LIMIT_MIB * 1024 * 1024) {
      const message = say("import.tooLarge", { most: LIMIT_MIB });
      setState({ kind: "refused", message, hint: undefined, problems: [] });
      return;
    }
    setState({ kind: "reading" });
    const diff = await post(chosen, { source: by });
    if (diff) setState({ kind: "shown", diff });
  };
  const save = async (diff: MatrixDiff) => {
    if (!file) return;
    setState({ kind: "saving" });
    const because = reason.trim().length < 3 ? file.name.slice(0, 200).padEnd(3, ".") : reason;
    const saved = await post(file, { source, digest: diff.digest, reason: because });
    if (!saved) return;
    setState({ kind: "saved", count: saved.changes.length });
    router.refresh();
  };

  return (
    <div className="field mt-4 no-print">
      <div className="person-form">
        <SelectField
          label={say("import.source")}
          value={source}
          onChange={(event) => {
            const chosen = event.target.value as RatingSource;
            setSource(chosen);
            void read(file, chosen);
          }}
          options={SOURCES.map((value) => ({ value, label: say(`people.word.${value}`) }))}
        />
      </div>
      <label htmlFor={id}>{say("import.file")}</label>
      <p className="hint">{say("import.fileHint", { most: LIMIT_MIB })}</p>
      <input
        id={id}
        className="control"
        type="file"
        accept=".csv,.xlsx,text/csv"
        disabled={state.kind === "reading" || state.kind === "saving"}
        onChange={(event) => {
          void read(event.target.files?.[0], source);
          event.target.value = "";
        }}
      />
      <p className="status" role="status">
        {file && state.kind !== "idle" && `${file.name} `}
        {state.kind === "reading" && say("import.reading")}
        {state.kind === "saving" && say("import.saving")}
        {state.kind === "saved" && say("import.saved", { count: state.count })}
      </p>
      {state.kind === "refused" && (
        <div className="error" role="alert">
          <p>
            {state.message} {state.hint ?? say("import.refused")}
          </p>
          {state.problems.length > 1 && (
            <ul>
              {state.problems.map(({ path, message }) => (
                <li key={`${path} ${message}`}>{message}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      {state.kind === "shown" && (
        <>
          <p>
            {state.diff.changes.length === 0
              ? say("import.nothing")
              : say("import.changes", { count: state.diff.changes.length })}
          </p>
          {state.diff.changes.length > 0 && (
            <>
              <Table
                caption={say("import.caption")}
                columns={[
                  { head: say("import.what") },
                  { head: say("import.skill") },
                  { head: say("import.before") },
                  { head: say("import.after") },
                ]}
                rows={state.diff.changes.map((change) => ({
                  key: JSON.stringify(change),
                  cells: sayChange(change, names, say),
                }))}
              />
              {state.diff.changes.some(({ kind }) => kind === "requirement") && (
                <TextField
                  label={say("import.reason")}
                  value={reason}
                  maxLength={300}
                  placeholder={file?.name}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
              <div className="actions">
                <Button weight="primary" onClick={() => void save(state.diff)}>
                  {say("import.confirm")} ({format.number(state.diff.changes.length)})
                </Button>
              </div>
            </>
          )}
        </>
      )}
    </div>
  );
}

function sayChange(change: MatrixChange, names: Names, say: SayOf<"team">): string[] {
  if (change.kind === "person") return [say("import.newPerson", { alias: change.alias }), "", "", ""];
  const skill = `${change.skillId} ${names.skills[change.skillId] ?? ""}`;
  const level = (value: number) => say("level", { level: String(value), name: names.levels[value] ?? "" });
  if (change.kind === "rating") {
    const word = (value: number | null) => (value === null ? say("notAssessed") : level(value));
    const what = say("import.rating", { alias: change.alias, source: say(`source.${change.source}`) });
    return [what, skill, word(change.before), word(change.after)];
  }
  const { roleId, before, after } = change;
  const word = (value: typeof before) =>
    value.level === null
      ? say("notRequired")
      : say("import.value", { level: level(value.level), importance: say(`importance.${value.importance}`) });
  const what =
    roleId === null
      ? say("import.pilot")
      : say("import.requirement", { role: names.roles[roleId] ?? roleId });
  return [what, skill, word(before), word(after)];
}
