import type { MlopsFigure } from "#server/benchmark/mlops-schema.ts";
import type { MlopsMetric } from "#server/scaffold/mlops-schema.ts";

/** Unit and direction of each quantity, and what its bound draws again or counts. */
export const MLOPS_FORMS: Record<
  MlopsMetric,
  Pick<MlopsFigure, "unit" | "direction"> & {
    by: "entities" | "days" | "series" | "requests" | "repetitions" | "nothing";
  }
> = {
  averagePrecision: { unit: "share", direction: "higher", by: "entities" },
  recallAtBudget: { unit: "share", direction: "higher", by: "days" },
  cardPrecisionAt100: { unit: "share", direction: "higher", by: "days" },
  owa: { unit: "ratio", direction: "lower", by: "series" },
  smape: { unit: "percent", direction: "lower", by: "series" },
  mase: { unit: "ratio", direction: "lower", by: "series" },
  p95Ms: { unit: "ms", direction: "lower", by: "requests" },
  batchRowsPerSecond: { unit: "rows/s", direction: "higher", by: "repetitions" },
  trainRowsPerSecond: { unit: "rows/s", direction: "higher", by: "repetitions" },
  costPerRunUsd: { unit: "usd", direction: "lower", by: "nothing" },
  costPer1kScoresUsd: { unit: "usd", direction: "lower", by: "nothing" },
};
