/** sMAPE in percent with the factor 200, as M4 prints it; a point where both values are 0 counts as no error. */
export function measureSmape(actual: readonly number[], forecast: readonly number[]): number {
  return mean(
    actual.map((value, at) => {
      const predicted = forecast[at] ?? Number.NaN;
      const size = Math.abs(value) + Math.abs(predicted);
      return size === 0 ? 0 : (200 * Math.abs(value - predicted)) / size;
    }),
  );
}

/**
 * MASE: the mean error in units of what "the same as one season ago" misses inside the training series. `season` is the
 * lag m of M4 (yearly 1, quarterly 4, monthly 12, weekly 1, daily 1, hourly 24). Null for a series that repeats itself
 * exactly or is shorter than one season: the unit would be 0.
 */
export function measureMase(
  training: readonly number[],
  actual: readonly number[],
  forecast: readonly number[],
  season: number,
): number | null {
  const steps = training.slice(season).map((value, at) => Math.abs(value - (training[at] ?? Number.NaN)));
  const scale = mean(steps);
  if (steps.length === 0 || scale === 0) return null;
  return mean(actual.map((value, at) => Math.abs(value - (forecast[at] ?? Number.NaN)))) / scale;
}

/** Overall weighted average of a group: from the means over all series, not the mean of ratios per series. */
export function measureOwa(
  group: { smape: number; mase: number },
  naive2: { smape: number; mase: number },
): number {
  return (group.smape / naive2.smape + group.mase / naive2.mase) / 2;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
