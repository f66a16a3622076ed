import { TargetLine, type Tick, XAxis, YAxis } from "#app/_components/chart-axis.tsx";
import { Figure } from "#app/_components/figure.tsx";
import { formatDay } from "#app/_components/format-date.ts";
import { formatNumber, formatShare } from "#app/_components/format-number.ts";
import { pickTicks, scaleLine } from "#app/_components/scale-line.ts";
import { Table } from "#app/_components/table.tsx";
import type { Verdict } from "#server/benchmark/schema.ts";
import type { CurvePoint, ReportPicture } from "#server/benchmark/summarise-report.ts";
import { sayMetric } from "./say-metric.ts";

type Props = { number: number; picture: ReportPicture; verdict: Verdict | null };

/** Requests done after so long, all runs pooled over each of them, against the target. */
export function LatencyFigure({ number, picture, verdict }: Props) {
  const { load, workload, header } = picture;
  return (
    <Figure
      number={number}
      title="Latency, cumulative"
      reading={readCurve(picture, verdict)}
      source={`${workload.runs} drained runs of ${workload.requestsPerRun} at ${formatNumber(workload.arrivalsPerSecond)} requests a second, ${workload.arrivals} arrivals, seed ${workload.seed}. Utilisation ${load.utilisation === null ? "unknown" : formatNumber(load.utilisation, { digits: 2 })}, dispatch delay p99 ${load.dispatchP99Ms === null ? "unknown" : formatNumber(load.dispatchP99Ms, { digits: 1, unit: "ms" })}. ${formatDay(header.finishedAt, { year: true })}.`}
      table={<CurveTable points={load.pooled} />}
    >
      <div className="hidden phone:block">
        <Curve picture={picture} verdict={verdict} width={580} height={300} />
      </div>
      <div className="phone:hidden">
        <Curve picture={picture} verdict={verdict} width={324} height={240} />
      </div>
    </Figure>
  );
}

function Curve({
  picture,
  verdict,
  width,
  height,
}: Omit<Props, "number"> & { width: number; height: number }) {
  const { pooled, runs, slowestMs } = picture.load;
  const targetMs = verdict?.target.value ?? null;
  const [left, right, top, bottom] = [40, width - 36, 30, height - 44];
  // The fastest hundredth would take half of a log scale and says nothing.
  const fastest = pooled.find((point) => point.share >= 0.01)?.ms ?? 1;
  const axis = pickAxis(fastest, Math.max(slowestMs ?? 1, targetMs ?? 0), [left, right]);
  const y = scaleLine([0, 1], [bottom, top]);
  const middle = pooled.find((point) => point.share >= 0.5);
  const draw = (points: readonly CurvePoint[]) =>
    points
      .map(({ ms, share }, at) => `${at === 0 ? "M" : "L"}${round(axis.x(ms))} ${round(y(share))}`)
      .join("");
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label="Cumulative share of requests by latency, with the target"
    >
      <YAxis
        x={left}
        gridRight={right}
        ticks={[0, 0.25, 0.5, 0.75, 1].map((share) => ({ at: y(share), label: String(share * 100) }))}
        title="share of requests, %"
        titleY={12}
      />
      <XAxis
        y={bottom}
        ticks={axis.ticks}
        title={`latency from the scheduled arrival, ms${axis.log ? ", log scale" : ""}`}
        titleX={right}
      />
      <path className="axis" d={`M${left} ${bottom}H${right}`} />
      {runs.map((points, run) => (
        // Runs have no other name than their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: the order of runs never changes
        <path key={run} d={draw(points)} fill="none" className="stroke-heat-3" strokeWidth="0.6" />
      ))}
      <path d={draw(pooled)} fill="none" className="stroke-ink" strokeWidth="1.6" />
      {middle && (
        <text x={axis.x(middle.ms) + 8} y={y(0.42)} className="halo">
          {runs.length > 1 ? "all runs; thin: each run" : "the one run"}
        </text>
      )}
      <path className="grid" d={`M${left} ${y(0.95)}H${right}`} strokeDasharray="2 3" />
      <text x={left + 6} y={y(0.95) - 4} className="label halo">
        95 %
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
          label={`target ${sayMetric("latency_p95_ms", targetMs)}`}
        />
      )}
    </svg>
  );
}

const STROKE = { pass: "stroke-pass", fail: "stroke-fail", inconclusive: "stroke-inconclusive" };

/** Linear, unless the answers come so far under the target that the curve would be a wall. */
function pickAxis(from: number, to: number, range: readonly [number, number]) {
  const least = Math.max(from * 0.9, 0.1);
  const most = to * 1.06;
  if (to / least <= 12) {
    const x = scaleLine([0, most], range);
    return { log: false, x, ticks: pickTicks([0, most]).map((ms) => tick(ms, x)) };
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
  return { log: true, x, ticks: (fine.length <= 6 ? fine : decades).map((ms) => tick(ms, x)) };
}

function tick(ms: number, x: (ms: number) => number): Tick {
  return { at: x(ms), label: formatNumber(ms) };
}

function readCurve({ load }: ReportPicture, verdict: Verdict | null): string {
  if (verdict === null || verdict.value === null) {
    return load.failed > 0
      ? `${formatNumber(load.failed)} of ${formatNumber(load.requests)} requests got no answer.`
      : "No latency target was set.";
  }
  const measured = sayMetric(verdict.metric, verdict.value);
  const target = sayMetric(verdict.metric, verdict.target.value);
  if (verdict.bound === null)
    return `95 % are done after ${measured}; the sample gives no bound against ${target}.`;
  const bound = sayMetric(verdict.metric, verdict.bound);
  return verdict.bound < verdict.target.value
    ? `95 % are done after ${measured}, with confidence under ${bound}; the target is ${target}.`
    : `95 % are done after ${measured}, but it may be ${bound}; the target is ${target}.`;
}

function CurveTable({ points }: { points: readonly CurvePoint[] }) {
  const at = (share: number) => points.find((point) => point.share >= share - 1e-9)?.ms ?? null;
  return (
    <Table
      caption="Latency by share of requests"
      columns={[{ head: "Share of requests" }, { head: "Done after, ms", numeric: true }]}
      rows={[0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1].map((share) => {
        const ms = at(share);
        return {
          key: String(share),
          cells: [formatShare(share), ms === null ? "no answer" : formatNumber(ms, { digits: 1 })],
        };
      })}
    />
  );
}

function round(pixel: number): number {
  return Math.round(pixel * 10) / 10;
}
