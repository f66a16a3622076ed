import Link from "next/link";
import { Button } from "#app/_components/button.tsx";
import { VerdictMark } from "#app/_components/marks.tsx";
import { Table } from "#app/_components/table.tsx";
import { readWords } from "#app/_words/server.ts";
import type { RunSummary } from "#server/benchmark/schema.ts";
import { type BenchmarkWords, sayMetric } from "./say-metric.ts";

/** Every stored run, newest first. Nothing is ever overwritten. */
export async function RunHistory(props: {
  runs: RunSummary[];
  /** All there are; the list shows the newest. */
  stored: number;
  skip: number;
  shown: string;
  base: string;
}) {
  const { runs, stored, skip, shown, base } = props;
  const words = await readWords("benchmark");
  const { say, format } = words;
  const { say: sayMore } = await readWords("runs");
  const list = (
    <Table
      caption={say("history.caption")}
      columns={[
        { head: say("history.run") },
        { head: say("history.finished") },
        { head: say("history.where") },
        { head: say("history.p95"), numeric: true },
        { head: say("history.accuracy"), numeric: true },
        { head: say("history.verdict") },
        { head: sayMore("history.note") },
        ...(stored > 1 ? [{ head: sayMore("history.compareHead") }] : []),
      ]}
      rows={runs.map((run, at) => ({
        key: run.runId,
        cells: [
          run.runId === shown ? (
            <span key="run" aria-current="true">
              {say("history.shown", { number: format.number(stored - skip - at) })}
            </span>
          ) : (
            <Link key="run" prefetch={false} className="act" href={`${base}?run=${run.runId}`}>
              {format.number(stored - skip - at)}
            </Link>
          ),
          format.dateTime(run.finishedAt),
          run.modified
            ? say("history.modified", { where: say(`source.${run.source}`) })
            : say(`source.${run.source}`),
          sayValue(run, "latency_p95_ms", words),
          sayValue(run, "answer_accuracy", words),
          <VerdictMark key="verdict" verdict={run.outcome} />,
          run.note === null ? "" : cut(run.note),
          <input
            key="compare"
            type="checkbox"
            name="run"
            value={run.runId}
            aria-label={sayMore("history.mark", { number: format.number(stored - skip - at) })}
          />,
        ],
      }))}
    />
  );
  if (stored < 2) return list;
  const pageAt = (skipped: number) => `${base}?run=${shown}&skip=${skipped}#history`;
  // A plain form: marking runs needs no script.
  return (
    <form action={`${base}/compare`}>
      {list}
      {stored > runs.length && (
        <p className="source links mt-2">
          {sayMore("history.page", {
            from: format.number(stored - skip),
            to: format.number(stored - skip - runs.length + 1),
            all: format.number(stored),
          })}
          {skip > 0 && (
            <Link prefetch={false} className="no-print" href={pageAt(Math.max(0, skip - 20))}>
              {sayMore("history.newer")}
            </Link>
          )}
          {skip + runs.length < stored && (
            <Link prefetch={false} className="no-print" href={pageAt(skip + runs.length)}>
              {sayMore("history.older")}
            </Link>
          )}
        </p>
      )}
      <div className="actions no-print">
        <Button type="submit">{sayMore("history.compare")}</Button>
        <span className="second">{sayMore("history.compareHint")}</span>
      </div>
    </form>
  );
}

function cut(note: string): string {
  return note.length > 60 ? `${note.slice(0, 59)}…` : note;
}

function sayValue(
  run: RunSummary,
  metric: "latency_p95_ms" | "answer_accuracy",
  { say, format }: BenchmarkWords,
): string {
  const value = run.verdicts.find((verdict) => verdict.metric === metric)?.value ?? null;
  return value === null ? say("unknown") : sayMetric(metric, value, format);
}
