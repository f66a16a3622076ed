/** The forecasts that M4 holds every method against; a pilot that does not beat them has shown nothing. */
export function forecastNaive(training: readonly number[], horizon: number): number[] {
  return new Array<number>(horizon).fill(training.at(-1) ?? Number.NaN);
}

/** The same as one season ago, repeated. */
export function forecastSeasonalNaive(
  training: readonly number[],
  horizon: number,
  season: number,
): number[] {
  return Array.from({ length: horizon }, (_, at) => training.at(-season + (at % season)) ?? Number.NaN);
}

/** Naive on the deseasonalised series, season put back; plain naive where a 90 % test sees no season. */
export function forecastNaive2(training: readonly number[], horizon: number, season: number): number[] {
  if (!isSeasonal(training, season)) return forecastNaive(training, horizon);
  const indices = findSeasonalIndices(training, season);
  const last = training.length - 1;
  const level = (training[last] ?? Number.NaN) / (indices[last % season] ?? 1);
  return Array.from({ length: horizon }, (_, at) => level * (indices[(last + 1 + at) % season] ?? 1));
}

/** M4's test: is the autocorrelation at the season outside of 1.645 standard errors? It needs three seasons. */
export function isSeasonal(training: readonly number[], season: number): boolean {
  if (season <= 1 || training.length < 3 * season) return false;
  const before = Array.from({ length: season - 1 }, (_, at) => autocorrelate(training, at + 1));
  const error = Math.sqrt((1 + 2 * before.reduce((sum, r) => sum + r * r, 0)) / training.length);
  return Math.abs(autocorrelate(training, season)) > 1.645 * error;
}

function autocorrelate(values: readonly number[], lag: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let products = 0;
  let squares = 0;
  values.forEach((value, at) => {
    squares += (value - mean) ** 2;
    if (at >= lag) products += (value - mean) * ((values[at - lag] ?? mean) - mean);
  });
  return squares === 0 ? 0 : products / squares;
}

/** Classical multiplicative decomposition: centred moving average, mean ratio per season, scaled to a mean of 1. */
function findSeasonalIndices(values: readonly number[], season: number): number[] {
  const half = Math.floor(season / 2);
  const sums = new Array<number>(season).fill(0);
  const counts = new Array<number>(season).fill(0);
  for (let at = half; at < values.length - half; at += 1) {
    const window = values.slice(at - half, at + half + 1);
    const whole = window.reduce((sum, value) => sum + value, 0);
    // An even season has no middle: the two ends count half each.
    const ends = season % 2 === 0 ? ((window[0] ?? 0) + (window.at(-1) ?? 0)) / 2 : 0;
    const trend = (whole - ends) / season;
    sums[at % season] = (sums[at % season] ?? 0) + (values[at] ?? 0) / trend;
    counts[at % season] = (counts[at % season] ?? 0) + 1;
  }
  const raw = sums.map((sum, at) => sum / (counts[at] ?? 1));
  const mean = raw.reduce((sum, value) => sum + value, 0) / season;
  return raw.map((value) => value / mean);
}
