/** Questions that belong together, such as those asked of one document: the sum of their scores and how many. */
export type ScoreGroup = { sum: number; size: number };

/**
 * Chance that the mean over all questions is at most `mean`, when every group weighs at random (exponential weights,
 * the Bayesian bootstrap) and one more group of average size with the score `unseen` stands for what was not sampled.
 * With scores of 0 and 1, groups of one and `unseen` at the worst end this is the exact (Clopper-Pearson) test.
 *
 * The mean is at most m exactly when the weighted sum of (sum - m size) is at most 0, and a weighted sum of
 * exponentials has a known characteristic function; it is inverted along a line through its saddle point
 * (Helstrom 1996), so no numbers are drawn and two languages agree to 1e-9.
 */
export function chanceMeanAtMost(groups: readonly ScoreGroup[], mean: number, unseen: number): number {
  const size = groups.reduce((total, group) => total + group.size, 0) / groups.length;
  const counts = new Map<number, number>();
  for (const group of [...groups, { sum: unseen * size, size }]) {
    const slope = group.sum - mean * group.size;
    if (slope !== 0) counts.set(slope, (counts.get(slope) ?? 0) + 1);
  }
  const slopes = [...counts.keys()];
  if (slopes.every((slope) => slope < 0)) return 1;
  if (slopes.every((slope) => slope > 0)) return 0;
  const terms = slopes.map((slope) => ({ slope, count: counts.get(slope) ?? 0 }));
  const at = pickLine(terms);
  const tail = integrate(terms, at);
  return Math.min(1, Math.max(0, at > 0 ? 1 - tail : -tail));
}

type Term = { slope: number; count: number };

/** The saddle point of the cumulant function, kept off the pole at 0, where the integrand would be sharp. */
function pickLine(terms: readonly Term[]): number {
  const highest = Math.max(...terms.map((term) => term.slope));
  const lowest = Math.min(...terms.map((term) => term.slope));
  let [low, high] = [1 / lowest, 1 / highest];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    const rise = terms.reduce((sum, { slope, count }) => sum + (count * slope) / (1 - slope * middle), 0);
    if (rise > 0) high = middle;
    else low = middle;
  }
  const saddle = (low + high) / 2;
  const least = 0.3 / Math.sqrt(terms.reduce((sum, { slope, count }) => sum + count * slope * slope, 0));
  return Math.abs(saddle) >= least ? saddle : saddle < 0 ? -least : least;
}

/** Trapezoid in u with y = width sinh(u): algebraic tails (few groups) become exponential ones. */
function integrate(terms: readonly Term[], at: number): number {
  const bends = terms.map(({ slope, count }) => ({ bend: slope / (1 - slope * at), count }));
  const width = 1 / Math.sqrt(bends.reduce((sum, { bend, count }) => sum + count * bend * bend, 0));
  const height = -terms.reduce((sum, { slope, count }) => sum + count * Math.log1p(-slope * at), 0);
  // Half of it changes the 13th digit.
  const step = 0.06;
  let sum = 0;
  for (let node = 0; node < 2_000; node += 1) {
    const y = width * Math.sinh(node * step);
    let log = height;
    let turn = 0;
    for (const { bend, count } of bends) {
      const x = bend * y;
      log -= 0.5 * count * Math.log1p(x * x);
      turn += count * Math.atan(x);
    }
    const real = (Math.exp(log) * (at * Math.cos(turn) + y * Math.sin(turn))) / (at * at + y * y);
    const term = real * width * Math.cosh(node * step);
    sum += node === 0 ? term / 2 : term;
    const ceiling = (Math.exp(log) * width * Math.cosh(node * step)) / Math.hypot(at, y);
    if (ceiling < 1e-15) break;
  }
  return (sum * step) / Math.PI;
}
