import { problem } from "#server/benchmark/name-problem.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import type { ReportProblem } from "#server/benchmark/read-report.ts";
import type { RequestRecord } from "#server/benchmark/report-schema.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");

/** A monotonic clock read twice; more means the times are made up. */
const CLOCK_JITTER_MS = 5;

/** An open-loop load, whatever was asked. */
export type LoadRecords = Pick<RagReport, "requests" | "runSeconds" | "outcome"> & {
  config: { workload: Pick<RagReport["config"]["workload"], "runs" | "requestsPerRun"> };
};

/** Runs count from 0 without a hole, each as long as planned: a missing slow request would flatter the percentile. */
export function checkRuns(report: LoadRecords): ReportProblem[] {
  const problems: ReportProblem[] = [];
  const { runs, requestsPerRun } = report.config.workload;
  const seen = new Set(report.requests.map((request) => `${request.run}/${request.index}`));
  if (seen.size !== report.requests.length) {
    problems.push(problem("REPORT_TOTALS", "/requests", say("REPORT_TOTALS.twiceSent")));
  }
  const beyond = report.requests.findIndex(({ run, index }) => run >= runs || index >= requestsPerRun);
  if (beyond >= 0) {
    problems.push(
      problem(
        "REPORT_TOTALS",
        `/requests/${beyond}`,
        say("REPORT_TOTALS.outsidePlan", { runs: String(runs), requestsPerRun: String(requestsPerRun) }),
      ),
    );
  }
  if (report.outcome.status === "failed") return problems;
  if (report.requests.length !== runs * requestsPerRun) {
    problems.push(
      problem(
        "REPORT_TOTALS",
        "/requests",
        say("REPORT_TOTALS.requests", {
          planned: String(runs * requestsPerRun),
          found: String(report.requests.length),
        }),
      ),
    );
  }
  if (report.runSeconds.length !== runs) {
    problems.push(
      problem(
        "REPORT_TOTALS",
        "/runSeconds",
        say("REPORT_TOTALS.runs", { planned: String(runs), found: String(report.runSeconds.length) }),
      ),
    );
  }
  return problems;
}

export function checkRequest(request: RequestRecord, at: number): ReportProblem[] {
  const { scheduledMs, sentMs, firstByteMs, doneMs, status } = request;
  const path = `/requests/${at}`;
  if (sentMs < scheduledMs - CLOCK_JITTER_MS) {
    return [problem("TIME_ORDER", `${path}/sentMs`, say("TIME_ORDER.sent"))];
  }
  if (doneMs !== null && doneMs < Math.max(firstByteMs ?? 0, sentMs) - CLOCK_JITTER_MS) {
    return [problem("TIME_ORDER", `${path}/doneMs`, say("TIME_ORDER.answered"))];
  }
  if (status === "ok" && doneMs === null) {
    return [problem("REPORT_TOTALS", `${path}/doneMs`, say("REPORT_TOTALS.noDoneTime"))];
  }
  return [];
}
