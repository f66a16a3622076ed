import { Figure } from "#app/_components/figure.tsx";
import { formatCount, formatNumber, formatShare } from "#app/_components/format-number.ts";
import { scaleLine } from "#app/_components/scale-line.ts";
import { Table } from "#app/_components/table.tsx";
import type { BoundShare, ReportPicture } from "#server/benchmark/summarise-report.ts";

type Props = { number: number; picture: ReportPicture; target: number | null };

const ROW = 42;
const TOP = 26;
const WIDTH = 288;
const PLOT = [118, WIDTH - 12] as const;

/** Right of judged by tag, each with its 90 % interval, against the accuracy target. */
export function AccuracyFigure({ number, picture, target }: Props) {
  const rows = [picture.all, ...picture.tags.filter((tag) => tag.outOf > 0)];
  const unjudged = picture.all.unjudged;
  return (
    <Figure
      number={number}
      title="Accuracy by question"
      reading={readTags(rows, target)}
      source={`90 % exact intervals. ${sayMisses(picture)}${unjudged > 0 ? ` ${formatCount(unjudged, "question")} the rule cannot judge.` : ""}`}
      table={<TagTable rows={rows} />}
    >
      <Bars rows={rows} target={target} />
    </Figure>
  );
}

function Bars({ rows, target }: { rows: BoundShare[]; target: number | null }) {
  const least = Math.min(...rows.map((row) => row.low), target ?? 1);
  const from = Math.max(0, Math.floor(least * 5 - 0.01) / 5);
  const x = scaleLine([from, 1], PLOT);
  const bottom = TOP + rows.length * ROW;
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].filter((share) => share >= from - 1e-9);
  return (
    <svg
      width={WIDTH}
      height={bottom + 36}
      viewBox={`0 0 ${WIDTH} ${bottom + 36}`}
      role="img"
      aria-label="Share of right answers by tag with intervals and the target"
    >
      {ticks.map((share) => (
        <g key={share}>
          <path className="grid" d={`M${x(share)} ${TOP}V${bottom}`} />
          <text x={x(share)} y={bottom + 16} textAnchor="middle">
            {Math.round(share * 100)}
          </text>
        </g>
      ))}
      <text x={0} y={bottom + 16}>
        right, %
      </text>
      {rows.map((row, at) => (
        <Bar key={row.tag} row={row} y={TOP + at * ROW + ROW / 2} x={x} target={target} isFirst={at === 0} />
      ))}
      {target !== null && (
        <g>
          <path className="target" d={`M${x(target)} ${TOP - 4}V${bottom}`} />
          <text x={x(target)} y={TOP - 10} textAnchor="middle" className="strong">
            target {formatShare(target)}
          </text>
        </g>
      )}
    </svg>
  );
}

function Bar(props: {
  row: BoundShare;
  y: number;
  x: (share: number) => number;
  target: number | null;
  isFirst: boolean;
}) {
  const { row, y, x, target, isFirst } = props;
  const side = target === null ? "open" : row.low > target ? "above" : row.high < target ? "below" : "open";
  return (
    <g>
      <text x={0} y={y - 2} className={isFirst ? "strong" : "label"}>
        {row.tag.replaceAll("_", " ")}
      </text>
      <text x={0} y={y + 12}>
        {row.correct} of {row.outOf}
      </text>
      <rect
        x={x(row.low)}
        y={y - 4.5}
        width={Math.max(1.5, x(row.high) - x(row.low))}
        height={9}
        className={BAR[side]}
        strokeWidth="1.4"
      />
      <path
        d={`M${x(row.correct / row.outOf)} ${y - 8.5}V${y + 8.5}`}
        className={TICK[side]}
        strokeWidth="2"
      />
    </g>
  );
}

const BAR = {
  above: "fill-pass stroke-pass",
  below: "fill-fail stroke-fail",
  open: "fill-paper stroke-inconclusive",
};
const TICK = { above: "stroke-pass", below: "stroke-fail", open: "stroke-inconclusive" };

function readTags([, ...tags]: BoundShare[], target: number | null): string {
  if (tags.length === 0) return "No question could be judged by its rule.";
  if (target === null) return "No accuracy target was set.";
  const shown = tags.filter((tag) => tag.low > target).map((tag) => tag.tag.replaceAll("_", " "));
  const missed = tags.filter((tag) => tag.high < target).map((tag) => tag.tag.replaceAll("_", " "));
  if (missed.length > 0) return `Shown to miss the target: ${missed.join(", ")}.`;
  if (shown.length === tags.length) return "Every kind of question proves itself.";
  if (shown.length === 0) return "No kind of question proves itself alone.";
  return `Only ${shown.join(", ")} ${shown.length === 1 ? "proves" : "prove"} itself.`.replace(
    "prove itself",
    "prove themselves",
  );
}

function sayMisses({ misses }: ReportPicture): string {
  const total = misses.reduce((sum, miss) => sum + miss.count, 0);
  if (total === 0) return "No misses.";
  return `${formatCount(total, "miss", "misses")}: ${misses.map((miss) => `${formatNumber(miss.count)} ${miss.errorClass}`).join(", ")}.`;
}

function TagTable({ rows }: { rows: BoundShare[] }) {
  return (
    <Table
      caption="Right answers by tag"
      columns={[
        { head: "Tag" },
        { head: "Right", numeric: true },
        { head: "Judged", numeric: true },
        { head: "Share, %", numeric: true },
        { head: "Interval, %", numeric: true },
      ]}
      rows={rows.map((row) => ({
        key: row.tag,
        cells: [
          row.tag.replaceAll("_", " "),
          row.correct,
          row.outOf,
          row.outOf === 0 ? "not judged" : formatNumber((row.correct / row.outOf) * 100, { digits: 1 }),
          `${formatNumber(row.low * 100, { digits: 1 })} to ${formatNumber(row.high * 100, { digits: 1 })}`,
        ],
      }))}
    />
  );
}
