import { Button } from "#app/_components/button.tsx";
import { DateField, NumberField, TextField } from "#app/_components/field.tsx";
import { readWords } from "#app/_words/server.ts";
import type { GoodputPrice } from "#server/benchmark/price-goodput.ts";
import { sayMetric } from "./say-metric.ts";

type Props = {
  runId: string;
  goodput: { targetMs: number; rps: number; attainment: number } | null;
  price: GoodputPrice | null;
  /** Of the tokens; null where none is configured. */
  usdPer1k: number | null;
  /** By the counters of the machine that ran; null where there was none. */
  energy: { joulesPerQuery: number; wattHoursPer1k: number; counted: "both" | "gpu" | "cpu" } | null;
};

/** What a thousand answers cost: the machine by its dated price and what held the target, the tokens by theirs. */
export async function PriceForm({ runId, goodput, price, usdPer1k, energy }: Props) {
  const { say, format } = await readWords("runs");
  const usd = (value: number) => format.number(value, { digits: value < 0.1 ? 4 : 2, unit: "USD" });
  return (
    <>
      <p className="prose mt-3">
        {goodput === null
          ? say("price.noGoodput")
          : say("price.goodput", {
              rps: format.number(goodput.rps, { digits: 2 }),
              target: sayMetric("latency_p95_ms", goodput.targetMs, format),
              share: format.share(goodput.attainment, { digits: 1 }),
            })}{" "}
        {goodput !== null && say("price.offered")}
      </p>
      {price !== null && (
        <p className="prose" role="status">
          <b>
            {say("price.said", {
              usd: usd(price.usdPer1k),
              rps: format.number(price.goodputRps, { digits: 2 }),
              perHour: usd(price.usdPerHour),
              source: price.source,
              day: format.day(price.asOf, { year: true }),
            })}
          </b>
        </p>
      )}
      <p className="prose">
        {usdPer1k === null ? say("price.noTokens") : say("price.tokens", { usd: usd(usdPer1k) })}{" "}
        {energy === null
          ? say("price.noEnergy")
          : say("price.energy", {
              joules: format.number(energy.joulesPerQuery, { digits: 2 }),
              wattHours: format.number(energy.wattHoursPer1k, { digits: 2 }),
              counted: energy.counted,
            })}
      </p>
      {goodput !== null && (
        <form className="no-print mt-5 grid items-end gap-x-7 phone:grid-cols-3" action="#price">
          <input type="hidden" name="run" value={runId} />
          <NumberField
            label={say("price.label")}
            name="usdPerHour"
            min={0}
            required
            unit="USD"
            defaultValue={price?.usdPerHour}
          />
          <DateField label={say("price.asOf")} name="asOf" required defaultValue={price?.asOf} />
          <TextField
            label={say("price.source")}
            placeholder={say("price.sourceHint")}
            name="source"
            maxLength={200}
            required
            defaultValue={price?.source}
          />
          <div className="actions">
            <Button type="submit">{say("price.show")}</Button>
          </div>
        </form>
      )}
    </>
  );
}
