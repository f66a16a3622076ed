import { IntervalBar } from "#app/_components/interval-bar.tsx";
import { VerdictMark } from "#app/_components/marks.tsx";
import { Table } from "#app/_components/table.tsx";
import type { Verdict } from "#server/benchmark/schema.ts";
import { METRIC_WORDS, sayBound, sayMetric, sayNeeds, sayTarget } from "./say-metric.ts";

type Interval = { low: number | null; high: number | null } | null;

/** Target, measured, bound, interval on the target line, verdict, sample and need. */
export function VerdictTable(props: { verdicts: Verdict[]; intervals: Interval[]; reasons?: boolean }) {
  const { verdicts, intervals, reasons = true } = props;
  return (
    <Table
      caption="Each target with its measured value, bound and verdict"
      columns={[
        { head: "Target" },
        { head: "Promised", numeric: true },
        { head: "Measured", numeric: true },
        { head: "Bound", numeric: true },
        { head: "worse ← target → better" },
        { head: "Verdict" },
        ...(reasons ? [{ head: "Sample, reason, need" }] : []),
      ]}
      rows={verdicts.map((verdict, at) => ({
        key: `${verdict.metric} ${verdict.target.value}`,
        cells: [
          METRIC_WORDS[verdict.metric],
          sayTarget(verdict),
          <b key="measured">
            {verdict.value === null ? "unknown" : sayMetric(verdict.metric, verdict.value)}
          </b>,
          sayBound(verdict),
          <VerdictBar key="bar" verdict={verdict} interval={intervals[at] ?? null} />,
          <VerdictMark key="verdict" verdict={verdict.verdict} />,
          ...(reasons ? [<Reason key="reason" verdict={verdict} />] : []),
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

function Reason({ verdict }: { verdict: Verdict }) {
  const needs = sayNeeds(verdict.needs);
  return (
    <span className="second block">
      {verdict.reason} {needs && <b className="text-ink">{needs}</b>}
    </span>
  );
}
