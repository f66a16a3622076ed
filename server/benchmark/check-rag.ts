import { checkRequest, checkRuns } from "#server/benchmark/check-load.ts";
import { disagrees, isClose, problem } from "#server/benchmark/name-problem.ts";
import type { RagFigure, RagReport } from "#server/benchmark/rag-schema.ts";
import type { ReportProblem } from "#server/benchmark/read-report.ts";
import { recomputeMetrics } from "#server/benchmark/recompute-metrics.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { RagMetric } from "#server/scaffold/rag-schema.ts";

const say = sayRoom("errors");

const FORMS: Record<RagMetric, { unit: RagFigure["unit"]; direction: RagFigure["direction"] }> = {
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

/** Everything in which a RAG report disagrees with its own records. */
export function checkRag(report: RagReport): ReportProblem[] {
  return [...checkTotals(report), ...report.requests.flatMap(checkRequest), ...checkMetrics(report)];
}

function checkTotals(report: RagReport): ReportProblem[] {
  const problems: ReportProblem[] = [];
  const judged = report.questions.filter((question) => question.correct !== null).length;
  const totals = [
    ["/data/questions", report.data.questions, report.questions.length, "questions"],
    ["/data/judged", report.data.judged, judged, "judged"],
  ] as const;
  for (const [path, said, found, noun] of totals) {
    // A run that failed may have stopped before it asked every question.
    if (said === found || report.outcome.status === "failed") continue;
    problems.push(
      problem(
        "REPORT_TOTALS",
        path,
        say(`REPORT_TOTALS.${noun}`, { said: String(said), found: String(found) }),
      ),
    );
  }
  const ids = new Set(report.questions.map((question) => question.id));
  if (ids.size !== report.questions.length) {
    problems.push(problem("REPORT_TOTALS", "/questions", say("REPORT_TOTALS.twiceAsked")));
  }
  const { k } = report.config.retrieval;
  report.questions.forEach((question, at) => {
    if (question.retrieved.length > k || new Set(question.retrieved).size !== question.retrieved.length) {
      problems.push(
        problem(
          "REPORT_TOTALS",
          `/questions/${at}/retrieved`,
          say("REPORT_TOTALS.retrieved", { k: String(k) }),
        ),
      );
    }
  });
  return [...problems, ...checkRuns(report)].slice(0, 20);
}

function checkMetrics(report: RagReport): ReportProblem[] {
  const recomputed = recomputeMetrics(report);
  const seen = new Set<RagMetric>();
  const problems = report.metrics.flatMap((metric, at): ReportProblem[] => {
    const path = `/metrics/${at}`;
    if (seen.has(metric.name))
      return [problem("METRIC_DUPLICATE", path, say("METRIC_DUPLICATE.said", { metric: metric.name }))];
    seen.add(metric.name);
    const form = FORMS[metric.name];
    if (metric.unit !== form.unit || metric.direction !== form.direction) {
      return [
        problem(
          "METRIC_UNIT",
          path,
          say("METRIC_UNIT.said", { metric: metric.name, unit: form.unit, direction: form.direction }),
        ),
      ];
    }
    if (metric.value !== null && (metric.value < 0 || (form.unit === "share" && metric.value > 1))) {
      return [
        problem(
          "METRIC_RANGE",
          `${path}/value`,
          say("METRIC_RANGE.said", { value: String(metric.value), metric: metric.name }),
        ),
      ];
    }
    const mine = recomputed[metric.name];
    if (mine.outOf !== null && metric.outOf !== null && mine.outOf !== metric.outOf) {
      return [disagrees(`${path}/outOf`, metric.name, metric.outOf, mine.outOf)];
    }
    return isClose(metric.value, mine.value)
      ? []
      : [disagrees(`${path}/value`, metric.name, metric.value, mine.value)];
  });
  return [...problems, ...checkOrder(report)];
}

function checkOrder(report: RagReport): ReportProblem[] {
  const names: RagMetric[] = ["latency_p50_ms", "latency_p95_ms", "latency_p99_ms"];
  const values = names.map((name) => report.metrics.find((metric) => metric.name === name)?.value ?? null);
  const known = values.filter((value) => value !== null);
  return known.every((value, at) => at === 0 || value >= (known[at - 1] ?? 0))
    ? []
    : [problem("METRIC_ORDER", "/metrics", say("METRIC_ORDER.said"))];
}
