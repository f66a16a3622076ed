/** One point of a capacity curve: what was offered, what came back, and how late. */
export type CapacityPoint = {
  arrivalsPerSecond: number;
  throughputRps: number;
  /** How far it kept up with the load, 1 where no queue grew; without records, answers over arrivals stand for it. */
  servedShare?: number | null;
  /** Null = the percentile falls on a request without an answer. */
  p95Ms: number | null;
  goodputRps: number;
};

/** Less, and a queue grew: a load a tenth over what is served comes out under it in runs of 60, chance does not. */
const LEAST_SERVED = 0.95;

/**
 * Where the curve of latency over throughput turns: the held point farthest from the straight line between the first
 * and the last held point, both axes scaled to 1. Null under three held points, or where nothing bends.
 */
export function findKnee(points: readonly CapacityPoint[]): CapacityPoint | null {
  const held = points
    .filter((point) => point.p95Ms !== null)
    .toSorted((a, b) => a.arrivalsPerSecond - b.arrivalsPerSecond);
  const [first, last] = [held[0], held.at(-1)];
  if (held.length < 3 || !first || !last) return null;
  const width = last.arrivalsPerSecond - first.arrivalsPerSecond;
  const height = (last.p95Ms ?? 0) - (first.p95Ms ?? 0);
  if (width <= 0 || height <= 0) return null;
  const below = held.map((point) => ({
    point,
    gap:
      (point.arrivalsPerSecond - first.arrivalsPerSecond) / width -
      ((point.p95Ms ?? 0) - (first.p95Ms ?? 0)) / height,
  }));
  const knee = below.reduce((best, one) => (one.gap > best.gap ? one : best));
  return knee.gap > 0 ? knee.point : null;
}

/** The highest arrival rate up to which every point is served and stays under the target. */
export function findCapacity(points: readonly CapacityPoint[], targetMs: number): CapacityPoint | null {
  let best: CapacityPoint | null = null;
  for (const point of points.toSorted((a, b) => a.arrivalsPerSecond - b.arrivalsPerSecond)) {
    const share = point.servedShare ?? point.throughputRps / point.arrivalsPerSecond;
    const served = share >= LEAST_SERVED;
    if (!served || point.p95Ms === null || point.p95Ms >= targetMs) break;
    best = point;
  }
  return best;
}
