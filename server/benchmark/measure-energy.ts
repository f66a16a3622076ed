import type { EnergyUse } from "./rag-schema.ts";

export type Energy = { joulesPerQuery: number; wattHoursPer1k: number };
export type CountedEnergy = Energy & { counted: "both" | "gpu" | "cpu" };

/**
 * Energy per answered query, idle power included, of what had a counter: processor packages, the GPU, or both. Null
 * without a counter or without answers. Power figures are averages and are not added up: over a short run they miss
 * what they should measure.
 */
export function measureEnergy(use: EnergyUse | null | undefined): CountedEnergy | null {
  if (!use || use.answers === 0 || (use.cpuJoules === null && use.gpuJoules === null)) return null;
  const counted = use.cpuJoules === null ? "gpu" : use.gpuJoules === null ? "cpu" : "both";
  return { ...perQuery(((use.cpuJoules ?? 0) + (use.gpuJoules ?? 0)) / use.answers), counted };
}

/** The same from a mean power that was measured elsewhere, for example at the wall. */
export function estimateEnergy(meanWatts: number | null, answersPerSecond: number): Energy | null {
  return meanWatts === null || !(answersPerSecond > 0) ? null : perQuery(meanWatts / answersPerSecond);
}

function perQuery(joulesPerQuery: number): Energy {
  return { joulesPerQuery, wattHoursPer1k: (joulesPerQuery * 1000) / 3600 };
}
