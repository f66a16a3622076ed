import type { ReportProblem } from "#server/benchmark/read-report.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");

/** Two languages print the last digits of a sum differently. */
const RELATIVE_TOLERANCE = 1e-6;

export function problem(code: string, path: string, message: string): ReportProblem {
  return { code, path, message };
}

/** A figure that does not follow from its records. */
export function disagrees(
  path: string,
  metric: string,
  said: number | null,
  found: number | null,
): ReportProblem {
  return problem(
    "METRIC_DISAGREES",
    path,
    say("METRIC_DISAGREES.said", { metric, said: String(said), found: String(found) }),
  );
}

export function isClose(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b), 1e-9);
}
