import { problem } from "#server/benchmark/name-problem.ts";
import { openReport } from "#server/benchmark/open-report.ts";
import type { ReportProblem } from "#server/benchmark/read-report.ts";
import type { Report } from "#server/benchmark/schema.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");

/** What the arithmetic is held against; handed in, so that the rule needs neither clock nor hash. */
export type ReportChecks = {
  /** sha256 of the canonical JSON of the config as it stands in the file. */
  configSha256: string;
  /** The project it is stored under; null when nobody asked for one. */
  projectId: string | null;
  /** Null = the age of the report does not matter (the terminal judging a file). */
  now: Date | null;
};

const FUTURE_TOLERANCE_MS = 5 * 60_000;

/** Everything in which a report disagrees with its own records, its seal or the project. Empty = it may be stored. */
export function checkReport(report: Report, checks: ReportChecks): ReportProblem[] {
  return [
    ...checkSpec(report, checks),
    ...checkTimes(report, checks.now),
    ...openReport(report).findProblems(),
  ];
}

function checkSpec(report: Report, checks: ReportChecks): ReportProblem[] {
  const problems: ReportProblem[] = [];
  if (report.configSha256 !== checks.configSha256) {
    problems.push(problem("REPORT_CHECKSUM", "/configSha256", say("REPORT_CHECKSUM.said")));
  }
  if (report.projectId !== report.config.projectId) {
    problems.push(problem("REPORT_SPEC_MISMATCH", "/projectId", say("REPORT_SPEC_MISMATCH.twoProjects")));
  } else if (
    checks.projectId !== null &&
    report.projectId !== null &&
    report.projectId !== checks.projectId
  ) {
    problems.push(
      problem(
        "REPORT_SPEC_MISMATCH",
        "/projectId",
        say("REPORT_SPEC_MISMATCH.otherProject", { project: report.projectId }),
      ),
    );
  }
  if (report.templateVersion !== report.config.templateVersion) {
    problems.push(
      problem("REPORT_SPEC_MISMATCH", "/templateVersion", say("REPORT_SPEC_MISMATCH.twoVersions")),
    );
  }
  return problems;
}

function checkTimes(report: Report, now: Date | null): ReportProblem[] {
  const [started, finished] = [Date.parse(report.startedAt), Date.parse(report.finishedAt)];
  if (finished < started) return [problem("TIME_ORDER", "/finishedAt", say("TIME_ORDER.finished"))];
  if (now !== null && finished > now.getTime() + FUTURE_TOLERANCE_MS) {
    return [
      problem("TIME_FUTURE", "/finishedAt", say("TIME_FUTURE.said", { finishedAt: report.finishedAt })),
    ];
  }
  return [];
}
