"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useDeferredValue, useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { DataSet, SweepPoint } from "#server/benchmark/job-schema.ts";
import { SweepPlanText } from "./sweep-plan-text.tsx";

type Props = {
  projectId: string;
  suggested: SweepPoint & { rates: number[]; isMeasured: boolean };
  dataSets: DataSet[];
};

const MODES = ["bm25", "dense", "hybrid"] as const;

/** What is to be tried, and at once how many points that is, how long, and what each can show. */
export function SweepForm({ projectId, suggested, dataSets }: Props) {
  const trpc = useTRPC();
  const explain = useExplain();
  const router = useRouter();
  const { say, format } = useWords("sweep");
  const benchmark = useWords("benchmark");
  const [rates, setRates] = useState(suggested.rates.join(", "));
  const [k, setK] = useState(String(suggested.k));
  const [modes, setModes] = useState<string[]>([suggested.mode]);
  const [dataSet, setDataSet] = useState<DataSet>(dataSets[0] ?? "bundled");
  const [asked, wrong] = readAxes({ rates, k, modes });
  const later = useDeferredValue(JSON.stringify(asked));
  const plan = useQuery({
    ...trpc.sweeps.plan.queryOptions({ projectId, axes: JSON.parse(later) }),
    enabled: wrong === null,
    placeholderData: keepPreviousData,
  });
  const start = useMutation(
    trpc.sweeps.start.mutationOptions({
      onSuccess: ({ sweepId }) => {
        router.replace(`?sweep=${sweepId}`);
        router.refresh();
      },
    }),
  );
  const fault = plan.data?.outcome === "refused" ? plan.data : null;
  const errorAt = (path: string) =>
    wrong?.path === path
      ? say("form.notNumber", { text: wrong.text })
      : fault?.path === path
        ? fault.message
        : undefined;
  const planned = wrong === null && plan.data?.outcome === "planned" ? plan.data : null;
  return (
    <form
      className="mt-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (planned) start.mutate({ projectId, dataSet, axes: asked });
      }}
    >
      <TextField
        label={say("form.rates")}
        hint={`${say("form.ratesHint", { configured: format.number(suggested.arrivalsPerSecond) })} ${say(suggested.isMeasured ? "form.ratesMeasured" : "form.ratesGuessed")}`}
        value={rates}
        maxLength={400}
        inputMode="decimal"
        error={errorAt("arrivalsPerSecond")}
        onChange={(event) => setRates(event.target.value)}
      />
      <div className="mt-5">
        <TextField
          label={say("form.k")}
          hint={say("form.kHint", { configured: String(suggested.k) })}
          value={k}
          maxLength={200}
          error={errorAt("k")}
          onChange={(event) => setK(event.target.value)}
        />
      </div>
      <fieldset className="field mt-5">
        <legend>{say("form.modes")}</legend>
        <p className="hint">{say("form.modesHint", { configured: say(`mode.${suggested.mode}`) })}</p>
        <div className="choices">
          {MODES.map((mode) => (
            <label className="choice" key={mode}>
              <input
                type="checkbox"
                checked={modes.includes(mode)}
                onChange={({ target }) =>
                  setModes(target.checked ? [...modes, mode] : modes.filter((one) => one !== mode))
                }
              />
              <span className="word">{say(`mode.${mode}`)}</span>
            </label>
          ))}
        </div>
        {errorAt("modes") && (
          <p className="error" role="alert">
            {errorAt("modes")}
          </p>
        )}
      </fieldset>
      {dataSets.length > 1 && (
        <div className="mt-5">
          <SelectField
            label={benchmark.say("dataSet.label")}
            value={dataSet}
            options={dataSets.map((value) => ({ value, label: benchmark.say(`dataSet.${value}`) }))}
            onChange={(event) => setDataSet(dataSets.find((one) => one === event.target.value) ?? "bundled")}
          />
        </div>
      )}
      <div className="mt-5" aria-live="polite">
        {errorAt("points") && <p className="status error">{errorAt("points")}</p>}
        {planned && <SweepPlanText plan={planned} />}
        {wrong === null && plan.data === undefined && <p className="quiet">{say("form.counting")}</p>}
      </div>
      <div className="actions">
        <Button type="submit" weight="primary" disabled={start.isPending || planned === null}>
          {say(start.isPending ? "form.starting" : "form.start")}
        </Button>
        <span className="second">{say("plan.alone")}</span>
      </div>
      {start.error && (
        <p className="status error mt-2" role="alert">
          {explain(start.error).message} {explain(start.error).hint}
        </p>
      )}
    </form>
  );
}

type Axes = { arrivalsPerSecond: number[]; k: number[]; modes: string[] };

/** What was typed, and the first piece of it that is no number. */
function readAxes({ rates, k, modes }: { rates: string; k: string; modes: string[] }) {
  const axes: Axes = { arrivalsPerSecond: [], k: [], modes };
  let wrong: { path: string; text: string } | null = null;
  for (const [path, text] of [
    ["arrivalsPerSecond", rates],
    ["k", k],
  ] as const) {
    for (const piece of text.split(/[\s,;]+/).filter((one) => one !== "")) {
      const value = Number(piece);
      if (Number.isFinite(value)) axes[path].push(value);
      else wrong ??= { path, text: piece };
    }
  }
  return [axes, wrong] as const;
}
