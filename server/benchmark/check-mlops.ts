import { checkRequest, checkRuns } from "#server/benchmark/check-load.ts";
import { MLOPS_FORMS } from "#server/benchmark/mlops-forms.data.ts";
import type { MlopsReport } from "#server/benchmark/mlops-schema.ts";
import { disagrees, isClose, problem } from "#server/benchmark/name-problem.ts";
import type { ReportProblem } from "#server/benchmark/read-report.ts";
import { recomputeMlops } from "#server/benchmark/recompute-mlops.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");

/** Everything in which an MLOps report disagrees with its own records. */
export function checkMlops(report: MlopsReport): ReportProblem[] {
  return [
    ...checkTotals(report),
    // A pilot that serves nothing, for instance a forecast, has no load.
    ...(report.requests.length === 0 ? [] : checkRuns(report)),
    ...report.requests.flatMap(checkRequest),
    ...checkFigures(report),
  ].slice(0, 20);
}

function checkTotals({ data, config, scores, series, outcome }: MlopsReport): ReportProblem[] {
  const problems: ReportProblem[] = [];
  if (data.task !== config.task) {
    problems.push(problem("REPORT_SPEC_MISMATCH", "/data/task", say("REPORT_SPEC_MISMATCH.twoTasks")));
  }
  const found = data.task === "classification" ? scores.length : series.length;
  // A run that failed may have stopped before it scored.
  if (outcome.status === "completed" && data.rows !== found) {
    const words = { said: String(data.rows), found: String(found) };
    problems.push(problem("REPORT_TOTALS", "/data/rows", say("REPORT_TOTALS.rows", words)));
  }
  const positives = scores.reduce((sum, { label }) => sum + label, 0);
  if (outcome.status === "completed" && data.positives !== null && data.positives !== positives) {
    const words = { said: String(data.positives), found: String(positives) };
    problems.push(problem("REPORT_TOTALS", "/data/positives", say("REPORT_TOTALS.positives", words)));
  }
  if (new Set(scores.map(({ row }) => row)).size < scores.length) {
    problems.push(problem("REPORT_TOTALS", "/scores", say("REPORT_TOTALS.rowTwice")));
  }
  if (new Set(series.map(({ id }) => id)).size < series.length) {
    problems.push(problem("REPORT_TOTALS", "/series", say("REPORT_TOTALS.rowTwice")));
  }
  const outside = scores.findIndex(({ day }) => day < data.testFrom || day > data.testTo);
  if (outside >= 0) {
    problems.push(problem("TIME_ORDER", `/scores/${outside}/day`, say("TIME_ORDER.outsideTest")));
  }
  if (data.task === "classification" && data.testFrom <= data.trainTo) {
    problems.push(problem("TIME_ORDER", "/data/testFrom", say("TIME_ORDER.testBeforeTrain")));
  }
  return problems;
}

function checkFigures(report: MlopsReport): ReportProblem[] {
  const recomputed = recomputeMlops(report);
  const seen = new Set<string>();
  return report.metrics.flatMap(({ name, value, unit, direction, outOf }, at): ReportProblem[] => {
    const path = `/metrics/${at}`;
    if (seen.has(name)) {
      return [problem("METRIC_DUPLICATE", path, say("METRIC_DUPLICATE.said", { metric: name }))];
    }
    seen.add(name);
    const form = MLOPS_FORMS[name];
    if (unit !== form.unit || direction !== form.direction) {
      const words = { metric: name, unit: form.unit, direction: form.direction };
      return [problem("METRIC_UNIT", path, say("METRIC_UNIT.said", words))];
    }
    const mine = recomputed[name]();
    if (mine.outOf !== null && outOf !== null && mine.outOf !== outOf) {
      return [disagrees(`${path}/outOf`, name, outOf, mine.outOf)];
    }
    return isClose(value, mine.value) ? [] : [disagrees(`${path}/value`, name, value, mine.value)];
  });
}
