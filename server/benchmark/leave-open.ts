import type { Judgement } from "#server/benchmark/schema.ts";

/** Neither side is shown, because the sample cannot speak to the target at all. */
export function leaveOpen(n: number, reason: string): Judgement {
  return { verdict: "inconclusive", reason, bound: null, n, needs: {} };
}
