import { XAxis, YAxis } from "#app/_components/chart-axis.tsx";
import { Drawing } from "#app/_components/drawing.tsx";
import { Figure } from "#app/_components/figure.tsx";
import { pickTicks, scaleLine } from "#app/_components/scale-line.ts";
import { Table } from "#app/_components/table.tsx";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import type { SayOf } from "#server/messages/say.ts";

export type CostPoint = {
  runId: string;
  /** Null where a point stands for several runs. */
  finishedAt: string | null;
  accuracy: { value: number; low: number; high: number };
  /** USD, or seconds of the machine where there is no price. */
  usdPer1k: number;
  mode: string;
  k: number;
};

type Shown = {
  number: number;
  points: CostPoint[];
  /** The costs are seconds of the machine and no money. */
  machine?: boolean;
};

/** Each run by cost and quality, with its interval; the line joins those that nothing cheaper matches. */
export async function CostFigure({ number, points, machine = false }: Shown) {
  const [{ say, format }, sweep] = await Promise.all([readWords("runs"), readWords("sweep")]);
  const count = { count: points.length, number: format.number(points.length) };
  const words = machine
    ? {
        title: sweep.say("figure.machineTitle"),
        reading: sweep.say("figure.machineReading", count),
        source: sweep.say("figure.machineSource"),
        caption: sweep.say("figure.machineCaption"),
        head: sweep.say("figure.machineHead"),
        label: sweep.say("figure.machineLabel"),
        x: sweep.say("figure.machineX"),
      }
    : {
        title: say("cost.title"),
        reading: say("cost.reading", count),
        source: say("cost.source"),
        caption: say("cost.caption"),
        head: say("cost.usd"),
        label: say("cost.label"),
        x: say("cost.x"),
      };
  const byCost = points.toSorted((a, b) => a.usdPer1k - b.usdPer1k || b.accuracy.value - a.accuracy.value);
  const frontier = byCost.filter((point, at) =>
    byCost.slice(0, at).every((cheaper) => cheaper.accuracy.value < point.accuracy.value),
  );
  const isDated = points.some(({ finishedAt }) => finishedAt !== null);
  const percent = (share: number) => format.number(share * 100, { digits: 1 });
  return (
    <Figure
      number={number}
      title={words.title}
      reading={words.reading}
      source={words.source}
      table={
        <Table
          caption={words.caption}
          columns={[
            ...(isDated ? [{ head: say("cost.run") }] : []),
            { head: say("cost.setting") },
            { head: words.head, numeric: true },
            { head: say("cost.accuracy"), numeric: true },
            { head: say("cost.interval"), numeric: true },
            { head: say("cost.place") },
          ]}
          rows={byCost.map((point) => ({
            key: point.runId,
            cells: [
              ...(isDated ? [point.finishedAt === null ? "" : format.dateTime(point.finishedAt)] : []),
              `${point.mode}, k = ${point.k}`,
              format.number(point.usdPer1k, { digits: 2 }),
              percent(point.accuracy.value),
              say("compare.from", { low: percent(point.accuracy.low), high: percent(point.accuracy.high) }),
              say(frontier.includes(point) ? "cost.onLine" : "cost.dominated"),
            ],
          }))}
        />
      }
    >
      <div className="hidden phone:block">
        <Scatter
          points={byCost}
          frontier={frontier}
          width={868}
          height={260}
          words={words}
          say={say}
          format={format}
        />
      </div>
      <div className="phone:hidden">
        <Scatter
          points={byCost}
          frontier={frontier}
          width={324}
          height={240}
          words={words}
          say={say}
          format={format}
        />
      </div>
    </Figure>
  );
}

function Scatter(props: {
  points: CostPoint[];
  frontier: CostPoint[];
  width: number;
  height: number;
  words: { label: string; x: string };
  say: SayOf<"runs">;
  format: Format;
}) {
  const { points, frontier, width, height, words, say, format } = props;
  const [left, right, top, bottom] = [44, width - 24, 30, height - 44];
  const costs = points.map(({ usdPer1k }) => usdPer1k);
  const most = Math.max(...costs) * 1.1 || 1;
  const least = Math.floor(Math.min(...points.map(({ accuracy }) => accuracy.low)) * 10) / 10;
  const x = scaleLine([0, most], [left, right]);
  const y = scaleLine([least, 1], [bottom, top]);
  return (
    <Drawing width={width} height={height} label={words.label}>
      <YAxis
        x={left}
        gridRight={right}
        ticks={pickTicks([least, 1], 4).map((share) => ({ at: y(share), label: format.number(share * 100) }))}
        title={say("cost.y")}
        titleY={12}
      />
      <XAxis
        y={bottom}
        ticks={pickTicks([0, most], 4).map((usd) => ({
          at: x(usd),
          label: format.number(usd, { digits: 2 }),
        }))}
        title={words.x}
        titleX={right}
      />
      <path className="axis" d={`M${left} ${bottom}H${right}`} />
      <path
        d={frontier
          .map(({ usdPer1k, accuracy }, at) => `${at === 0 ? "M" : "L"}${x(usdPer1k)} ${y(accuracy.value)}`)
          .join("")}
        fill="none"
        className="stroke-heat-3"
        strokeWidth="1.2"
      />
      {points.map(({ runId, usdPer1k, accuracy }) => (
        <g key={runId}>
          <path
            d={`M${x(usdPer1k)} ${y(accuracy.low)}V${y(accuracy.high)}`}
            className="stroke-heat-3"
            strokeWidth="3"
          />
          <path d={`M${x(usdPer1k) - 6} ${y(accuracy.value)}h12`} className="stroke-ink" strokeWidth="2" />
        </g>
      ))}
    </Drawing>
  );
}
