import type { ClinicExample, ClinicReport, ClinicVariant } from "#server/benchmark/clinic-schema.ts";
import { measureSpeedUp } from "#server/benchmark/compare-rounds.ts";
import { disagrees, isClose, problem } from "#server/benchmark/name-problem.ts";
import type { ReportProblem } from "#server/benchmark/read-report.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");

/** Of the bound that a figure of the clinic states: one-sided 95 %. */
const FIGURE_ALPHA = 0.05;

type Name = ClinicVariant["name"];
const FORMS: Record<ClinicExample, { alone: readonly Name[]; pools: readonly Name[] }> = {
  waiting: { alone: ["sequential", "gather"], pools: [] },
  computing: { alone: ["serial"], pools: ["threads", "processes"] },
  hot_function: { alone: ["python", "numpy", "numba", "rust"], pools: [] },
  workload: { alone: ["own"], pools: [] },
};

/** Everything in which a report of the clinic disagrees with its own rounds. */
export function checkClinic(report: ClinicReport): ReportProblem[] {
  return [...checkExamples(report), ...checkFigures(report)].slice(0, 20);
}

function checkExamples(report: ClinicReport): ReportProblem[] {
  const ids = report.examples.map(({ id }) => id);
  const twice =
    new Set(ids).size < ids.length
      ? [problem("REPORT_TOTALS", "/examples", say("REPORT_TOTALS.exampleTwice"))]
      : [];
  return [
    ...twice,
    ...report.examples.flatMap((example, at) => [
      ...checkForms(example, `/examples/${at}/variants`, report),
      ...example.variants.flatMap((variant, v) =>
        checkRounds(variant, `/examples/${at}/variants/${v}`, report),
      ),
    ]),
  ];
}

function checkForms(
  { id, variants }: ClinicReport["examples"][number],
  path: string,
  { config }: ClinicReport,
): ReportProblem[] {
  const problems: ReportProblem[] = [];
  const { alone, pools } = FORMS[id];
  const seen = new Set<string>();
  variants.forEach(({ name, workers }, at) => {
    const known =
      (alone.includes(name) && workers === null) ||
      (pools.includes(name) && workers !== null && config.workers.includes(workers));
    if (!known) {
      problems.push(problem("REPORT_TOTALS", `${path}/${at}`, say("REPORT_TOTALS.formUnknown", { name })));
    }
    const key = `${name} ${workers}`;
    if (seen.has(key)) {
      problems.push(problem("REPORT_TOTALS", `${path}/${at}`, say("REPORT_TOTALS.formTwice", { name })));
    }
    seen.add(key);
  });
  if (new Set(variants.map(({ check }) => check)).size > 1) {
    problems.push(problem("CHECK_DIFFERS", path, say("CHECK_DIFFERS.said", { example: id })));
  }
  return problems;
}

function checkRounds(
  { wallMs, cpuMs }: ClinicVariant,
  path: string,
  { config, outcome }: ClinicReport,
): ReportProblem[] {
  const lists = [
    ["wallMs", wallMs.length],
    ["cpuMs", cpuMs.length],
  ] as const;
  return lists.flatMap(([key, found]) => {
    // A run that failed may have stopped between two rounds.
    const isWhole = outcome.status === "failed" ? found <= config.rounds : found === config.rounds;
    if (isWhole) return [];
    const words = { planned: String(config.rounds), found: String(found) };
    return [problem("REPORT_TOTALS", `${path}/${key}`, say("REPORT_TOTALS.rounds", words))];
  });
}

function checkFigures(report: ClinicReport): ReportProblem[] {
  const seen = new Set<string>();
  return report.metrics.flatMap(({ name, value, low, n }, at) => {
    const path = `/metrics/${at}`;
    if (seen.has(name)) {
      return [problem("METRIC_DUPLICATE", path, say("METRIC_DUPLICATE.said", { metric: name }))];
    }
    seen.add(name);
    const mine = measureSpeedUp(report, name, FIGURE_ALPHA);
    if (n !== mine.n) return [disagrees(`${path}/n`, name, n, mine.n)];
    if (!isClose(value, mine.value)) return [disagrees(`${path}/value`, name, value, mine.value)];
    return isClose(low, mine.low) ? [] : [disagrees(`${path}/low`, name, low, mine.low)];
  });
}
