import { XAxis, YAxis } from "#app/_components/chart-axis.tsx";
import { Drawing } from "#app/_components/drawing.tsx";
import { Figure } from "#app/_components/figure.tsx";
import { pickTicks, scaleLine } from "#app/_components/scale-line.ts";
import { Table } from "#app/_components/table.tsx";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import type { CapacityPoint } from "#server/benchmark/find-knee.ts";
import type { SayOf } from "#server/messages/say.ts";

type Props = {
  curve: CapacityPoint[];
  knee: CapacityPoint | null;
  capacity: CapacityPoint | null;
  targetMs: number | null;
};

/** What a sweep says a server can take: latency over answers a second, where it bends, where the target breaks. */
export async function CapacityFigure({
  number,
  title,
  ...sweep
}: Props & { number: number /** Where several settings were swept. */; title?: string }) {
  const { say, format } = await readWords("runs");
  const curve = sweep.curve.toSorted((a, b) => a.arrivalsPerSecond - b.arrivalsPerSecond);
  const rate = (point: CapacityPoint) => format.number(point.arrivalsPerSecond);
  const { knee, capacity } = sweep;
  const bends = knee === null ? say("curve.noKnee") : say("curve.bends", { rate: rate(knee) });
  const holds = capacity === null ? say("curve.noCapacity") : say("curve.holds", { rate: rate(capacity) });
  return (
    <Figure
      number={number}
      title={title ?? say("curve.title")}
      reading={`${bends} ${holds}`}
      source={say("curve.source", { count: format.number(curve.length) })}
      table={
        <Table
          caption={say("curve.caption")}
          columns={(["rate", "throughput", "p95", "goodput"] as const).map((key) => ({
            head: say(`curve.${key}`),
            numeric: true,
          }))}
          rows={curve.map((point) => ({
            key: String(point.arrivalsPerSecond),
            cells: [
              format.number(point.arrivalsPerSecond),
              format.number(point.throughputRps, { digits: 2 }),
              point.p95Ms === null ? say("unknown") : format.number(point.p95Ms, { digits: 0 }),
              format.number(point.goodputRps, { digits: 2 }),
            ],
          }))}
        />
      }
    >
      <div className="hidden phone:block">
        <Curve {...sweep} curve={curve} width={868} height={280} say={say} format={format} />
      </div>
      <div className="phone:hidden">
        <Curve {...sweep} curve={curve} width={324} height={240} say={say} format={format} />
      </div>
    </Figure>
  );
}

type CurveProps = Props & { width: number; height: number; say: SayOf<"runs">; format: Format };

function Curve({ curve, knee, targetMs, width, height, say, format }: CurveProps) {
  const known = curve.flatMap((point) => (point.p95Ms === null ? [] : [{ ...point, p95Ms: point.p95Ms }]));
  const most = Math.max(targetMs ?? 0, ...known.map(({ p95Ms }) => p95Ms)) * 1.08;
  const [left, right, top, bottom] = [56, width - 24, 30, height - 44];
  const x = scaleLine(
    [0, Math.max(...known.map(({ throughputRps }) => throughputRps)) * 1.06],
    [left, right],
  );
  const y = scaleLine([0, most], [bottom, top]);
  const line = known.map((point, at) => `${at === 0 ? "M" : "L"}${x(point.throughputRps)} ${y(point.p95Ms)}`);
  const bend = known.find((point) => point.arrivalsPerSecond === knee?.arrivalsPerSecond);
  return (
    <Drawing width={width} height={height} label={say("curve.label")}>
      <YAxis
        x={left}
        gridRight={right}
        ticks={pickTicks([0, most], 4).map((ms) => ({ at: y(ms), label: format.number(ms) }))}
        title={say("curve.y")}
        titleY={12}
      />
      <XAxis
        y={bottom}
        ticks={pickTicks([0, Math.max(...known.map(({ throughputRps }) => throughputRps))]).map((rps) => ({
          at: x(rps),
          label: format.number(rps, { digits: 1 }),
        }))}
        title={say("curve.x")}
        titleX={right}
      />
      <path className="axis" d={`M${left} ${bottom}H${right}`} />
      {targetMs !== null && (
        <g>
          <path className="target" d={`M${left} ${y(targetMs)}H${right}`} />
          <text x={right} y={y(targetMs) - 5} textAnchor="end" className="strong halo">
            {say("curve.target", { target: format.number(targetMs, { unit: "ms" }) })}
          </text>
        </g>
      )}
      <path d={line.join("")} fill="none" className="stroke-ink" strokeWidth="1.6" />
      {known.map((point) => (
        <path
          key={point.arrivalsPerSecond}
          d={`M${x(point.throughputRps)} ${y(point.p95Ms) - 5}v10`}
          className="stroke-ink"
          strokeWidth="2"
        />
      ))}
      {bend && (
        <text x={x(bend.throughputRps)} y={y(bend.p95Ms) - 10} textAnchor="middle" className="strong halo">
          {say("curve.knee")}
        </text>
      )}
    </Drawing>
  );
}
