import { XAxis, YAxis } from "#app/_components/chart-axis.tsx";
import { Drawing } from "#app/_components/drawing.tsx";
import { Figure } from "#app/_components/figure.tsx";
import { scaleLine } from "#app/_components/scale-line.ts";
import { Table } from "#app/_components/table.tsx";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import type { ForecastMachine } from "#server/hardware/schema.ts";
import type { SayOf } from "#server/messages/say.ts";

type Curve = {
  machine: Pick<ForecastMachine, "id" | "name" | "source">;
  curve: { documents: number; ms: number }[];
};
type Props = {
  rows: Curve[];
  measured: { documents: number; measuredMs: number } | null;
  targetMs: number | null;
};

/** Time of one call by number of documents, this machine in ink, the others grey, measurements as squares. */
export async function ForecastFigure(props: Props) {
  const { say, format } = await readWords("runs");
  const { rows, measured } = props;
  const counts = rows[0]?.curve.filter((_, at) => at % 8 === 0).map(({ documents }) => documents) ?? [];
  return (
    <Figure
      number={1}
      title={say("forecast.figure")}
      reading={say(measured === null ? "forecast.unmeasured" : "forecast.measured")}
      source={say("forecast.figureSource")}
      table={
        <Table
          caption={say("forecast.figure")}
          columns={[
            { head: say("forecast.documents"), numeric: true },
            ...rows.map(({ machine }) => ({
              head: say("forecast.inMs", { name: machine.name }),
              numeric: true,
            })),
          ]}
          rows={counts.map((count) => ({
            key: String(count),
            cells: [
              format.number(count),
              ...rows.map(({ curve }) =>
                format.number(curve.find(({ documents }) => documents === count)?.ms ?? 0, { digits: 2 }),
              ),
            ],
          }))}
        />
      }
    >
      <div className="hidden phone:block">
        <Lines {...props} width={868} height={320} say={say} format={format} />
      </div>
      <div className="phone:hidden">
        <Lines {...props} width={324} height={280} say={say} format={format} />
      </div>
    </Figure>
  );
}

function Lines(props: Props & { width: number; height: number; say: SayOf<"runs">; format: Format }) {
  const { rows, measured, targetMs, width, height, say, format } = props;
  const points = rows.flatMap(({ curve }) => curve);
  const all = [
    ...points,
    ...(measured === null ? [] : [{ documents: measured.documents, ms: measured.measuredMs }]),
  ];
  const span = (values: number[]) =>
    [
      Math.floor(Math.log10(Math.min(...values)) + 1e-9),
      Math.ceil(Math.log10(Math.max(...values)) - 1e-9),
    ] as const;
  const xs = span(all.map(({ documents }) => Math.max(1, documents)));
  const ys = span([...all.map(({ ms }) => ms), ...(targetMs === null ? [] : [targetMs])]);
  const [left, right, top, bottom] = [64, width - (width > 500 ? 170 : 14), 30, height - 44];
  const lineX = scaleLine(xs, [left, right]);
  const lineY = scaleLine(ys, [bottom, top]);
  const x = (value: number) => lineX(Math.log10(Math.max(1, value)));
  const y = (value: number) => lineY(Math.log10(value));
  const decades = ([from, to]: readonly [number, number], most: number) => {
    const step = Math.max(1, Math.ceil((to - from) / most));
    return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) => 10 ** (from + at * step));
  };
  const ends = spread(rows.map(({ curve }) => y(curve.at(-1)?.ms ?? 1)));
  return (
    <Drawing width={width} height={height} label={say("forecast.figureLabel")}>
      <YAxis
        x={left}
        gridRight={right}
        ticks={decades(ys, 4).map((ms) => ({ at: y(ms), label: format.number(ms) }))}
        title={say("forecast.y")}
        titleY={12}
      />
      <XAxis
        y={bottom}
        ticks={decades(xs, 4).map((documents) => ({ at: x(documents), label: format.number(documents) }))}
        title={say("forecast.x")}
        titleX={right}
      />
      <path className="axis" d={`M${left} ${bottom}H${right}`} />
      {targetMs !== null && (
        <g>
          <path className="target" d={`M${left} ${y(targetMs)}H${right}`} />
          <text x={left + 6} y={y(targetMs) - 5} className="strong halo">
            {say("curve.target", { target: format.number(targetMs, { unit: "ms" }) })}
          </text>
        </g>
      )}
      {rows.map(({ machine, curve }, at) => (
        <g key={machine.id}>
          <path
            d={curve
              .map(({ documents, ms }, point) => `${point === 0 ? "M" : "L"}${x(documents)} ${y(ms)}`)
              .join("")}
            fill="none"
            className={machine.source !== "catalogue" ? "stroke-ink" : "stroke-heat-3"}
            strokeWidth={machine.source !== "catalogue" ? 1.6 : 1.2}
          />
          {width > 500 && (
            <text
              x={right + 8}
              y={(ends[at] ?? 0) + 4}
              className={machine.source !== "catalogue" ? "strong" : "label"}
            >
              {machine.name.slice(0, 26)}
            </text>
          )}
        </g>
      ))}
      {measured !== null && (
        <rect
          x={x(measured.documents) - 4}
          y={y(measured.measuredMs) - 4}
          width={8}
          height={8}
          className="fill-ink"
        />
      )}
    </Drawing>
  );
}

/** Labels at the ends of lines keep 14 px from each other. */
function spread(places: number[]): number[] {
  const order = places.map((_, at) => at).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const spaced = [...places];
  let last = Number.NEGATIVE_INFINITY;
  for (const at of order) {
    last = Math.max(spaced[at] ?? 0, last + 14);
    spaced[at] = last;
  }
  return spaced;
}
