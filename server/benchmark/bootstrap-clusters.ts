import { drawIndex, drawSeeded } from "#server/benchmark/draw-seeded.ts";

/** A figure of all rows, given how often each row was drawn; NaN where a draw allows none (no positives). */
export type WeightedFigure = (times: Uint16Array) => number;

/**
 * Percentile interval, `alpha` on each side, of a figure over rows whose clusters are drawn again as wholes: all
 * transactions of a card are found, or missed, together. As `bootstrapGroups`, for figures that sort a hundred thousand
 * rows: they sort once and weigh. Null under two clusters, or where most draws allow no figure.
 */
export function bootstrapClusters(
  clusters: readonly string[],
  figure: WeightedFigure,
  { seed, alpha, resamples = 1_000 }: { seed: number; alpha: number; resamples?: number },
): { low: number; high: number } | null {
  const codes = new Map<string, number>();
  const codeOf = Uint32Array.from(clusters, (name) => {
    const code = codes.get(name) ?? codes.size;
    codes.set(name, code);
    return code;
  });
  const count = codes.size;
  if (count < 2) return null;
  const draw = drawSeeded(seed);
  const drawn = new Uint16Array(count);
  const times = new Uint16Array(clusters.length);
  const figures: number[] = [];
  for (let at = 0; at < resamples; at += 1) {
    drawn.fill(0);
    for (let one = 0; one < count; one += 1) {
      const code = drawIndex(draw, count);
      drawn[code] = (drawn[code] ?? 0) + 1;
    }
    for (let row = 0; row < codeOf.length; row += 1) times[row] = drawn[codeOf[row] ?? 0] ?? 0;
    const value = figure(times);
    if (Number.isFinite(value)) figures.push(value);
  }
  if (figures.length < resamples / 2) return null;
  figures.sort((a, b) => a - b);
  const rank = Math.floor(alpha * (figures.length + 1));
  return {
    low: figures[Math.max(0, rank - 1)] ?? Number.NaN,
    high: figures[Math.min(figures.length - 1, figures.length - rank)] ?? Number.NaN,
  };
}
