import { Figure } from "#app/_components/figure.tsx";
import { scaleLine } from "#app/_components/scale-line.ts";
import { Table } from "#app/_components/table.tsx";
import { readWords } from "#app/_words/server.ts";
import type { BoundShare, RagPicture } from "#server/benchmark/summarise-rag.ts";
import type { BenchmarkWords } from "./say-metric.ts";

type Props = { number: number; picture: RagPicture; target: number | null };

const ROW = 42;
const TOP = 26;
const WIDTH = 288;
const PLOT = [118, WIDTH - 12] as const;

/** Right of judged by tag, each with its 90 % interval, against the accuracy target. */
export async function AccuracyFigure({ number, picture, target }: Props) {
  const words = await readWords("benchmark");
  const { say, format } = words;
  const rows = [picture.all, ...picture.tags.filter((tag) => tag.outOf > 0)];
  const { unjudged } = picture.all;
  const misses = sayMisses(picture, words);
  return (
    <Figure
      number={number}
      title={say("accuracy.title")}
      reading={readTags(rows, target, say)}
      source={
        unjudged === 0
          ? say("accuracy.source", { misses })
          : say("accuracy.sourceUnjudged", { misses, count: unjudged, unjudged: format.number(unjudged) })
      }
      table={<TagTable rows={rows} words={words} />}
    >
      <Bars rows={rows} target={target} words={words} />
    </Figure>
  );
}

function Bars(props: { rows: BoundShare[]; target: number | null; words: BenchmarkWords }) {
  const { rows, target, words } = props;
  const { say, format } = words;
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
      aria-label={say("accuracy.label")}
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
        {say("accuracy.axis")}
      </text>
      {rows.map((row, at) => (
        <Bar
          key={row.tag}
          row={row}
          y={TOP + at * ROW + ROW / 2}
          x={x}
          target={target}
          isFirst={at === 0}
          words={words}
        />
      ))}
      {target !== null && (
        <g>
          <path className="target" d={`M${x(target)} ${TOP - 4}V${bottom}`} />
          <text x={x(target)} y={TOP - 10} textAnchor="middle" className="strong">
            {say("accuracy.target", { target: format.share(target) })}
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
  words: BenchmarkWords;
}) {
  const { row, y, x, target, isFirst } = props;
  const { say, format } = props.words;
  const side = target === null ? "open" : row.low > target ? "above" : row.high < target ? "below" : "open";
  return (
    <g>
      <text x={0} y={y - 2} className={isFirst ? "strong" : "label"}>
        {row.tag.replaceAll("_", " ")}
      </text>
      <text x={0} y={y + 12}>
        {say("accuracy.of", { correct: format.number(row.correct), outOf: format.number(row.outOf) })}
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

function readTags([, ...tags]: BoundShare[], target: number | null, say: BenchmarkWords["say"]): string {
  if (tags.length === 0) return say("reason.noneJudged");
  if (target === null) return say("accuracy.noTarget");
  const shown = tags.filter((tag) => tag.low > target).map((tag) => tag.tag.replaceAll("_", " "));
  const missed = tags.filter((tag) => tag.high < target).map((tag) => tag.tag.replaceAll("_", " "));
  if (missed.length > 0) return say("accuracy.missed", { tags: missed.join(", ") });
  if (shown.length === tags.length) return say("accuracy.allShown");
  if (shown.length === 0) return say("accuracy.noneShown");
  return say("accuracy.onlyShown", { count: shown.length, tags: shown.join(", ") });
}

function sayMisses({ misses }: RagPicture, { say, format }: BenchmarkWords): string {
  const total = misses.reduce((sum, miss) => sum + miss.count, 0);
  if (total === 0) return say("accuracy.noMisses");
  const list = misses.map((miss) => `${format.number(miss.count)} ${say(`errorClass.${miss.errorClass}`)}`);
  return say("accuracy.misses", { count: total, total: format.number(total), list: list.join(", ") });
}

function TagTable({ rows, words }: { rows: BoundShare[]; words: BenchmarkWords }) {
  const { say, format } = words;
  const percent = (share: number) => format.number(share * 100, { digits: 1 });
  return (
    <Table
      caption={say("accuracy.caption")}
      columns={[
        { head: say("accuracy.tag") },
        { head: say("accuracy.right"), numeric: true },
        { head: say("accuracy.judged"), numeric: true },
        { head: say("accuracy.shareHead"), numeric: true },
        { head: say("accuracy.intervalHead"), numeric: true },
      ]}
      rows={rows.map((row) => ({
        key: row.tag,
        cells: [
          row.tag.replaceAll("_", " "),
          format.number(row.correct),
          format.number(row.outOf),
          row.outOf === 0 ? say("accuracy.notJudged") : percent(row.correct / row.outOf),
          say("accuracy.interval", { low: percent(row.low), high: percent(row.high) }),
        ],
      }))}
    />
  );
}
