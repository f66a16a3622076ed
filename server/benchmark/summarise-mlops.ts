import { bootstrapClusters } from "#server/benchmark/bootstrap-clusters.ts";
import { boundVerdict, type Interval } from "#server/benchmark/bound-verdict.ts";
import type { MlopsReport } from "#server/benchmark/mlops-schema.ts";
import { pickMiddle } from "#server/benchmark/pick-middle.ts";
import { batchRates, trainRates } from "#server/benchmark/recompute-mlops.ts";
import type { Verdict } from "#server/benchmark/schema.ts";
import { catchByDay, weighAveragePrecision } from "#server/benchmark/score-alerts.ts";

/** What so many alerts a day would have caught and cost on the test days, in USD a day. */
export type AlertPoint = { alertsPerDay: number; recall: number; precision: number; costPerDayUsd: number };

export type MlopsPicture = {
  kind: "mlops";
  header: Pick<
    MlopsReport,
    | "runId"
    | "templateVersion"
    | "modified"
    | "preset"
    | "startedAt"
    | "finishedAt"
    | "outcome"
    | "fingerprint"
    | "data"
    | "notRun"
    | "configSha256"
    | "stages"
  >;
  metrics: MlopsReport["metrics"];
  intervals: (Interval | null)[];
  /** Average precision of the champion minus the logistic regression's on the same rows. */
  overBaseline: { value: number; low: number | null; high: number | null } | null;
  budgetPerDay: number;
  alerts: AlertPoint[];
  champion: MlopsReport["champion"];
  batchRowsPerSecond: number | null;
  trainRowsPerSecond: number | null;
};

const DRAWN_ALPHA = 0.05;
/** Of the chooser: from one alert a day to five times the configured number. */
const POINTS = [0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 5];

export function summariseMlops(report: MlopsReport, verdicts: readonly Verdict[]): MlopsPicture {
  const { runId, templateVersion, modified, preset, startedAt, finishedAt, outcome } = report;
  const { fingerprint, data, notRun, configSha256, stages, config } = report;
  return {
    kind: report.kind,
    header: {
      runId,
      templateVersion,
      modified,
      preset,
      startedAt,
      finishedAt,
      outcome,
      fingerprint,
      data,
      notRun,
      configSha256,
      stages,
    },
    metrics: report.metrics,
    intervals: verdicts.map((verdict) => boundVerdict(report, verdict)),
    overBaseline: compareBaseline(report),
    budgetPerDay: config.alerts.budgetPerDay,
    alerts: drawAlerts(report),
    champion: report.champion,
    batchRowsPerSecond: pickMiddle(batchRates(report)),
    trainRowsPerSecond: pickMiddle(trainRates(report)),
  };
}

/** Both on the same drawn rows: what both find hard does not widen the interval. */
function compareBaseline({ scores, config }: MlopsReport): MlopsPicture["overBaseline"] {
  const both = scores.flatMap((row) => (row.baseline === null ? [] : [{ ...row, baseline: row.baseline }]));
  if (both.length === 0) return null;
  const own = weighAveragePrecision(both);
  const plain = weighAveragePrecision(both.map((row) => ({ ...row, score: row.baseline })));
  const value = own(new Uint16Array(both.length).fill(1)) - plain(new Uint16Array(both.length).fill(1));
  if (!Number.isFinite(value)) return null;
  const drawn = bootstrapClusters(
    both.map(({ entity }) => entity),
    (times) => own(times) - plain(times),
    { seed: config.workload.seed, alpha: DRAWN_ALPHA },
  );
  return { value, low: drawn?.low ?? null, high: drawn?.high ?? null };
}

function drawAlerts({ scores, config }: MlopsReport): AlertPoint[] {
  if (scores.length === 0) return [];
  const { budgetPerDay, costMissUsd, costAlarmUsd } = config.alerts;
  const budgets = [...new Set(POINTS.map((times) => Math.max(1, Math.round(times * budgetPerDay))))];
  return budgets.map((alertsPerDay) => {
    const days = catchByDay(scores, alertsPerDay);
    const sum = (key: "caught" | "positives") => days.reduce((total, day) => total + day[key], 0);
    const [caught, positives] = [sum("caught"), sum("positives")];
    const alerts = alertsPerDay * days.length;
    return {
      alertsPerDay,
      recall: positives === 0 ? 0 : caught / positives,
      precision: caught / alerts,
      costPerDayUsd: ((positives - caught) * costMissUsd + alerts * costAlarmUsd) / days.length,
    };
  });
}
