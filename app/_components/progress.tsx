import { formatDuration, formatNumber } from "./format-number.ts";

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
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const count =
    total > 0 ? `${formatNumber(done)} of ${formatNumber(total)} ${unit}`.trim() : "size not known yet";
  const rest = expectedRestMs === null ? "rest unknown" : `about ${formatDuration(expectedRestMs)} left`;
  return (
    <div className="progress">
      <p className="line">
        <span>
          <b>{phase}</b> <span className="quiet">{count}</span>
        </span>
        <span className="quiet">
          {formatDuration(elapsedMs)} elapsed, {rest}
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
