"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { Button, WordButton } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Conflict, type SaveStatus, StatusLine } from "#app/_components/status-line.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import type { TaskState as State, TaskStatus } from "#server/plan/schema.ts";
import { STATUS_WORDS } from "./status-words.ts";

type Props = {
  projectId: string;
  task: { id: string; title: string; artefact: string };
  state: State;
  canSave: boolean;
};

/** A task's state. Done asks for the artefact, blocked for the reason, waived for reason and reviewer. */
export function TaskStateField({ projectId, task, state: stored, canSave }: Props) {
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const id = useId();
  // What was chosen stands at once; the page follows when it is drawn again with another state.
  const [chosen, setChosen] = useState<{ state: State; over: string }>();
  const state = chosen?.over === JSON.stringify(stored) ? chosen.state : stored;
  const [asking, setAsking] = useState<TaskStatus>();
  const [words, setWords] = useState("");
  const [reviewer, setReviewer] = useState("");
  const [status, setStatus] = useState<SaveStatus>({ kind: "idle" });
  const [conflict, setConflict] = useState<{ mine: State; theirs: State }>();

  const save = async (next: State, seen = state): Promise<void> => {
    setStatus({ kind: "saving" });
    setConflict(undefined);
    if (next.status === "todo" || next.status === "doing")
      setChosen({ state: next, over: JSON.stringify(stored) });
    try {
      await client.plan.saveTask.mutate({ projectId, taskId: task.id, state: next, seen });
      setAsking(undefined);
      setChosen({ state: next, over: JSON.stringify(stored) });
      setStatus({ kind: "saved", at: new Date() });
      router.refresh();
    } catch (error) {
      const body = explain(error as Parameters<typeof explain>[0]);
      setChosen(undefined);
      setStatus({ kind: "idle" });
      if (body.code === "VERSION_CONFLICT") {
        const { theirs } = (body as { data?: unknown }).data as { theirs: State };
        setConflict({ mine: next, theirs });
      } else setStatus({ kind: "error", message: body.message });
    }
  };
  const choose = (next: TaskStatus): void => {
    if (next === "todo" || next === "doing") {
      setAsking(undefined);
      void save({ status: next });
      return;
    }
    setWords(next === "done" ? task.artefact : "");
    setAsking(next);
  };

  return (
    <div className="task-state">
      <label className="sr-only" htmlFor={id}>
        State of {task.title}
      </label>
      <select
        id={id}
        className="control no-print"
        value={asking ?? state.status}
        disabled={!canSave}
        onChange={(event) => choose(event.target.value as TaskStatus)}
      >
        {Object.entries(STATUS_WORDS).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <span className="print-only">{STATUS_WORDS[state.status]}</span>
      {asking === undefined && <SavedWords state={state} />}
      {asking !== undefined && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (asking === "done") void save({ status: "done", artefact: words });
            else if (asking === "waived") void save({ status: "waived", reason: words, reviewer });
            else void save({ status: "blocked", reason: words });
          }}
        >
          <TextField
            label={asking === "done" ? "Where the artefact is" : "Reason"}
            value={words}
            maxLength={300}
            required
            onChange={(event) => setWords(event.target.value)}
          />
          {asking === "waived" && (
            <TextField
              label="Reviewer"
              value={reviewer}
              maxLength={120}
              required
              onChange={(event) => setReviewer(event.target.value)}
            />
          )}
          <Button type="submit">Save as {STATUS_WORDS[asking]}</Button>{" "}
          <WordButton onClick={() => setAsking(undefined)}>Leave it</WordButton>
        </form>
      )}
      {conflict && (
        <Conflict
          what={task.id}
          mine={sayState(conflict.mine)}
          theirs={sayState(conflict.theirs)}
          onKeepMine={() => void save(conflict.mine, conflict.theirs)}
          onTakeTheirs={() => {
            setChosen({ state: conflict.theirs, over: JSON.stringify(stored) });
            setConflict(undefined);
            setAsking(undefined);
            router.refresh();
          }}
        />
      )}
      {status.kind !== "idle" && <StatusLine status={status} />}
    </div>
  );
}

function SavedWords({ state }: { state: State }) {
  if (state.status === "todo" || state.status === "doing") return null;
  return <span className="second">{sayState(state).replace(/^[a-z ]+: /, "")}</span>;
}

function sayState(state: State): string {
  const words = STATUS_WORDS[state.status];
  if (state.status === "done") return `${words}: ${state.artefact}`;
  if (state.status === "blocked") return `${words}: ${state.reason}`;
  if (state.status === "waived") return `${words}: ${state.reason}, reviewed by ${state.reviewer}`;
  return words;
}
