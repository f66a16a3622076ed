"use client";

import { useWords } from "#app/_words/client.tsx";

export type ProgressProps = {
  phase: string;
  done: number;
  /** 0 while the size of the work is not known yet. */
  total: number;
  elapsedMs: number;
  /** Null while too little has been done to say. */
  expectedRestMs: number | null;
  /** What it counts: "requests", "questions". */
  unit?: string;
};

/** Long work that moves: phase, done of total, elapsed, expected rest. */
export function Progress({ phase, done, total, elapsedMs, expectedRestMs, unit = "" }: ProgressProps) {
  const { say, format } = useWords("common");
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const count =
    total > 0
      ? say("progress.count", { done: format.number(done), total: format.number(total), unit }).trim()
      : say("progress.sizeUnknown");
  const rest =
    expectedRestMs === null
      ? say("progress.restUnknown")
      : say("progress.rest", { duration: format.duration(expectedRestMs) });
  return (
    <div className="progress">
      <p className="line">
        <span>
          <b>{phase}</b> <span className="quiet">{count}</span>
        </span>
        <span className="quiet">
          {say("progress.elapsed", { duration: format.duration(elapsedMs), rest })}
        </span>
      </p>
      <svg
        viewBox="0 0 1000 8"
        preserveAspectRatio="none"
        role="progressbar"
        aria-label={phase}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={count}
        {...(total > 0 ? { "aria-valuenow": Math.round(share * 100) } : {})}
      >
        <rect y="3" width="1000" height="2" className="fill-hair" />
        <rect y="1" width={1000 * share} height="6" className="fill-ink" />
      </svg>
    </div>
  );
}
