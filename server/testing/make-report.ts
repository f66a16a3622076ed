import { type QuestionRecord, type RagFigure, RagReport } from "#server/benchmark/rag-schema.ts";
import { recomputeMetrics } from "#server/benchmark/recompute-metrics.ts";
import type { RequestRecord } from "#server/benchmark/report-schema.ts";
import { hashCanonicalJson } from "#server/scaffold/canonical-json.ts";
import { RagMetric, RagPilotConfig } from "#server/scaffold/rag-schema.ts";

const UNITS: Record<RagMetric, Pick<RagFigure, "unit" | "direction">> = {
  answer_accuracy: { unit: "share", direction: "higher" },
  refusal_accuracy: { unit: "share", direction: "higher" },
  precision_at_k: { unit: "share", direction: "higher" },
  recall_at_k: { unit: "share", direction: "higher" },
  mrr: { unit: "share", direction: "higher" },
  ndcg_at_k: { unit: "share", direction: "higher" },
  latency_p50_ms: { unit: "ms", direction: "lower" },
  latency_p95_ms: { unit: "ms", direction: "lower" },
  latency_p99_ms: { unit: "ms", direction: "lower" },
  error_share: { unit: "share", direction: "lower" },
  throughput_rps: { unit: "requests/s", direction: "higher" },
  usd_per_1k: { unit: "usd", direction: "lower" },
};

export function makeConfig(overrides: Partial<RagPilotConfig> = {}): RagPilotConfig {
  return RagPilotConfig.parse({
    schemaVersion: 1,
    template: "rag",
    templateVersion: "0.1.0",
    projectId: null,
    title: "Support answers",
    targets: [
      { metric: "answer_accuracy", comparison: "gt", value: 0.8, confidence: 0.95 },
      { metric: "latency_p95_ms", comparison: "lt", value: 2000, confidence: 0.95 },
    ],
    workload: {
      arrivals: "constant",
      arrivalsPerSecond: 2,
      runs: 10,
      requestsPerRun: 6,
      warmupRequests: 2,
      timeoutSeconds: 30,
      seed: 11,
    },
    data: { path: "data/sample" },
    ingest: { chunkCharacters: 800, overlapCharacters: 100 },
    retrieval: {
      mode: "hybrid",
      embedder: "lsa",
      dimensions: 64,
      k: 5,
      fusion: "convex",
      denseWeight: 0.5,
      store: "faiss_exact",
      storeUrlVariable: "STORE_URL",
      hnsw: { m: 32, efConstruction: 200, efSearch: 128 },
      permissions: "off",
    },
    answer: {
      mode: "extractive",
      model: null,
      baseUrl: null,
      apiKeyVariable: "OPENAI_API_KEY",
      timeoutSeconds: 30,
      maxRetries: 2,
      refuseBelow: 0.2,
      usdPerMillionTokensIn: null,
      usdPerMillionTokensOut: null,
      orchestration: "chain",
      maxSteps: 6,
      maxUsdPerQuestion: null,
      maxConcurrency: 4,
      historyTurns: 0,
      cacheEntries: 0,
    },
    guard: { injection: "flag", personalData: "mask" },
    serve: {
      host: "127.0.0.1",
      port: 8000,
      apiKeyVariable: null,
      requestsPerMinute: null,
      maxQuestionCharacters: 2000,
    },
    device: "cpu",
    precision: "float32",
    ...overrides,
  });
}

export function makeQuestion(overrides: Partial<QuestionRecord> = {}): QuestionRecord {
  return {
    id: "q1",
    tag: "common",
    rule: "gold_span",
    correct: true,
    refused: false,
    answer: "Returns are accepted within 30 days.",
    retrieved: ["d1", "d2"],
    relevant: ["d1"],
    errorClass: null,
    ...overrides,
  };
}

export type ReportRecipe = {
  config?: Partial<RagPilotConfig>;
  questions?: QuestionRecord[];
  /** Milliseconds from the scheduled arrival; null is an error. */
  latencyMs?: (run: number, index: number) => number | null;
  overrides?: Partial<RagReport>;
};

/** A report whose aggregates agree with its records: ten runs of six requests of 400 ms, 50 right of 50. */
export function makeReport(recipe: ReportRecipe = {}): RagReport {
  const config = makeConfig(recipe.config);
  const questions =
    recipe.questions ?? Array.from({ length: 50 }, (_, at) => makeQuestion({ id: `q${at + 1}` }));
  const requests = makeRequests(config, questions, recipe.latencyMs ?? (() => 400));
  const runSeconds = Array.from({ length: config.workload.runs }, (_, run) => {
    const ends = requests.filter((request) => request.run === run).map((r) => r.doneMs ?? r.scheduledMs);
    return Math.max(...ends, 1) / 1000;
  });
  const records = {
    config,
    questions,
    requests,
    runSeconds,
    usage: { tokensIn: 0, tokensOut: 0, answers: questions.length },
    ...recipe.overrides,
  };
  const recomputed = recomputeMetrics(records);
  return RagReport.parse({
    schemaVersion: 1,
    kind: "rag",
    runId: "run_01JCXTESTREPRT000000000000",
    templateVersion: config.templateVersion,
    modified: null,
    projectId: config.projectId,
    configSha256: hashCanonicalJson(config),
    preset: "quick",
    startedAt: "2026-11-20T10:00:00Z",
    finishedAt: "2026-11-20T10:05:00Z",
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
      packages: { "faiss-cpu": "1.13.0" },
      lockSha256: null,
      dataSha256: "0".repeat(64),
      commit: null,
    },
    data: {
      name: "sample",
      documents: 100,
      chunks: 140,
      questions: questions.length,
      judged: questions.filter((question) => question.correct !== null).length,
      answerRule: "Right when a gold span stands in the answer.",
    },
    stages: [
      { name: "retrieve", side: "wrapper", calls: questions.length || 1, wallMs: 500, cpuMs: 450 },
      { name: "answer", side: "model", calls: questions.length || 1, wallMs: 300, cpuMs: 290 },
    ],
    metrics: RagMetric.options.map((name) => ({
      name,
      ...recomputed[name],
      ...UNITS[name],
      method: "As the contract defines it.",
    })),
    notRun: [],
    ...records,
  });
}

function makeRequests(
  { workload }: RagPilotConfig,
  questions: readonly QuestionRecord[],
  latencyMs: (run: number, index: number) => number | null,
): RequestRecord[] {
  return Array.from({ length: workload.runs * workload.requestsPerRun }, (_, at) => {
    const run = Math.floor(at / workload.requestsPerRun);
    const index = at % workload.requestsPerRun;
    const scheduledMs = (index * 1000) / workload.arrivalsPerSecond;
    const took = latencyMs(run, index);
    return {
      run,
      index,
      questionId: questions[at % Math.max(questions.length, 1)]?.id ?? "q1",
      scheduledMs,
      sentMs: scheduledMs,
      firstByteMs: took === null ? null : scheduledMs + took,
      doneMs: took === null ? null : scheduledMs + took,
      status: took === null ? ("error" as const) : ("ok" as const),
      error: took === null ? "HTTP 500" : null,
    };
  });
}
