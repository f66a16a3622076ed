import { combineVerdicts } from "#server/benchmark/combine-verdicts.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import { recomputeMetrics } from "#server/benchmark/recompute-metrics.ts";
import { summariseRag } from "#server/benchmark/summarise-rag.ts";
import type { RagTarget } from "#server/scaffold/rag-schema.ts";
import { makeConfig, makeQuestion, makeReport } from "#server/testing/make-report.ts";

const TARGETS: [RagTarget["metric"], RagTarget["comparison"], number][] = [
  ["answer_accuracy", "gt", 0.8],
  ["latency_p95_ms", "lt", 2000],
  ["latency_p99_ms", "lt", 4000],
  ["error_share", "lt", 0.01],
  ["throughput_rps", "gt", 15],
  ["mrr", "gt", 0.7],
  ["ndcg_at_k", "gt", 0.7],
];

/** `records` requests in ten runs and 2,000 questions: latencies with a long tail, lateness that comes in bursts. */
export function makeLargeReport(records: number): RagReport {
  const runs = records > 100_000 ? 100 : 10;
  const workload = { ...makeConfig().workload, runs, requestsPerRun: records / runs, arrivalsPerSecond: 20 };
  const questions = Array.from({ length: 2_000 }, (_, at) => {
    const relevant = [`d${Math.floor(at / 3)}`];
    const retrieved = [`x${at}`, ...relevant, `y${at}`].slice(at % 3 === 0 ? 0 : 1);
    return makeQuestion({ id: `q${at}`, correct: at % 10 !== 0, relevant, retrieved });
  });
  const targets = TARGETS.map(([metric, comparison, value]) => ({
    metric,
    comparison,
    value,
    confidence: 0.95,
  }));
  const latencyMs = (run: number, index: number) =>
    300 + ((index * 7919 + run * 104_729) % 1_000) + (Math.floor(index / 40) % 25 === run ? 1_800 : 0);
  return makeReport({ config: { workload, targets }, questions, latencyMs });
}

/** How long the judgement of one large report takes. On a busy machine the processor time is the fairer figure. */
export function benchJudging(rounds = 15): string {
  const report = makeLargeReport(100_000);
  const parts: Record<string, () => unknown> = {
    "figures recomputed": () => recomputeMetrics(report),
    [`${TARGETS.length} targets judged`]: () => combineVerdicts(report),
    "picture of the page": () => summariseRag(report, combineVerdicts(report).verdicts),
  };
  const lines = Object.entries(parts).map(([name, part]) => {
    const times = Array.from({ length: rounds }, () => {
      const [started, before] = [performance.now(), process.cpuUsage()];
      part();
      const { user, system } = process.cpuUsage(before);
      return { wallMs: performance.now() - started, cpuMs: (user + system) / 1000 };
    });
    const [wall, cpu] = (["wallMs", "cpuMs"] as const).map((key) => middleOf(times.map((time) => time[key])));
    return `${name.padEnd(24)} median ${wall?.toFixed(0)} ms, of it ${cpu?.toFixed(0)} ms of processor`;
  });
  return [
    `judging ${report.requests.length} raw records, ${report.questions.length} questions`,
    ...lines,
  ].join("\n");
}

function middleOf(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
