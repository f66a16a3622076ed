import type { caller } from "#app/_trpc/server.ts";
import type { Format } from "#app/_words/format-in.ts";
import type { SayOf } from "#server/messages/say.ts";
import type { CostPoint } from "../cost-figure.tsx";

export type SweepWords = { say: SayOf<"sweep">; format: Format };
export type SweepRead = Awaited<ReturnType<Awaited<ReturnType<typeof caller>>["sweeps"]["read"]>>;

const MODES = ["bm25", "dense", "hybrid"] as const;

export function saySetting({ mode, k }: { mode: string; k: number }, say: SweepWords["say"]): string {
  const known = MODES.find((one) => one === mode);
  return say("setting", { mode: known === undefined ? mode : say(`mode.${known}`), k: String(k) });
}

/** The one sentence of the page: what was found, or how far it is. */
export function leadSweep(sweep: SweepRead | null, { say, format }: SweepWords): string {
  if (sweep === null) return say("lead.nothing");
  const { pace, curves, isActive } = sweep;
  if (isActive) {
    return say("lead.waits", { done: format.number(pace.done), of: format.number(pace.of) });
  }
  if (curves.length === 0) return say("lead.empty");
  const count = { count: curves.length, number: format.number(curves.length) };
  if (curves.every(({ targetMs }) => targetMs === null)) {
    return say("lead.curves", { ...count, best: say("lead.noTarget") });
  }
  const [best] = curves
    .filter(({ capacity }) => capacity !== null)
    .toSorted((a, b) => (b.capacity?.arrivalsPerSecond ?? 0) - (a.capacity?.arrivalsPerSecond ?? 0));
  return say("lead.curves", {
    ...count,
    best: best?.capacity
      ? say("lead.best", {
          rate: format.number(best.capacity.arrivalsPerSecond),
          setting: saySetting(best, say),
        })
      : say("lead.none"),
  });
}

/** Money where every setting has a price of its own, else the machine's time at the highest rate that holds the target. */
export function listCosts(curves: SweepRead["curves"]): { points: CostPoint[]; isMachineTime: boolean } {
  const isPriced = curves.length > 0 && curves.every(({ usdPer1k }) => usdPer1k !== null);
  const points = curves.flatMap(({ mode, k, accuracy, usdPer1k, machineSecondsPer1k }) => {
    const cost = isPriced ? usdPer1k : machineSecondsPer1k;
    const own = { runId: `${mode} ${k}`, finishedAt: null, mode, k };
    return accuracy === null || cost === null ? [] : [{ ...own, accuracy, usdPer1k: cost }];
  });
  return { points, isMachineTime: !isPriced };
}
