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
  finishedAt: string;
  accuracy: { value: number; low: number; high: number };
  usdPer1k: number;
  mode: string;
  k: number;
};

/** Each run by cost and quality, with its interval; the line joins those that nothing cheaper matches. */
export async function CostFigure({ number, points }: { number: number; points: CostPoint[] }) {
  const { say, format } = await readWords("runs");
  const byCost = points.toSorted((a, b) => a.usdPer1k - b.usdPer1k || b.accuracy.value - a.accuracy.value);
  const frontier = byCost.filter((point, at) =>
    byCost.slice(0, at).every((cheaper) => cheaper.accuracy.value < point.accuracy.value),
  );
  const percent = (share: number) => format.number(share * 100, { digits: 1 });
  return (
    <Figure
      number={number}
      title={say("cost.title")}
      reading={say("cost.reading", { count: points.length, number: format.number(points.length) })}
      source={say("cost.source")}
      table={
        <Table
          caption={say("cost.caption")}
          columns={[
            { head: say("cost.run") },
            { head: say("cost.setting") },
            { head: say("cost.usd"), numeric: true },
            { head: say("cost.accuracy"), numeric: true },
            { head: say("cost.interval"), numeric: true },
            { head: say("cost.place") },
          ]}
          rows={byCost.map((point) => ({
            key: point.runId,
            cells: [
              format.dateTime(point.finishedAt),
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
        <Scatter points={byCost} frontier={frontier} width={868} height={260} say={say} format={format} />
      </div>
      <div className="phone:hidden">
        <Scatter points={byCost} frontier={frontier} width={324} height={240} say={say} format={format} />
      </div>
    </Figure>
  );
}

function Scatter(props: {
  points: CostPoint[];
  frontier: CostPoint[];
  width: number;
  height: number;
  say: SayOf<"runs">;
  format: Format;
}) {
  const { points, frontier, width, height, say, format } = props;
  const [left, right, top, bottom] = [44, width - 24, 30, height - 44];
  const costs = points.map(({ usdPer1k }) => usdPer1k);
  const most = Math.max(...costs) * 1.1 || 1;
  const least = Math.floor(Math.min(...points.map(({ accuracy }) => accuracy.low)) * 10) / 10;
  const x = scaleLine([0, most], [left, right]);
  const y = scaleLine([least, 1], [bottom, top]);
  return (
    <Drawing width={width} height={height} label={say("cost.label")}>
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
        title={say("cost.x")}
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
