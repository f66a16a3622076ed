"use client";

import { useWords } from "#app/_words/client.tsx";
import { WordButton } from "./button.tsx";

export type SaveStatus =
  | { kind: "idle" }
  | { kind: "saving" }
  | { kind: "saved"; at: string | Date }
  /** What happened, what was kept, what to do: one short sentence each. */
  | { kind: "error"; message: string; onRetry?: () => void };

/** Saving is automatic and says so. Readers of screens hear it too. */
export function StatusLine({ status }: { status: SaveStatus }) {
  const { say, format } = useWords("common");
  return (
    <p className={status.kind === "error" ? "status error" : "status"} role="status" aria-live="polite">
      {status.kind === "saving" && say("save.saving")}
      {status.kind === "saved" && say("save.saved", { time: format.time(status.at) })}
      {status.kind === "error" && status.message}
      {status.kind === "error" && status.onRetry && (
        <>
          {" "}
          <WordButton onClick={status.onRetry}>{say("failure.again")}</WordButton>
        </>
      )}
    </p>
  );
}

/** Two people, one value: both are shown, one is chosen, nothing is lost without a choice. */
export function Conflict(props: {
  what: string;
  mine: React.ReactNode;
  theirs: React.ReactNode;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}) {
  const { say } = useWords("common");
  const { what, mine, theirs, onKeepMine, onTakeTheirs } = props;
  return (
    <section className="conflict" role="alert">
      <p>{say.rich("conflict.changed", { what, b: (words) => <b>{words}</b> })}</p>
      <dl className="facts">
        <dt>{say("conflict.yours")}</dt>
        <dd>{mine}</dd>
        <dt>{say("conflict.stored")}</dt>
        <dd>{theirs}</dd>
      </dl>
      <span className="links">
        <WordButton onClick={onKeepMine}>{say("conflict.keepMine")}</WordButton>
        <WordButton onClick={onTakeTheirs}>{say("conflict.takeStored")}</WordButton>
      </span>
    </section>
  );
}
