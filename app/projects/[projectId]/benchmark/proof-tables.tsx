import { Table } from "#app/_components/table.tsx";
import { readWords } from "#app/_words/server.ts";
import type { RunPlan } from "#server/benchmark/plan-run.ts";
import type { SealedPlan } from "#server/benchmark/seal-plan.ts";
import { sayTarget } from "./say-metric.ts";

type Planned = RunPlan & { sealed: { plan: SealedPlan; sha256: string } };
type Props = { quick: Planned; standard: Planned; handedOutAt: string };

/** Before anything runs: how often latency would pass, and which test with which sample judges each target. */
export async function ProofTables({ quick, standard, handedOutAt }: Props) {
  const [{ say, format }, benchmark] = await Promise.all([readWords("runs"), readWords("benchmark")]);
  const { plan } = quick.sealed;
  const preset = (one: Planned) => benchmark.say(`preset.${one.preset}`);
  const chance = (share: number | null | undefined) => (share == null ? say("unknown") : format.share(share));
  return (
    <>
      {quick.latency !== null && <p className="prose mt-5">{say("proof.caption")}.</p>}
      {quick.latency !== null && (
        <Table
          caption={say("proof.caption")}
          columns={[
            { head: say("proof.busy") },
            { head: say("proof.passes", { preset: preset(quick) }), numeric: true },
            { head: say("proof.passes", { preset: preset(standard) }), numeric: true },
            { head: say("proof.enough"), numeric: true },
          ]}
          rows={quick.power.map((row, at) => ({
            key: String(row.utilisation),
            cells: [
              format.share(row.utilisation),
              chance(row.passChance),
              chance(standard.power[at]?.passChance),
              row.secondsFor80Pct === null ? say("proof.never") : format.duration(row.secondsFor80Pct * 1000),
            ],
          }))}
        />
      )}
      <h3 className="mt-6">{say("proof.sealedTitle")}</h3>
      <Table
        caption={say("proof.sealedCaption")}
        columns={[
          { head: say("proof.target") },
          { head: say("proof.test") },
          { head: say("proof.alpha"), numeric: true },
          { head: say("proof.alphaFail"), numeric: true },
          { head: say("proof.n", { preset: preset(quick) }), numeric: true },
          { head: say("proof.n", { preset: preset(standard) }), numeric: true },
        ]}
        rows={plan.tests.map((test, at) => ({
          key: `${test.metric} ${test.value}`,
          cells: [
            `${benchmark.say(`metric.${test.metric}`)} ${sayTarget({ target: { ...test, confidence: 1 - test.alpha } }, format)}`,
            say(`test.${test.test}`),
            format.number(test.alpha),
            format.number(test.alphaFail),
            say(`unit.${test.unit}`, { n: format.number(test.n) }),
            say(`unit.${test.unit}`, { n: format.number(standard.sealed.plan.tests[at]?.n ?? test.n) }),
          ],
        }))}
      />
      <p className="source mt-2">
        {say.rich("proof.seal", {
          seed: String(plan.seed),
          arrivals: benchmark.say(`latency.arrivals.${plan.arrivals}`),
          rate: format.number(plan.arrivalsPerSecond),
          day: format.dateTime(handedOutAt),
          hash: () => <Hash value={plan.configSha256} />,
        })}{" "}
        {[quick, standard].map((one) => (
          <span key={one.preset}>
            {say.rich("proof.planHash", {
              preset: preset(one),
              hash: () => <Hash value={one.sealed.sha256} />,
            })}{" "}
          </span>
        ))}
      </p>
    </>
  );
}

function Hash({ value }: { value: string }) {
  return <code title={value}>{`${value.slice(0, 4)}…${value.slice(-4)}`}</code>;
}
