import { SweepPoint } from "#server/benchmark/job-schema.ts";
import { MOST_SWEEP_POINTS, planSweep, type SweepAxes } from "#server/benchmark/plan-sweep.ts";
import { varyConfig } from "#server/benchmark/vary-config.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { RagPilotConfig } from "#server/scaffold/rag-schema.ts";
import { readConfig } from "#server/scaffold/read-config.ts";

const say = sayRoom("errors");

/** As somebody typed it: numbers that may be none, names that may be unknown. */
export type AskedAxes = {
  arrivalsPerSecond: readonly number[];
  k: readonly number[];
  modes: readonly string[];
};

export type SweepFault = { path: keyof AskedAxes | "points"; message: string };

/** 600 requests at half a request a second are twenty minutes of load; a run may take thirty in all. */
export const LEAST_SWEEP_RATE = 0.5;
/** Longer than that, nobody has the machine to themselves. */
export const LONGEST_SWEEP_HOURS = 6;

/** Why these values are no sweep of this pilot, in one sentence; null where they are one. */
export function findSweepFault(asked: AskedAxes, config: RagPilotConfig): SweepFault | null {
  const shape = SweepPoint.shape;
  const rate = asked.arrivalsPerSecond.find(
    (one) => !(one >= LEAST_SWEEP_RATE && shape.arrivalsPerSecond.safeParse(one).success),
  );
  if (rate !== undefined) {
    const least = String(LEAST_SWEEP_RATE);
    return { path: "arrivalsPerSecond", message: say("SWEEP_INVALID.rate", { rate: String(rate), least }) };
  }
  const k = asked.k.find((one) => !shape.k.safeParse(one).success);
  if (k !== undefined) return { path: "k", message: say("SWEEP_INVALID.k", { k: String(k) }) };
  const mode = asked.modes.find((one) => !shape.mode.safeParse(one).success);
  if (mode !== undefined) {
    const known = shape.mode.options.join(", ");
    return { path: "modes", message: say("SWEEP_INVALID.mode", { mode, known }) };
  }
  // Each of them is known by now.
  const axes = asked as SweepAxes;
  const points = countPoints(axes);
  const plan = planSweep(axes, { ...config.workload, ...config.retrieval });
  if (plan === null) {
    const words = { points: String(points), most: String(MOST_SWEEP_POINTS) };
    return { path: "points", message: say("SWEEP_INVALID.points", words) };
  }
  if (plan.loadSeconds > LONGEST_SWEEP_HOURS * 3600) {
    const hours = (plan.loadSeconds / 3600).toFixed(1);
    return {
      path: "points",
      message: say("SWEEP_INVALID.long", { hours, most: String(LONGEST_SWEEP_HOURS) }),
    };
  }
  return findContradiction(plan.points, config);
}

function countPoints({ arrivalsPerSecond, k, modes }: SweepAxes): number {
  const sizes = [new Set(arrivalsPerSecond).size, new Set(k).size, new Set(modes).size];
  return sizes.reduce((all, size) => all * Math.max(1, size), 1);
}

/** A search mode may not go with the device or the precision that was handed out. */
function findContradiction(points: readonly SweepPoint[], config: RagPilotConfig): SweepFault | null {
  for (const mode of new Set(points.map((point) => point.mode))) {
    const point = points.find((one) => one.mode === mode);
    try {
      readConfig(varyConfig(config, point), null);
    } catch (error) {
      if (!(error instanceof PilotageError)) throw error;
      const message = say("SWEEP_INVALID.contradiction", { mode, because: error.message });
      return { path: "modes", message };
    }
  }
  return null;
}
