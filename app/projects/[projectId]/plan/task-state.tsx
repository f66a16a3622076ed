"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { Button, WordButton } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Conflict, type SaveStatus, StatusLine } from "#app/_components/status-line.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { SayOf } from "#server/messages/say.ts";
import type { TaskState as State, TaskStatus } from "#server/plan/schema.ts";
import { TASK_STATUSES } from "./plan-states.ts";

type Props = {
  projectId: string;
  task: { id: string; title: string; artefact: string };
  state: State;
  canSave: boolean;
};

/** A task's state. Done asks for the artefact, blocked for the reason, waived for reason and reviewer. */
export function TaskStateField({ projectId, task, state: stored, canSave }: Props) {
  const { say } = useWords("plan");
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
        {say("task.stateOf", { task: task.title })}
      </label>
      <select
        id={id}
        className="control no-print"
        value={asking ?? state.status}
        disabled={!canSave}
        onChange={(event) => choose(event.target.value as TaskStatus)}
      >
        {TASK_STATUSES.map((value) => (
          <option key={value} value={value}>
            {say(`status.${value}`)}
          </option>
        ))}
      </select>
      <span className="print-only">{say(`status.${state.status}`)}</span>
      {asking === undefined && <SavedWords words={sayDetail(say, state)} />}
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
            label={asking === "done" ? say("task.artefact") : say("task.reason")}
            value={words}
            maxLength={300}
            required
            onChange={(event) => setWords(event.target.value)}
          />
          {asking === "waived" && (
            <TextField
              label={say("task.reviewer")}
              value={reviewer}
              maxLength={120}
              required
              onChange={(event) => setReviewer(event.target.value)}
            />
          )}
          <Button type="submit">{say("task.saveAs", { status: say(`status.${asking}`) })}</Button>{" "}
          <WordButton onClick={() => setAsking(undefined)}>{say("task.leave")}</WordButton>
        </form>
      )}
      {conflict && (
        <Conflict
          what={task.id}
          mine={sayState(say, conflict.mine)}
          theirs={sayState(say, conflict.theirs)}
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

function SavedWords({ words }: { words: string | null }) {
  return words === null ? null : <span className="second">{words}</span>;
}

function sayState(say: SayOf<"plan">, state: State): string {
  const words = sayDetail(say, state);
  const status = say(`status.${state.status}`);
  return words === null ? status : say("task.saved", { status, words });
}

/** What was typed with the state. */
function sayDetail(say: SayOf<"plan">, state: State): string | null {
  if (state.status === "done") return state.artefact;
  if (state.status === "blocked") return state.reason;
  if (state.status !== "waived") return null;
  return say("task.reviewed", { reason: state.reason, reviewer: state.reviewer });
}
