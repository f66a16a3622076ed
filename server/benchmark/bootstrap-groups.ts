import { drawIndex, drawSeeded } from "#server/benchmark/draw-seeded.ts";

export type BootstrapInterval = { low: number; high: number; resamples: number };

/**
 * Percentile interval, `alpha` on each side, of a figure over groups that are drawn again as wholes: questions of one
 * document, requests of one run, transactions of one day. Same seed, same interval. Null under two groups.
 * Near the end of a scale it is too narrow: a target on bounded scores is judged by `boundMean` instead.
 */
export function bootstrapGroups<Group>(
  groups: readonly Group[],
  figure: (drawn: readonly Group[]) => number,
  { seed, alpha, resamples = 2_000 }: { seed: number; alpha: number; resamples?: number },
): BootstrapInterval | null {
  if (groups.length < 2) return null;
  const draw = drawSeeded(seed);
  const figures = new Float64Array(resamples);
  for (let at = 0; at < resamples; at += 1) {
    figures[at] = figure(groups.map(() => groups[drawIndex(draw, groups.length)] as Group));
  }
  figures.sort();
  const rank = Math.floor(alpha * (resamples + 1));
  return {
    low: figures[Math.max(0, rank - 1)] ?? Number.NaN,
    high: figures[Math.min(resamples - 1, resamples - rank)] ?? Number.NaN,
    resamples,
  };
}
