"use client";

import { useWords } from "#app/_words/client.tsx";
import { scaleLine } from "./scale-line.ts";

export type IntervalBarProps = {
  target: number;
  /** The measured value, drawn as a tick; null when there is none. */
  value: number | null;
  /** Ends of the interval. With a one-sided bound the other end is the value. Null: no bound exists. */
  low: number | null;
  high: number | null;
  /** Where the good side of the target lies; it is drawn at the right either way. */
  better: "higher" | "lower";
  verdict: "pass" | "fail" | "inconclusive" | "not_judged";
  width?: number;
  height?: number;
};

const COLOUR = { pass: "pass", fail: "fail", inconclusive: "inconclusive", not_judged: "ink3" } as const;

/** Bound against target: the line is the target, right of it is good, hollow where it crosses. Own scale a bar. */
export function IntervalBar({ width = 148, height = 26, ...bar }: IntervalBarProps) {
  const { say } = useWords("common");
  const known = [bar.value, bar.low, bar.high].filter((v): v is number => v !== null);
  // The farthest known point takes 86 % of half the width, so that a bar never ends at the edge.
  const reach = Math.max(1e-12, ...known.map((v) => Math.abs(v - bar.target))) / 0.86;
  const good = bar.better === "higher" ? reach : -reach;
  const x = scaleLine([bar.target - good, bar.target + good], [0, width]);
  const ends = [bar.low, bar.high].filter((v): v is number => v !== null).map(x);
  const left = Math.min(...ends);
  const length = Math.max(1.5, Math.max(...ends) - left);
  const mid = height / 2;
  const isHollow = bar.verdict === "inconclusive" || bar.verdict === "not_judged";
  return (
    <svg
      className="mark"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={say(`interval.${bar.verdict}`)}
    >
      <path
        className="grid"
        d={`M0 ${mid}H${width}`}
        strokeDasharray={known.length === 0 ? "1.5 2" : undefined}
      />
      {ends.length > 0 && (
        <rect
          x={left}
          y={mid - 4.5}
          width={length}
          height={9}
          className={isHollow ? HOLLOW[COLOUR[bar.verdict]] : SOLID[COLOUR[bar.verdict]]}
          strokeWidth="1.4"
        />
      )}
      <path className="target" d={`M${width / 2} 0V${height}`} />
      {bar.value !== null && (
        <path
          d={`M${x(bar.value)} ${mid - 8.5}V${mid + 8.5}`}
          className={TICK[COLOUR[bar.verdict]]}
          strokeWidth="2"
        />
      )}
    </svg>
  );
}

// Whole class names, because the style sheet is built from the words that stand in the source.
const SOLID = { pass: "fill-pass", fail: "fill-fail", inconclusive: "fill-inconclusive", ink3: "fill-ink3" };
const HOLLOW = {
  pass: "fill-paper stroke-pass",
  fail: "fill-paper stroke-fail",
  inconclusive: "fill-paper stroke-inconclusive",
  ink3: "fill-paper stroke-ink3",
};
const TICK = {
  pass: "stroke-pass",
  fail: "stroke-fail",
  inconclusive: "stroke-inconclusive",
  ink3: "stroke-ink3",
};
