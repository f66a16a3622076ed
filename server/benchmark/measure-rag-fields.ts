import { lowerBound } from "#server/benchmark/bound-proportion.ts";
import { findScheduleMiss } from "#server/benchmark/find-schedule-miss.ts";
import { judgeLock } from "#server/benchmark/judge-lock.ts";
import type { Found, MeasuredFields } from "#server/benchmark/measured-answers.data.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import { recomputeMetrics } from "#server/benchmark/recompute-metrics.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { RagMetric, RagTarget } from "#server/scaffold/rag-schema.ts";

const say = sayRoom("benchmark");

/** What a RAG report says about the system, each from its raw records. */
export const RAG_FIELDS: MeasuredFields<RagReport> = {
  cpu_share_of_wall: ({ stages }) => {
    const [wallMs, cpuMs] = [sum(stages, "wallMs"), sum(stages, "cpuMs")];
    if (wallMs === 0) return null;
    return {
      value: cpuMs / wallMs,
      because: say("because.processor", {
        cpuMs: Math.round(cpuMs).toString(),
        wallMs: Math.round(wallMs).toString(),
        share: percent(cpuMs / wallMs),
      }),
    };
  },
  wrapper_share: ({ stages }) => {
    const wallMs = sum(stages, "wallMs");
    const ours = sum(
      stages.filter((stage) => stage.side === "wrapper"),
      "wallMs",
    );
    if (wallMs === 0) return null;
    return {
      value: ours / wallMs,
      because: say("because.ownCode", {
        ownMs: Math.round(ours).toString(),
        wallMs: Math.round(wallMs).toString(),
      }),
    };
  },
  p95_over_target: (report) => {
    const target = report.config.targets.find(({ metric }) => metric === "latency_p95_ms");
    const p95Ms = recomputeMetrics(report).latency_p95_ms.value;
    if (target === undefined || target.value === 0 || p95Ms === null) return null;
    if (findScheduleMiss(report.requests, target.value) !== null) return null;
    return {
      value: p95Ms / target.value,
      because: say("because.p95", { p95Ms: Math.round(p95Ms).toString(), targetMs: String(target.value) }),
    };
  },
  answer_accuracy_lower: ({ questions }) => {
    const judged = questions.filter((question) => question.correct !== null);
    const correct = judged.filter((question) => question.correct).length;
    if (judged.length === 0) return null;
    return {
      value: lowerBound(correct, judged.length, 0.05),
      because: say("because.accuracy", { correct: String(correct), outOf: String(judged.length) }),
    };
  },
  usd_per_1k: (report) => {
    const { value } = recomputeMetrics(report).usd_per_1k;
    if (value === null) return null;
    return { value, because: say("because.cost", { answers: String(report.usage.answers) }) };
  },
  main_error_class: ({ questions }) => {
    const counts = new Map<string, number>();
    for (const { correct, errorClass } of questions) {
      if (correct === false && errorClass !== null) counts.set(errorClass, (counts.get(errorClass) ?? 0) + 1);
    }
    const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
    // Two classes level: there is no main one.
    if (first === undefined || first[1] === second?.[1]) return null;
    const misses = questions.filter((question) => question.correct === false).length;
    return {
      value: first[0],
      because: say("because.misses", { count: String(first[1]), misses: String(misses) }),
    };
  },
  gil_reenabled: ({ fingerprint }) => judgeLock(fingerprint),
  answer_accuracy_promised: (report) => findPromise(report, "answer_accuracy", "gt"),
  usd_per_1k_promised: (report) => findPromise(report, "usd_per_1k", "lt"),
};

/** A target that looks the other way is no limit of this kind and is left to the verdict. */
function findPromise(
  { config, configSha256 }: RagReport,
  metric: RagMetric,
  comparison: RagTarget["comparison"],
): Found | null {
  const target = config.targets.find((one) => one.metric === metric && one.comparison === comparison);
  if (target === undefined) return null;
  return {
    value: target.value,
    because: say("because.promised", { sealed: configSha256.slice(0, 8) }),
  };
}

function sum(stages: RagReport["stages"], key: "wallMs" | "cpuMs"): number {
  return stages.reduce((total, stage) => total + stage[key], 0);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
