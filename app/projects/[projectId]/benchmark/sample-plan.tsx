import { formatDuration, formatNumber, formatShare } from "#app/_components/format-number.ts";
import { Table } from "#app/_components/table.tsx";
import type { RunPlan } from "#server/benchmark/plan-run.ts";
import type { PresetChoice } from "./run-panel.tsx";
import { sayMetric } from "./say-metric.ts";

/** Before anything is run: under which truth the golden set would pass, and how many questions it would take. */
export function SamplePlan({ plan }: { plan: RunPlan }) {
  const { accuracy } = plan;
  if (accuracy === null) return <p className="prose">No accuracy target was handed out.</p>;
  const target = formatShare(accuracy.target);
  return (
    <>
      <p className="prose">
        {accuracy.passAt === null
          ? `${formatNumber(accuracy.questions)} questions cannot show more than ${target}, whatever the answers.`
          : `${formatNumber(accuracy.questions)} questions show more than ${target} from ${formatNumber(accuracy.passAt)} right on.`}
        {accuracy.failAt !== null && ` ${formatNumber(accuracy.failAt)} or fewer show a miss.`}
      </p>
      <Table
        caption="What the golden set can prove"
        columns={[
          { head: "If the true accuracy is" },
          { head: "it passes", numeric: true },
          { head: "Questions to pass four times in five", numeric: true },
        ]}
        rows={accuracy.power.map((row) => ({
          key: String(row.truth),
          cells: [
            formatShare(row.truth),
            `${formatShare(row.passChance)} of the time`,
            row.neededFor80Pct === null ? "no number" : formatNumber(row.neededFor80Pct),
          ],
        }))}
      />
    </>
  );
}

/** The two sizes of a run with what each can show about latency. */
export function presetChoices(quick: RunPlan, standard: RunPlan): PresetChoice[] {
  return [quick, standard].map((plan) => ({
    value: plan.preset,
    label: plan.preset === "quick" ? "Quick" : "Standard",
    hint: [
      `${formatNumber(plan.requests)} requests in ${plan.runs} drained runs, about ${formatDuration(plan.loadSeconds * 1000)} of load.`,
      plan.latency &&
        `At most ${formatNumber(plan.latency.allowedOver)} may take ${sayMetric("latency_p95_ms", plan.latency.targetMs)} or longer, fewer if they depend on each other.`,
      sayFalsePass(plan.falsePass),
    ]
      .filter(Boolean)
      .join(" "),
  }));
}

function sayFalsePass({ atHalf, at70Pct }: RunPlan["falsePass"]): string {
  if (atHalf === null || at70Pct === null) return "";
  return `A system exactly on its target passes falsely ${formatShare(atHalf)} of the time on a half busy server, ${formatShare(at70Pct)} on one 70 % busy.`;
}
