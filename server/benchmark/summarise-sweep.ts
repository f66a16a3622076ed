import { type CapacityPoint, findCapacity, findKnee } from "#server/benchmark/find-knee.ts";
import type { RunPoint } from "#server/benchmark/measure-point.ts";

/** One curve of a sweep: one search with one k, over rising load. */
export type SweepCurve = {
  mode: string;
  k: number;
  curve: CapacityPoint[];
  targetMs: number | null;
  knee: CapacityPoint | null;
  /** The highest rate up to which the latency target held; null without a target, or where none held. */
  capacity: CapacityPoint | null;
  /** At the capacity, else at the lowest rate: the questions are asked without load, so the rate hardly matters. */
  accuracy: RunPoint["accuracy"];
  /** Seconds of this machine for 1,000 answers under the target, at the capacity. */
  machineSecondsPer1k: number | null;
  /** From tokens and configured prices; null where no price is known. */
  usdPer1k: number | null;
};

/** The curves of a sweep, in the order its points were measured in. */
export function summariseSweep(points: readonly RunPoint[]): SweepCurve[] {
  const keys = [...new Set(points.map(({ mode, k }) => `${mode} ${k}`))];
  return keys.flatMap((key) => {
    const own = points
      .filter(({ mode, k }) => `${mode} ${k}` === key)
      .toSorted((a, b) => a.arrivalsPerSecond - b.arrivalsPerSecond);
    const [first] = own;
    return first === undefined ? [] : [summariseCurve(first, own)];
  });
}

function summariseCurve(first: RunPoint, points: readonly RunPoint[]): SweepCurve {
  const curve = points.flatMap(({ arrivalsPerSecond, throughputRps, servedShare, p95Ms, goodput }) =>
    throughputRps === null
      ? []
      : [{ arrivalsPerSecond, throughputRps, servedShare, p95Ms, goodputRps: goodput?.rps ?? 0 }],
  );
  const targetMs = first.goodput?.targetMs ?? null;
  const capacity = targetMs === null ? null : findCapacity(curve, targetMs);
  const told = points.find((point) => point.arrivalsPerSecond === capacity?.arrivalsPerSecond) ?? first;
  return {
    mode: first.mode,
    k: first.k,
    curve,
    targetMs,
    knee: findKnee(curve),
    capacity,
    accuracy: told.accuracy,
    machineSecondsPer1k: capacity === null || capacity.goodputRps === 0 ? null : 1000 / capacity.goodputRps,
    usdPer1k: told.usdPer1k,
  };
}
