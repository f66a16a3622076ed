import { XAxis, YAxis } from "#app/_components/chart-axis.tsx";
import { Drawing } from "#app/_components/drawing.tsx";
import { Figure } from "#app/_components/figure.tsx";
import { pickTicks, scaleLine } from "#app/_components/scale-line.ts";
import { Table } from "#app/_components/table.tsx";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import type { ClinicPicture, DrawnForm } from "#server/benchmark/summarise-clinic.ts";
import type { SayOf } from "#server/messages/say.ts";
import { sayTimes } from "./forms-figure.tsx";

type Pool = "processes" | "threads";
type Point = { workers: number; value: number; low: number | null; high: number | null };
type Props = { number: number; forms: readonly DrawnForm[]; picture: ClinicPicture };

/** How many times faster than one process, over the number of workers, beside the ideal. */
export async function WorkersFigure({ number, forms, picture }: Props) {
  const { say, format } = await readWords("clinic");
  const curves = { processes: pointsOf(forms, "processes"), threads: pointsOf(forms, "threads") };
  const workers = [
    ...new Set([...curves.processes, ...curves.threads].map((point) => point.workers)),
  ].toSorted((a, b) => a - b);
  if (workers.length < 2) return null;
  const sayAt = (pool: Pool, count: number) => {
    const point = curves[pool].find((one) => one.workers === count);
    return point === undefined ? "–" : sayTimes(point.value, format);
  };
  const { cores } = picture.header.fingerprint;
  return (
    <Figure
      number={number}
      title={say("curve.title")}
      reading={say("curve.reading", {
        workers: format.number(picture.workers),
        processes: sayAt("processes", picture.workers),
        threads: sayAt("threads", picture.workers),
      })}
      source={say("curve.source", { cores: cores === null ? "?" : format.number(cores) })}
      table={
        <Table
          caption={say("curve.caption")}
          columns={[
            { head: say("curve.workers"), numeric: true },
            { head: say("form.processes"), numeric: true },
            { head: say("form.threads"), numeric: true },
          ]}
          rows={workers.map((count) => ({
            key: String(count),
            cells: [format.number(count), sayAt("processes", count), sayAt("threads", count)],
          }))}
        />
      }
    >
      <div className="hidden phone:block">
        <Curves curves={curves} width={868} height={280} say={say} format={format} />
      </div>
      <div className="phone:hidden">
        <Curves curves={curves} width={324} height={240} say={say} format={format} />
      </div>
    </Figure>
  );
}

function pointsOf(forms: readonly DrawnForm[], pool: Pool): Point[] {
  return forms
    .flatMap(({ name, workers, speedUp }) =>
      name === pool && workers !== null && speedUp?.value != null
        ? [{ workers, value: speedUp.value, low: speedUp.low, high: speedUp.high }]
        : [],
    )
    .sort((a, b) => a.workers - b.workers);
}

function Curves(props: {
  curves: Record<Pool, Point[]>;
  width: number;
  height: number;
  say: SayOf<"clinic">;
  format: Format;
}) {
  const { curves, width, height, say, format } = props;
  const all = [...curves.processes, ...curves.threads];
  const mostWorkers = Math.max(...all.map(({ workers }) => workers));
  const most = Math.max(1, ...all.map(({ value, high }) => high ?? value)) * 1.15;
  const [left, right, top, bottom] = [56, width - 90, 24, height - 44];
  const x = scaleLine([0, mostWorkers], [left, right]);
  const y = scaleLine([0, most], [bottom, top]);
  const idealEnd = Math.min(mostWorkers, most);
  return (
    <Drawing width={width} height={height} label={say("curve.label")}>
      <YAxis
        x={left}
        gridRight={right}
        ticks={pickTicks([0, most], 4).map((value) => ({ at: y(value), label: format.number(value) }))}
        title={say("curve.y")}
        titleY={12}
      />
      <XAxis
        y={bottom}
        ticks={[...new Set(all.map(({ workers }) => workers))].map((count) => ({
          at: x(count),
          label: format.number(count),
        }))}
        title={say("curve.x")}
        titleX={right}
      />
      <path className="axis" d={`M${left} ${bottom}H${right}`} />
      <path
        d={`M${x(1)} ${y(1)}L${x(idealEnd)} ${y(idealEnd)}`}
        className="stroke-ink3"
        strokeWidth="1"
        strokeDasharray="4 4"
      />
      <text x={x(idealEnd) + 6} y={y(idealEnd) + 4}>
        {say("curve.ideal")}
      </text>
      {(["processes", "threads"] as const).map((pool) => (
        <Curve
          key={pool}
          points={curves[pool]}
          x={x}
          y={y}
          label={say(`form.${pool}`)}
          isDashed={pool === "threads"}
        />
      ))}
    </Drawing>
  );
}

function Curve(props: {
  points: Point[];
  x: (workers: number) => number;
  y: (value: number) => number;
  label: string;
  isDashed: boolean;
}) {
  const { points, x, y, label, isDashed } = props;
  const last = points.at(-1);
  if (last === undefined) return null;
  const line = points.map(({ workers, value }, at) => `${at === 0 ? "M" : "L"}${x(workers)} ${y(value)}`);
  return (
    <g>
      <path
        d={line.join("")}
        fill="none"
        className="stroke-ink"
        strokeWidth="1.6"
        {...(isDashed ? { strokeDasharray: "2 3" } : {})}
      />
      {points.map(({ workers, value, low, high }) => (
        <path
          key={workers}
          d={`M${x(workers)} ${y(low ?? value)}V${y(high ?? value)}M${x(workers) - 4} ${y(value)}h8`}
          className="stroke-ink"
          strokeWidth="1.4"
        />
      ))}
      <text x={x(last.workers) + 8} y={y(last.value) + 4} className="strong">
        {label}
      </text>
    </g>
  );
}
