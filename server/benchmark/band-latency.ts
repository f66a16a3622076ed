import { boundRuns } from "#server/benchmark/bound-runs.ts";
import { groupByRun } from "#server/benchmark/group-requests.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import { latencyFromScheduleMs } from "#server/benchmark/recompute-metrics.ts";

/** Of the share that is done after so long: between these with 90 % confidence at each point by itself. */
export type BandPoint = { ms: number; low: number; high: number };

const POINTS = 80;
/** On each side. */
const ALPHA = 0.05;

/**
 * A band around the cumulative curve, from how much the drained runs differ (Student): requests of one run depend on
 * each other, so a band that counts requests would be too narrow. Empty under two runs.
 */
export function bandLatency({ requests }: Pick<RagReport, "requests">): BandPoint[] {
  const runs = groupByRun(requests).map((run) => run.map(latencyFromScheduleMs).toSorted((a, b) => a - b));
  const all = runs
    .flat()
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const step = Math.max(1, Math.ceil(all.length / POINTS));
  return all
    .filter((_, at) => at % step === 0 || at === all.length - 1)
    .flatMap((ms) => {
      const bounds = boundRuns(
        runs.map((run) => shareUpTo(run, ms)),
        ALPHA,
      );
      return bounds === null ? [] : [{ ms, low: Math.max(0, bounds.low), high: Math.min(1, bounds.high) }];
    });
}

function shareUpTo(sorted: readonly number[], ms: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Number.POSITIVE_INFINITY) <= ms) low = middle + 1;
    else high = middle;
  }
  return low / sorted.length;
}
