import type { RagReport } from "#server/benchmark/rag-schema.ts";
import { hashCanonicalJson } from "#server/scaffold/canonical-json.ts";
import type { RagMetric, RagPilotConfig, RagTarget } from "#server/scaffold/rag-schema.ts";

/** What one target will be judged by, said before the first request. */
export type PlannedTest = {
  metric: RagMetric;
  comparison: RagTarget["comparison"];
  value: number;
  /** One-sided. A fail among several targets needs `alphaFail`, because of many one fails by chance. */
  alpha: number;
  alphaFail: number;
  n: number;
  unit: "requests" | "questions" | "runs";
  test: "binomial_runs" | "binomial" | "mean_by_document" | "mean_by_document_unseen_most" | "ratio_of_runs";
};

export type SealedPlan = {
  schemaVersion: 1;
  preset: RagReport["preset"];
  /** Of the configuration the run was started with. */
  configSha256: string;
  runs: number;
  requestsPerRun: number;
  arrivals: RagPilotConfig["workload"]["arrivals"];
  arrivalsPerSecond: number;
  seed: number;
  tests: PlannedTest[];
  /** Fixed: nothing is looked at before the last request is answered. */
  stopRule: "fixed";
};

/** The plan of a run and its hash, from what stands before the run starts: the same for a report years later. */
export function sealPlan({
  preset,
  configSha256,
  config,
  questions,
}: {
  preset: RagReport["preset"];
  configSha256: string;
  config: Pick<RagPilotConfig, "targets" | "workload">;
  questions: number;
}): { plan: SealedPlan; sha256: string } {
  const { runs, requestsPerRun, arrivals, arrivalsPerSecond, seed } = config.workload;
  const plan: SealedPlan = {
    schemaVersion: 1,
    preset,
    configSha256,
    runs,
    requestsPerRun,
    arrivals,
    arrivalsPerSecond,
    seed,
    tests: config.targets.map((target) => planTest(target, config, questions)),
    stopRule: "fixed",
  };
  return { plan, sha256: hashCanonicalJson(plan) };
}

const BY: Record<RagMetric, Pick<PlannedTest, "unit" | "test">> = {
  answer_accuracy: { unit: "questions", test: "binomial" },
  refusal_accuracy: { unit: "questions", test: "binomial" },
  precision_at_k: { unit: "questions", test: "mean_by_document" },
  recall_at_k: { unit: "questions", test: "mean_by_document" },
  mrr: { unit: "questions", test: "mean_by_document" },
  ndcg_at_k: { unit: "questions", test: "mean_by_document" },
  latency_p50_ms: { unit: "requests", test: "binomial_runs" },
  latency_p95_ms: { unit: "requests", test: "binomial_runs" },
  latency_p99_ms: { unit: "requests", test: "binomial_runs" },
  error_share: { unit: "requests", test: "binomial_runs" },
  throughput_rps: { unit: "runs", test: "ratio_of_runs" },
  usd_per_1k: { unit: "questions", test: "mean_by_document_unseen_most" },
};

function planTest(
  target: RagTarget,
  { targets, workload }: Pick<RagPilotConfig, "targets" | "workload">,
  questions: number,
): PlannedTest {
  const { unit, test } = BY[target.metric];
  const sizes = { requests: workload.runs * workload.requestsPerRun, questions, runs: workload.runs };
  // 1 - 0.95 is 0.050000000000000044 in binary; two languages must print the same plan.
  const alpha = Number((1 - target.confidence).toFixed(9));
  return {
    metric: target.metric,
    comparison: target.comparison,
    value: target.value,
    alpha,
    alphaFail: Number((alpha / targets.length).toFixed(9)),
    n: sizes[unit],
    unit,
    test,
  };
}
