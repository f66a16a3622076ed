import { TargetLine, type Tick, XAxis, YAxis } from "#app/_components/chart-axis.tsx";
import { Drawing } from "#app/_components/drawing.tsx";
import { Figure } from "#app/_components/figure.tsx";
import { pickTicks, scaleLine } from "#app/_components/scale-line.ts";
import { Table } from "#app/_components/table.tsx";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import type { BandPoint } from "#server/benchmark/band-latency.ts";
import type { Verdict } from "#server/benchmark/schema.ts";
import type { CurvePoint, RagPicture } from "#server/benchmark/summarise-rag.ts";
import { type BenchmarkWords, sayMetric } from "./say-metric.ts";

type Props = { number: number; picture: RagPicture; band: BandPoint[]; verdict: Verdict | null };

/** Requests done after so long, all runs pooled over each of them, against the target. */
export async function LatencyFigure({ number, picture, band, verdict }: Props) {
  const words = await readWords("benchmark");
  const { say, format } = words;
  const { load, workload, header } = picture;
  return (
    <Figure
      number={number}
      title={say("latency.title")}
      reading={readCurve(picture, verdict, words)}
      source={say("latency.source", {
        runs: format.number(workload.runs),
        perRun: format.number(workload.requestsPerRun),
        rate: format.number(workload.arrivalsPerSecond),
        arrivals: say(`latency.arrivals.${workload.arrivals}`),
        seed: String(workload.seed),
        utilisation:
          load.utilisation === null ? say("unknown") : format.number(load.utilisation, { digits: 2 }),
        delay:
          load.dispatchP99Ms === null
            ? say("unknown")
            : format.number(load.dispatchP99Ms, { digits: 1, unit: "ms" }),
        day: format.day(header.finishedAt, { year: true }),
      })}
      table={<CurveTable points={load.pooled} words={words} />}
    >
      <div className="hidden phone:block">
        <Curve picture={picture} band={band} verdict={verdict} width={580} height={300} words={words} />
      </div>
      <div className="phone:hidden">
        <Curve picture={picture} band={band} verdict={verdict} width={324} height={240} words={words} />
      </div>
    </Figure>
  );
}

function Curve({
  picture,
  band,
  verdict,
  width,
  height,
  words: { say, format },
}: Omit<Props, "number"> & { width: number; height: number; words: BenchmarkWords }) {
  const { pooled, runs, slowestMs } = picture.load;
  const targetMs = verdict?.target.value ?? null;
  // The title of the axis and the target's name stand in rows of their own: a near target would cover the title.
  const [left, right, top, bottom] = [40, width - 36, 44, height - 44];
  // The fastest hundredth would take half of a log scale and says nothing.
  const fastest = pooled.find((point) => point.share >= 0.01)?.ms ?? 1;
  const axis = pickAxis(fastest, Math.max(slowestMs ?? 1, targetMs ?? 0), [left, right], format);
  const y = scaleLine([0, 1], [bottom, top]);
  // The lower right corner is free: a cumulative curve has left it there.
  const free = pooled.length > 0 ? right : null;
  const draw = (points: readonly CurvePoint[]) =>
    points
      .map(({ ms, share }, at) => `${at === 0 ? "M" : "L"}${round(axis.x(ms))} ${round(y(share))}`)
      .join("");
  return (
    <Drawing width={width} height={height} label={say("latency.label")}>
      <YAxis
        x={left}
        gridRight={right}
        ticks={[0, 0.25, 0.5, 0.75, 1].map((share) => ({ at: y(share), label: String(share * 100) }))}
        title={say("latency.share")}
        titleY={12}
      />
      <XAxis
        y={bottom}
        ticks={axis.ticks}
        title={say(axis.log ? "latency.logAxis" : "latency.axis")}
        titleX={right}
      />
      <path className="axis" d={`M${left} ${bottom}H${right}`} />
      <path d={drawBand(band, axis.x, y)} className="fill-heat-2" />
      {runs.map((points, run) => (
        // Runs have no other name than their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: the order of runs never changes
        <path key={run} d={draw(points)} fill="none" className="stroke-heat-3" strokeWidth="0.6" />
      ))}
      <path d={draw(pooled)} fill="none" className="stroke-ink" strokeWidth="1.6" />
      {free !== null && (
        <text x={free} y={y(0.08)} textAnchor="end" className="label halo">
          {say(runs.length > 1 ? "latency.allRuns" : "latency.oneRun")}
        </text>
      )}
      <path className="grid" d={`M${left} ${y(0.95)}H${right}`} strokeDasharray="2 3" />
      <text x={left + 6} y={y(0.95) - 4} className="label halo">
        {format.share(0.95)}
      </text>
      {verdict?.bound != null && verdict.value !== null && (
        <path
          d={`M${round(axis.x(verdict.value))} ${round(y(0.95))}H${round(axis.x(verdict.bound))}`}
          className={STROKE[verdict.verdict]}
          strokeWidth="5"
        />
      )}
      {targetMs !== null && (
        <TargetLine
          x={axis.x(targetMs)}
          top={top - 8}
          bottom={bottom}
          label={say("latency.target", { target: sayMetric("latency_p95_ms", targetMs, format) })}
        />
      )}
    </Drawing>
  );
}

/** There along the upper edge, back along the lower one. */
function drawBand(
  band: readonly BandPoint[],
  x: (ms: number) => number,
  y: (share: number) => number,
): string {
  if (band.length < 2) return "";
  const upper = band.map(({ ms, high }) => `${round(x(ms))} ${round(y(high))}`);
  const lower = band.map(({ ms, low }) => `${round(x(ms))} ${round(y(low))}`).reverse();
  return `M${[...upper, ...lower].join("L")}Z`;
}

const STROKE = { pass: "stroke-pass", fail: "stroke-fail", inconclusive: "stroke-inconclusive" };

/** Linear, unless the answers come so far under the target that the curve would be a wall. */
function pickAxis(from: number, to: number, range: readonly [number, number], format: Format) {
  const least = Math.max(from * 0.9, 0.1);
  const most = to * 1.06;
  if (to / least <= 12) {
    const x = scaleLine([0, most], range);
    return { log: false, x, ticks: pickTicks([0, most]).map((ms) => tick(ms, x, format)) };
  }
  const line = scaleLine([Math.log10(least), Math.log10(most)], range);
  const x = (ms: number) => line(Math.log10(Math.max(ms, least)));
  const decades = Array.from({ length: 8 }, (_, at) => 10 ** (at - 1)).filter(
    (ms) => ms >= least && ms <= most,
  );
  const fine = [
    ...decades,
    ...decades.map((ms) => ms * 2),
    ...decades.map((ms) => ms * 5),
    decades[0] ? decades[0] / 2 : 0,
  ]
    .filter((ms) => ms >= least && ms <= most)
    .sort((a, b) => a - b);
  return { log: true, x, ticks: (fine.length <= 6 ? fine : decades).map((ms) => tick(ms, x, format)) };
}

function tick(ms: number, x: (ms: number) => number, format: Format): Tick {
  return { at: x(ms), label: format.number(ms) };
}

function readCurve({ load }: RagPicture, verdict: Verdict | null, { say, format }: BenchmarkWords): string {
  if (verdict === null || verdict.value === null) {
    return load.failed > 0
      ? say("latency.unanswered", {
          failed: format.number(load.failed),
          requests: format.number(load.requests),
        })
      : say("latency.noTarget");
  }
  const measured = sayMetric(verdict.metric, verdict.value, format);
  const target = sayMetric(verdict.metric, verdict.target.value, format);
  if (verdict.bound === null) return say("latency.noBound", { measured, target });
  const bound = sayMetric(verdict.metric, verdict.bound, format);
  const isUnder = verdict.bound < verdict.target.value;
  return say(isUnder ? "latency.under" : "latency.maybe", { measured, bound, target });
}

function CurveTable({ points, words }: { points: readonly CurvePoint[]; words: BenchmarkWords }) {
  const { say, format } = words;
  const at = (share: number) => points.find((point) => point.share >= share - 1e-9)?.ms ?? null;
  return (
    <Table
      caption={say("latency.caption")}
      columns={[{ head: say("latency.shareHead") }, { head: say("latency.doneHead"), numeric: true }]}
      rows={[0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1].map((share) => {
        const ms = at(share);
        return {
          key: String(share),
          cells: [
            format.share(share),
            ms === null ? say("latency.noAnswer") : format.number(ms, { digits: 1 }),
          ],
        };
      })}
    />
  );
}

function round(pixel: number): number {
  return Math.round(pixel * 10) / 10;
}
