/**
 * Two readings of a counter that only grows, such as NVML's total energy in millijoules since the driver was loaded.
 * Power figures are one-second averages and are not added up: over a short run they miss what they should measure.
 */
export type EnergyReading = { beforeMillijoules: number; afterMillijoules: number };

export type Energy = { joulesPerQuery: number; wattHoursPer1k: number };

/**
 * Energy of the accelerator per answered query, idle power included. Null without a counter, without answers, or when
 * the counter went back (a reset, or another device was read).
 */
export function measureEnergy(reading: EnergyReading | null, answered: number): Energy | null {
  if (reading === null || answered <= 0) return null;
  const joules = (reading.afterMillijoules - reading.beforeMillijoules) / 1000;
  return joules < 0 ? null : perQuery(joules / answered);
}

/** The same from a mean power that was measured elsewhere, for example at the wall. */
export function estimateEnergy(meanWatts: number | null, answersPerSecond: number): Energy | null {
  return meanWatts === null || !(answersPerSecond > 0) ? null : perQuery(meanWatts / answersPerSecond);
}

function perQuery(joulesPerQuery: number): Energy {
  return { joulesPerQuery, wattHoursPer1k: (joulesPerQuery * 1000) / 3600 };
}
