import { QUEUE_DEPENDENCE, UTILISATIONS } from "#server/benchmark/queue-dependence.data.ts";

/**
 * Of the dependence that a plain queue this busy has, so much is taken for granted. Chosen by simulation: without it
 * ten runs of 60 pass a system exactly on its target 18 % of the time at 70 % utilisation; with it no size and no
 * utilisation up to 80 % passes more than 7 %, and samples that can show something lose nothing.
 */
const SHARE_OF_QUEUE = 0.6;

/** The least dependence between requests to count with; 1 = none, at 13 % utilisation and below. */
export function findQueueDependence(quantile: number, requestsPerRun: number, utilisation: number): number {
  return Math.max(1, SHARE_OF_QUEUE * readTable(quantile, requestsPerRun, utilisation));
}

/** The next higher quantile and the next longer run, so that it is never read too small; between columns log-linear. */
function readTable(quantile: number, requestsPerRun: number, utilisation: number): number {
  const quantiles = QUEUE_DEPENDENCE.map((row) => row.quantile);
  const nextQuantile = quantiles.find((one) => one >= quantile - 1e-9) ?? Math.max(...quantiles);
  const rows = QUEUE_DEPENDENCE.filter((row) => row.quantile === nextQuantile);
  const row = rows.find((one) => one.requestsPerRun >= requestsPerRun) ?? rows.at(-1);
  const columns = [1, ...(row?.designEffects ?? [])].map(Math.log);
  const edges = [0, ...UTILISATIONS];
  const above = edges.findIndex((edge) => edge >= utilisation);
  if (above < 0) return Math.exp(columns.at(-1) ?? 0);
  if (above === 0) return 1;
  const [left, right] = [edges[above - 1] ?? 0, edges[above] ?? 1];
  const [low, high] = [columns[above - 1] ?? 0, columns[above] ?? 0];
  return Math.exp(low + ((high - low) * (utilisation - left)) / (right - left));
}
