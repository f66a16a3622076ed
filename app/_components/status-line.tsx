import { WordButton } from "./button.tsx";
import { formatTime } from "./format-date.ts";

export type SaveStatus =
  | { kind: "idle" }
  | { kind: "saving" }
  | { kind: "saved"; at: string | Date }
  /** What happened, what was kept, what to do: one short sentence each. */
  | { kind: "error"; message: string; onRetry?: () => void };

/** Saving is automatic and says so. Readers of screens hear it too. */
export function StatusLine({ status }: { status: SaveStatus }) {
  return (
    <p className={status.kind === "error" ? "status error" : "status"} role="status" aria-live="polite">
      {status.kind === "saving" && "Saving …"}
      {status.kind === "saved" && `Saved ${formatTime(status.at)}`}
      {status.kind === "error" && status.message}
      {status.kind === "error" && status.onRetry && (
        <>
          {" "}
          <WordButton onClick={status.onRetry}>Try again</WordButton>
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
  const { what, mine, theirs, onKeepMine, onTakeTheirs } = props;
  return (
    <section className="conflict" role="alert">
      <p>
        <b>{what} was changed elsewhere while you edited it.</b> Your value is not saved yet.
      </p>
      <dl className="facts">
        <dt>Yours</dt>
        <dd>{mine}</dd>
        <dt>Stored now</dt>
        <dd>{theirs}</dd>
      </dl>
      <span className="links">
        <WordButton onClick={onKeepMine}>Keep mine</WordButton>
        <WordButton onClick={onTakeTheirs}>Take the stored one</WordButton>
      </span>
    </section>
  );
}
