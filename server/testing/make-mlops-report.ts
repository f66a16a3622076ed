import { MLOPS_FORMS } from "#server/benchmark/mlops-forms.data.ts";
import { MlopsReport } from "#server/benchmark/mlops-schema.ts";
import { recomputeMlops } from "#server/benchmark/recompute-mlops.ts";
import { hashCanonicalJson } from "#server/scaffold/canonical-json.ts";
import { type MlopsConfig, MlopsMetric } from "#server/scaffold/mlops-schema.ts";

const DAYS = Array.from({ length: 10 }, (_, at) => `2026-03-${String(at + 1).padStart(2, "0")}`);

/** Ten test days of thirty cards, every tenth row a fraud that mostly scores higher; a load of ten runs of six. */
export function makeMlopsReport(config: MlopsConfig, overrides: Partial<MlopsReport> = {}): MlopsReport {
  const isForecast = config.task === "forecast";
  const scores = DAYS.flatMap((day, d) =>
    Array.from({ length: 30 }, (_, card) => {
      const label = (d * 30 + card) % 10 === 0 ? (1 as const) : (0 as const);
      const noise = ((d * 37 + card * 101) % 100) / 200;
      return {
        row: `t${d}-${card}`,
        entity: `card${(card * 7 + d) % 30}`,
        day,
        label,
        score: label === 1 ? 0.45 + noise : noise,
        baseline: label === 1 ? 0.25 + noise : noise,
      };
    }),
  );
  const series = Array.from({ length: 20 }, (_, at) => ({
    id: `H${at + 1}`,
    smape: 5 + (at % 5),
    mase: 0.8 + (at % 4) / 10,
    smapeNaive2: 18 + (at % 3),
    maseNaive2: 2.2 + (at % 3) / 10,
  }));
  const { runs, requestsPerRun, arrivalsPerSecond } = config.workload;
  const requests = Array.from({ length: runs * requestsPerRun }, (_, at) => {
    const scheduledMs = ((at % requestsPerRun) * 1000) / arrivalsPerSecond;
    const times = { scheduledMs, sentMs: scheduledMs, firstByteMs: scheduledMs + 4, doneMs: scheduledMs + 5 };
    const run = Math.floor(at / requestsPerRun);
    const questionId = `t0-${at % 30}`;
    return { run, index: at % requestsPerRun, questionId, ...times, status: "ok" as const, error: null };
  });
  const records: MlopsReport = {
    schemaVersion: 1,
    kind: "mlops",
    runId: "run_01JCXTESTMRPRT000000000000",
    templateVersion: config.templateVersion,
    modified: null,
    projectId: config.projectId,
    configSha256: hashCanonicalJson(config),
    config,
    preset: "quick",
    startedAt: "2026-11-21T09:00:00Z",
    finishedAt: "2026-11-21T09:05:00Z",
    outcome: { status: "completed" },
    fingerprint: {
      cpu: "Example CPU",
      cores: 2,
      memoryBytes: 8_589_934_592,
      os: "Linux 6.1",
      device: "cpu",
      gpu: null,
      driver: null,
      python: "3.12.4",
      gilEnabled: true,
      packages: { torch: "2.9.1" },
      lockSha256: null,
      dataSha256: "0".repeat(64),
      commit: null,
    },
    data: {
      name: config.data.name,
      task: config.task,
      rows: isForecast ? series.length : scores.length,
      positives: isForecast ? null : scores.filter(({ label }) => label === 1).length,
      trainFrom: "2026-01-25",
      trainTo: "2026-02-14",
      testFrom: "2026-03-01",
      testTo: "2026-03-10",
      snapshotSha256: "1".repeat(64),
    },
    runSeconds: Array.from({ length: runs }, () => requestsPerRun / arrivalsPerSecond + 0.005),
    stages: [
      { name: "transform", side: "wrapper", calls: 1, wallMs: 900, cpuMs: 1_500 },
      { name: "train", side: "model", calls: 1, wallMs: 4_000, cpuMs: 7_600 },
      { name: "serve", side: "model", calls: 100, wallMs: 200, cpuMs: 190 },
    ],
    requests,
    scores: isForecast ? [] : scores,
    series: isForecast ? series : [],
    batches: Array.from({ length: 8 }, (_, at) => ({ rows: 20_000, wallMs: 80 + at })),
    training: Array.from({ length: 6 }, (_, at) => ({ rows: 6_000, epochs: 20, wallMs: 1_000 + 10 * at })),
    champion: [
      {
        version: "2026-02-14-0a1b2c3d",
        at: "2026-11-21T09:02:00Z",
        outcome: "promote",
        reason: "first model",
      },
    ],
    metrics: [],
    notRun: [],
    ...overrides,
  };
  const recomputed = recomputeMlops(records);
  const metrics = MlopsMetric.options.flatMap((name) => {
    const { value, outOf } = recomputed[name]();
    const { unit, direction } = MLOPS_FORMS[name];
    return value === null
      ? []
      : [{ name, value, unit, direction, outOf, method: "As the contract defines it." }];
  });
  return MlopsReport.parse({ ...records, metrics: overrides.metrics ?? metrics });
}
