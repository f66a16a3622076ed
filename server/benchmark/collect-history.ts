import type { Outcome, RunSummary } from "#server/benchmark/schema.ts";
import type { MetricName, Target } from "#server/scaffold/schema.ts";

export type HistoryPoint = {
  runId: string;
  finishedAt: string;
  value: number;
  /** One-sided, on the side that the verdict needs; null where none exists. */
  bound: number | null;
  target: number;
  verdict: Outcome;
  note: string | null;
};

export type TargetHistory = {
  metric: MetricName;
  comparison: Target["comparison"];
  /** Oldest first; runs without a value are left out and counted. */
  points: HistoryPoint[];
  withoutValue: number;
};

/** What became of each target over the runs. The newest run says which targets there are; `runs` are newest first. */
export function collectHistory(runs: readonly RunSummary[]): TargetHistory[] {
  const [newest] = runs;
  if (newest === undefined) return [];
  return newest.verdicts.map(({ metric, target: { comparison } }) => {
    const judged = runs.flatMap((run) => {
      const verdict = run.verdicts.find(
        (one) => one.metric === metric && one.target.comparison === comparison,
      );
      return verdict === undefined ? [] : [{ run, verdict }];
    });
    const points = judged.flatMap(({ run: { runId, finishedAt, note }, verdict }) =>
      verdict.value === null
        ? []
        : [
            {
              runId,
              finishedAt,
              value: verdict.value,
              bound: verdict.bound,
              target: verdict.target.value,
              verdict: verdict.verdict,
              note,
            },
          ],
    );
    return { metric, comparison, points: points.reverse(), withoutValue: judged.length - points.length };
  });
}
