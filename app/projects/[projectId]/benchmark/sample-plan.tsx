import { Table } from "#app/_components/table.tsx";
import { readWords } from "#app/_words/server.ts";
import type { RunPlan } from "#server/benchmark/plan-run.ts";
import type { PresetChoice } from "./run-panel.tsx";
import { type BenchmarkWords, sayMetric } from "./say-metric.ts";

/** Before anything is run: under which truth the golden set would pass, and how many questions it would take. */
export async function SamplePlan({ plan }: { plan: RunPlan }) {
  const { say, format } = await readWords("benchmark");
  const { accuracy } = plan;
  if (accuracy === null) return <p className="prose">{say("sample.noTarget")}</p>;
  const questions = format.number(accuracy.questions);
  const target = format.share(accuracy.target);
  return (
    <>
      <p className="prose">
        {accuracy.passAt === null
          ? say("sample.cannotShow", { questions, target })
          : say("sample.shows", { questions, target, passAt: format.number(accuracy.passAt) })}
        {accuracy.failAt !== null &&
          ` ${say("sample.showsMiss", { failAt: format.number(accuracy.failAt) })}`}
      </p>
      <Table
        caption={say("sample.caption")}
        columns={[
          { head: say("sample.truth") },
          { head: say("sample.passes"), numeric: true },
          { head: say("sample.needed"), numeric: true },
        ]}
        rows={accuracy.power.map((row) => ({
          key: String(row.truth),
          cells: [
            format.share(row.truth),
            say("sample.ofTheTime", { share: format.share(row.passChance) }),
            row.neededFor80Pct === null ? say("sample.noNumber") : format.number(row.neededFor80Pct),
          ],
        }))}
      />
    </>
  );
}

/** The two sizes of a run with what each can show about latency. */
export function presetChoices(quick: RunPlan, standard: RunPlan, words: BenchmarkWords): PresetChoice[] {
  const { say, format } = words;
  return [quick, standard].map((plan) => ({
    value: plan.preset,
    label: say(`preset.${plan.preset}`),
    hint: [
      say("preset.load", {
        requests: format.number(plan.requests),
        runs: format.number(plan.runs),
        duration: format.duration(plan.loadSeconds * 1000),
      }),
      plan.latency &&
        say("preset.allowed", {
          count: format.number(plan.latency.allowedOver),
          target: sayMetric("latency_p95_ms", plan.latency.targetMs, format),
        }),
      sayFalsePass(plan.falsePass, words),
      sayPower(plan.power, words),
    ]
      .filter(Boolean)
      .join(" "),
  }));
}

function sayFalsePass({ atHalf, at70Pct }: RunPlan["falsePass"], { say, format }: BenchmarkWords): string {
  if (atHalf === null || at70Pct === null) return "";
  return say("preset.falsePass", {
    half: format.share(atHalf),
    busy: format.share(at70Pct),
    utilisation: format.share(0.7),
  });
}

function sayPower(power: RunPlan["power"], { say, format }: BenchmarkWords): string {
  const [calm, half, busy] = [0.3, 0.5, 0.7].map((busyness) =>
    power.find(({ utilisation }) => utilisation === busyness),
  );
  if (calm?.passChance == null || half?.passChance == null || busy?.passChance == null) return "";
  const chances = say("preset.power", {
    calm: format.share(calm.passChance),
    half: format.share(half.passChance),
    busy: format.share(busy.passChance),
  });
  if (half.secondsFor80Pct === null || busy.secondsFor80Pct === null) return chances;
  const longer = say("preset.longer", {
    half: format.duration(half.secondsFor80Pct * 1000),
    busy: format.duration(busy.secondsFor80Pct * 1000),
  });
  return `${chances} ${longer}`;
}
