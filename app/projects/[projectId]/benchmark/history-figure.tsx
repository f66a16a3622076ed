import { Figure } from "#app/_components/figure.tsx";
import { VerdictMark } from "#app/_components/marks.tsx";
import { pickTicks, scaleLine } from "#app/_components/scale-line.ts";
import { Table } from "#app/_components/table.tsx";
import { readWords } from "#app/_words/server.ts";
import type { TargetHistory } from "#server/benchmark/collect-history.ts";
import { sayMetric } from "./say-metric.ts";

const HEIGHT = 150;

/** One target over the runs: measured, its bound, and the target that stood at the time. */
export async function HistoryFigure({ number, history }: { number: number; history: TargetHistory }) {
  const [{ say, format }, benchmark] = await Promise.all([readWords("runs"), readWords("benchmark")]);
  const { metric, points, withoutValue, comparison } = history;
  const last = points.at(-1);
  if (last === undefined) return null;
  const name = benchmark.say(`metric.${metric}`);
  const drawing = { points, label: say("history.label", { metric: name }), write };
  return (
    <Figure
      number={number}
      title={say("history.title", { metric: name })}
      reading={say("history.reading", {
        count: points.length,
        number: format.number(points.length),
        verdict: last.verdict,
      })}
      source={say("history.source", { missing: withoutValue })}
      table={
        <Table
          caption={say("history.caption", { metric: name })}
          columns={[
            { head: say("history.finished") },
            { head: say("history.value"), numeric: true },
            { head: say("history.bound"), numeric: true },
            { head: say("history.target"), numeric: true },
            { head: say("history.verdict") },
            { head: say("history.note") },
          ]}
          rows={points.toReversed().map((point) => ({
            key: point.runId,
            cells: [
              format.dateTime(point.finishedAt),
              write(point.value),
              point.bound === null ? say("compare.noBound") : write(point.bound),
              `${comparison === "lt" ? "<" : ">"} ${write(point.target)}`,
              <VerdictMark key="verdict" verdict={point.verdict} />,
              point.note ?? "",
            ],
          }))}
        />
      }
    >
      <div className="hidden phone:block">
        <Drawing {...drawing} width={432} />
      </div>
      <div className="phone:hidden">
        <Drawing {...drawing} width={324} />
      </div>
    </Figure>
  );

  function write(value: number): string {
    return sayMetric(metric, value, format);
  }
}

function Drawing(props: {
  points: TargetHistory["points"];
  label: string;
  width: number;
  write: (value: number) => string;
}) {
  const { points, label, width, write } = props;
  const values = points.flatMap(({ value, bound, target }) => [value, target, bound ?? value]);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = (most - least || Math.abs(most) || 1) * 0.1;
  const domain = [Math.max(0, least - room), most + room] as const;
  const [left, right, top, bottom] = [58, width - 14, 12, HEIGHT - 12];
  const y = scaleLine(domain, [bottom, top]);
  const step = (right - left) / points.length;
  const half = Math.min(7, step * 0.4);
  const x = (at: number) => left + (at + 0.5) * step;
  return (
    <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
      {pickTicks(domain, 4).map((value) => (
        <g key={value}>
          <path className="grid" d={`M${left} ${y(value)}H${right}`} />
          <text x={left - 8} y={y(value) + 4} textAnchor="end">
            {write(value)}
          </text>
        </g>
      ))}
      {points.map(({ runId, value, bound, target, verdict }, at) => (
        <g key={runId}>
          <path className="target" d={`M${x(at) - step / 2} ${y(target)}H${x(at) + step / 2}`} />
          {bound !== null && (
            <rect
              x={x(at) - half / 2}
              y={Math.min(y(value), y(bound))}
              width={half}
              height={Math.max(1.5, Math.abs(y(value) - y(bound)))}
              className={BAR[verdict]}
              strokeWidth="1.4"
            />
          )}
          <path
            d={`M${x(at) - half} ${y(value)}H${x(at) + half}`}
            className={STROKE[verdict]}
            strokeWidth="2"
          />
        </g>
      ))}
    </svg>
  );
}

const STROKE = { pass: "stroke-pass", fail: "stroke-fail", inconclusive: "stroke-inconclusive" };
const BAR = {
  pass: "fill-pass stroke-pass",
  fail: "fill-fail stroke-fail",
  inconclusive: "fill-paper stroke-inconclusive",
};
