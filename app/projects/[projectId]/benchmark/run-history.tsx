import Link from "next/link";
import { formatDateTime } from "#app/_components/format-date.ts";
import { formatNumber } from "#app/_components/format-number.ts";
import { VerdictMark } from "#app/_components/marks.tsx";
import { Table } from "#app/_components/table.tsx";
import type { RunSummary } from "#server/benchmark/schema.ts";
import { sayMetric } from "./say-metric.ts";

const SOURCES = { local: "here", terminal: "terminal", upload: "uploaded" } as const;

/** Every stored run, newest first. Nothing is ever overwritten. */
export function RunHistory({ runs, shown, base }: { runs: RunSummary[]; shown: string; base: string }) {
  return (
    <Table
      caption="Runs, newest first"
      columns={[
        { head: "Run" },
        { head: "Finished" },
        { head: "Where" },
        { head: "p95", numeric: true },
        { head: "Accuracy", numeric: true },
        { head: "Verdict" },
      ]}
      rows={runs.map((run, at) => ({
        key: run.runId,
        cells: [
          run.runId === shown ? (
            <span key="run" aria-current="true">
              {runs.length - at}, shown
            </span>
          ) : (
            <Link key="run" className="act" href={`${base}?run=${run.runId}`}>
              {formatNumber(runs.length - at)}
            </Link>
          ),
          formatDateTime(run.finishedAt),
          `${SOURCES[run.source]}${run.modified ? ", modified" : ""}`,
          sayValue(run, "latency_p95_ms"),
          sayValue(run, "answer_accuracy"),
          <VerdictMark key="verdict" verdict={run.outcome} />,
        ],
      }))}
    />
  );
}

function sayValue(run: RunSummary, metric: "latency_p95_ms" | "answer_accuracy"): string {
  const value = run.verdicts.find((verdict) => verdict.metric === metric)?.value ?? null;
  return value === null ? "unknown" : sayMetric(metric, value);
}
