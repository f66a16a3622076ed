import { openReport } from "#server/benchmark/open-report.ts";
import type { Report, Verdict } from "#server/benchmark/schema.ts";

/** Both one-sided bounds, each at the target's level; an end that does not exist is null. */
export type Interval = { low: number | null; high: number | null };

/**
 * What a verdict looks like as a bar: both one-sided bounds of the measured value. It crosses the target exactly when
 * the verdict is inconclusive for want of evidence. Null for a figure without an exact test.
 */
export function boundVerdict(report: Report, { metric, target }: Verdict): Interval | null {
  if (report.outcome.status === "failed") return null;
  return openReport(report).metrics[metric]?.bound(target, 1 - target.confidence) ?? null;
}
