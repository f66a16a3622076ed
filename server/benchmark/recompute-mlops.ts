import type { MlopsReport } from "#server/benchmark/mlops-schema.ts";
import { pickMiddle } from "#server/benchmark/pick-middle.ts";
import { pickPercentile } from "#server/benchmark/pick-percentile.ts";
import { latencyFromScheduleMs, type Recomputed } from "#server/benchmark/recompute-metrics.ts";
import { catchByDay, shareOfEntities } from "#server/benchmark/score-alerts.ts";
import { measureAveragePrecision } from "#server/benchmark/score-classes.ts";
import { measureOwa } from "#server/benchmark/score-forecast.ts";
import type { MlopsMetric } from "#server/scaffold/mlops-schema.ts";

/** So many alerts a day somebody can look at, as the published figure of the card data counts them. */
export const ALERTED_CARDS = 100;

type Figures = Record<MlopsMetric, () => Recomputed>;

/** Every aggregate of an MLOps report from its raw records, each when it is asked for. */
export function recomputeMlops(report: MlopsReport): Figures {
  const { scores, series, requests, config } = report;
  const ofRows = scores.length > 0;
  return {
    averagePrecision: () => ({
      value: measureAveragePrecision(scores.map(({ label, score }) => ({ positive: label === 1, score }))),
      outOf: scores.length,
    }),
    recallAtBudget: () => {
      const days = catchByDay(scores, config.alerts.budgetPerDay);
      const positives = sum(days.map((day) => day.positives));
      return {
        value: positives === 0 ? null : sum(days.map(({ caught }) => caught)) / positives,
        outOf: positives,
      };
    },
    cardPrecisionAt100: () => {
      const shares = ofRows ? shareOfEntities(scores, ALERTED_CARDS) : [];
      return { value: meanOf(shares), outOf: shares.length };
    },
    owa: () => ({ value: owaOf(series), outOf: series.length }),
    smape: () => ({ value: meanOf(series.map(({ smape }) => smape)), outOf: series.length }),
    mase: () => ({ value: meanOf(series.map(({ mase }) => mase)), outOf: series.length }),
    p95Ms: () => {
      const value = pickPercentile(requests.map(latencyFromScheduleMs), 0.95);
      return { value: value !== null && Number.isFinite(value) ? value : null, outOf: requests.length };
    },
    batchRowsPerSecond: () => medianOf(batchRates(report)),
    trainRowsPerSecond: () => medianOf(trainRates(report)),
    // No price stands in the configuration.
    costPerRunUsd: () => ({ value: null, outOf: null }),
    costPer1kScoresUsd: () => ({ value: null, outOf: null }),
  };
}

export function batchRates({ batches }: Pick<MlopsReport, "batches">): number[] {
  return batches.map(({ rows, wallMs }) => (rows * 1000) / wallMs);
}

export function trainRates({ training }: Pick<MlopsReport, "training">): number[] {
  return training.map(({ rows, epochs, wallMs }) => (rows * epochs * 1000) / wallMs);
}

/** From the means over all series, not the mean of ratios per series. Null without a series or a scale. */
export function owaOf(series: readonly MlopsReport["series"][number][]): number | null {
  const [smape, mase] = [meanOf(series.map((one) => one.smape)), meanOf(series.map((one) => one.mase))];
  const naive2 = {
    smape: meanOf(series.map((one) => one.smapeNaive2)),
    mase: meanOf(series.map((one) => one.maseNaive2)),
  };
  if (smape === null || mase === null || !naive2.smape || !naive2.mase) return null;
  return measureOwa({ smape, mase }, { smape: naive2.smape, mase: naive2.mase });
}

export function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values) / values.length;
}

function medianOf(rates: readonly number[]): Recomputed {
  return { value: pickMiddle(rates), outOf: rates.length };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
