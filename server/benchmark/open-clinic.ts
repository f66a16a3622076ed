import { checkClinic } from "#server/benchmark/check-clinic.ts";
import type { ClinicReport } from "#server/benchmark/clinic-schema.ts";
import { measureSpeedUp } from "#server/benchmark/compare-rounds.ts";
import { writeRoundsCsv } from "#server/benchmark/export-records-csv.ts";
import { judgeSpeedUp } from "#server/benchmark/judge-clinic.ts";
import { CLINIC_FIELDS } from "#server/benchmark/measure-clinic-fields.ts";
import type { MetricRule, OpenReport } from "#server/benchmark/open-report.ts";
import { summariseClinic } from "#server/benchmark/summarise-clinic.ts";
import { ClinicMetric } from "#server/scaffold/clinic-schema.ts";

/** Of the value, any level would do: it is the median. */
const ANY_ALPHA = 0.05;

export function openClinic(report: ClinicReport): OpenReport {
  const rules = ClinicMetric.options.map((metric): [ClinicMetric, MetricRule] => [
    metric,
    {
      value: measureSpeedUp(report, metric, ANY_ALPHA).value,
      judge: (target, alpha) => judgeSpeedUp(report, metric, target, alpha),
      bound: (_target, alpha) => {
        const { low, high, n } = measureSpeedUp(report, metric, alpha);
        return n === 0 ? null : { low, high };
      },
    },
  ]);
  return {
    findProblems: () => checkClinic(report),
    metrics: Object.fromEntries(rules) as OpenReport["metrics"],
    measure: (field) => CLINIC_FIELDS[field]?.(report) ?? null,
    draw: (verdicts) => summariseClinic(report, verdicts),
    preset: null,
    seal: () => null,
    tables: { "rounds.csv": () => writeRoundsCsv(report) },
    // The rounds are all there is: a few hundred numbers, kept until everything is taken out.
    thin: (records) => (records === "deleted" ? { ...report, examples: [] } : report),
  };
}
