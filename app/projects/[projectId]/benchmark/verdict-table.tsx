import { IntervalBar } from "#app/_components/interval-bar.tsx";
import { VerdictMark } from "#app/_components/marks.tsx";
import { Table } from "#app/_components/table.tsx";
import { readWords } from "#app/_words/server.ts";
import type { Verdict } from "#server/benchmark/schema.ts";
import { type BenchmarkWords, sayBound, sayMetric, sayNeeds, sayTarget } from "./say-metric.ts";

type Interval = { low: number | null; high: number | null } | null;

/** Target, measured, bound, interval on the target line, verdict, sample and need. */
export async function VerdictTable(props: { verdicts: Verdict[]; intervals: Interval[]; reasons?: boolean }) {
  const { verdicts, intervals, reasons = true } = props;
  const words = await readWords("benchmark");
  const { say, format } = words;
  return (
    <Table
      caption={say("verdicts.caption")}
      columns={[
        { head: say("verdicts.target") },
        { head: say("verdicts.promised"), numeric: true },
        { head: say("verdicts.measured"), numeric: true },
        { head: say("verdicts.bound"), numeric: true },
        { head: say("verdicts.scale") },
        { head: say("verdicts.verdict") },
        ...(reasons ? [{ head: say("verdicts.reason") }] : []),
      ]}
      rows={verdicts.map((verdict, at) => ({
        key: `${verdict.metric} ${verdict.target.value}`,
        cells: [
          say(`metric.${verdict.metric}`),
          sayTarget(verdict, format),
          <b key="measured">
            {verdict.value === null ? say("unknown") : sayMetric(verdict.metric, verdict.value, format)}
          </b>,
          sayBound(verdict, words),
          <VerdictBar key="bar" verdict={verdict} interval={intervals[at] ?? null} />,
          <VerdictMark key="verdict" verdict={verdict.verdict} />,
          ...(reasons ? [<Reason key="reason" verdict={verdict} words={words} />] : []),
        ],
      }))}
    />
  );
}

function VerdictBar(props: { verdict: Verdict; interval: Interval }) {
  const { verdict } = props;
  const { target, value } = verdict;
  // Where nothing is shown for want of a fair measurement, an interval would claim precision.
  const isUnjudged = verdict.verdict === "inconclusive" && verdict.bound === null;
  const interval = isUnjudged ? null : props.interval;
  return (
    <IntervalBar
      target={target.value}
      value={value}
      low={interval === null ? null : (interval.low ?? value)}
      high={interval === null ? null : (interval.high ?? value)}
      better={target.comparison === "lt" ? "lower" : "higher"}
      verdict={interval === null && verdict.verdict === "inconclusive" ? "not_judged" : verdict.verdict}
      width={132}
    />
  );
}

function Reason({ verdict, words }: { verdict: Verdict; words: BenchmarkWords }) {
  const needs = sayNeeds(verdict.needs, words);
  return (
    <span className="second block">
      {verdict.reason} {needs && <b className="text-ink">{needs}</b>}
    </span>
  );
}
