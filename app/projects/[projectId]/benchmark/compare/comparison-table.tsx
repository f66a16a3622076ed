import { IntervalBar } from "#app/_components/interval-bar.tsx";
import { Table } from "#app/_components/table.tsx";
import { readWords } from "#app/_words/server.ts";
import type { Change } from "#server/benchmark/compare-reports.ts";
import type { SeveralComparison } from "#server/benchmark/compare-several.ts";
import type { RunSummary } from "#server/benchmark/schema.ts";
import { sayMetric } from "../say-metric.ts";

type Props = { base: RunSummary; other: RunSummary; comparison: SeveralComparison };

/** Each figure before and after, its ratio or difference with the interval, and whether it is told. */
export async function ComparisonTable({ base, other, comparison }: Props) {
  const { say, format } = await readWords("runs");
  const ratio = (value: number) => format.number(value, { digits: 3 });
  const points = (value: number) => format.number(value * 100, { digits: 1, signed: true });
  const chance = (p: number) => (p < 0.001 ? "< 0.001" : format.number(p, { digits: 3 }));
  const from = (low: number | null, high: number | null, write: (value: number) => string) =>
    low === null || high === null
      ? say("compare.noBound")
      : say("compare.from", { low: write(low), high: write(high) });
  return (
    <>
      <Table
        caption={say("compare.caption", {
          time: format.dateTime(other.finishedAt),
          base: format.dateTime(base.finishedAt),
        })}
        columns={[
          { head: say("compare.figure") },
          { head: say("compare.before"), numeric: true },
          { head: say("compare.after"), numeric: true },
          { head: say("compare.change"), numeric: true },
          { head: say("compare.interval"), numeric: true },
          { head: say("compare.p"), numeric: true },
          { head: say("compare.flag") },
          { head: say("compare.sample") },
        ]}
        rows={[
          ...comparison.runs.map((one) => ({
            key: one.metric,
            cells: [
              say(`metric.${one.metric}`),
              sayMetric(one.metric, one.before, format),
              sayMetric(one.metric, one.after, format),
              say("compare.ratio", { ratio: ratio(one.ratio) }),
              from(one.low, one.high, ratio),
              chance(one.pAdjusted),
              <Flag
                key="flag"
                change={one.change}
                bar={{ ...one, value: one.ratio, target: 1, isMore: one.metric === "throughput_rps" }}
                word={say(`compare.flags.${one.change}`)}
              />,
              say(one.isPaired ? "compare.paired" : "compare.unpaired", { runs: format.number(one.runs) }),
            ],
          })),
          ...comparison.questions.map((one) => ({
            key: one.metric,
            cells: [
              say(`metric.${one.metric}`),
              sayMetric(one.metric, one.before, format),
              sayMetric(one.metric, one.after, format),
              say("compare.points", { points: points(one.difference) }),
              from(one.low, one.high, points),
              chance(one.pAdjusted),
              <Flag
                key="flag"
                change={one.change}
                bar={{ ...one, value: one.difference, target: 0, isMore: true }}
                word={say(`compare.flags.${one.change}`)}
              />,
              say("compare.questions", {
                pairs: format.number(one.pairs),
                gained: format.number(one.gained),
                lost: format.number(one.lost),
              }),
            ],
          })),
        ]}
      />
      <ul className="source mt-2">
        {listNotes().map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );

  function listNotes(): string[] {
    const { same } = comparison;
    const apartMs = Math.abs(Date.parse(other.finishedAt) - Date.parse(base.finishedAt));
    const notes = [
      same.settings.length === 0
        ? say("compare.notes.sameSettings")
        : say("compare.notes.settings", { list: same.settings.join(", ") }),
      !same.questions && say("compare.notes.questions"),
      !same.machine && say("compare.notes.machine"),
      (base.records !== "kept" || other.records !== "kept") && say("compare.notes.records"),
      say("compare.notes.apart", { duration: format.duration(apartMs) }),
      other.note !== null && say("compare.notes.note", { note: other.note }),
    ];
    return notes.filter((note) => note !== false);
  }
}

type Bar = { value: number; low: number | null; high: number | null; target: number; isMore: boolean };

function Flag({ change, bar, word }: { change: Change; bar: Bar; word: string }) {
  return (
    <span>
      <IntervalBar
        target={bar.target}
        value={bar.value}
        low={bar.low}
        high={bar.high}
        better={bar.isMore ? "higher" : "lower"}
        verdict={VERDICTS[change]}
        width={96}
      />
      <span className={change === "worse" ? "block text-fail" : "second block"}>{word}</span>
    </span>
  );
}

const VERDICTS = { better: "pass", worse: "fail", none: "not_judged", untold: "inconclusive" } as const;
