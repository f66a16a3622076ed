"use client";

import { useWords } from "#app/_words/client.tsx";

// Four families of shape, so that none can be mistaken for another: circle = state of work, interval on a line =
// verdict, square = provenance, four blocks = level. Every mark stands beside its word or carries it as a label.

export type WorkState = "untouched" | "in_progress" | "done" | "attention";

/** The shape only; give `label` where the word does not stand beside it. */
export function StateMark({ state, label }: { state: WorkState; label?: string }) {
  return (
    <Shape width={12} height={12} label={label}>
      {state === "untouched" && (
        <circle cx="6" cy="6" r="4.4" className="fill-paper stroke-ink3" strokeWidth="1.2" />
      )}
      {state === "in_progress" && (
        <>
          <circle cx="6" cy="6" r="4.9" className="fill-paper stroke-ink" strokeWidth="1.2" />
          <path d="M6 1.1a4.9 4.9 0 0 0 0 9.8Z" className="fill-ink" />
        </>
      )}
      {state === "done" && <circle cx="6" cy="6" r="5.5" className="fill-ink" />}
      {state === "attention" && <path d="M6 0 12 6 6 12 0 6Z" className="fill-accent" />}
    </Shape>
  );
}

export type VerdictKind = "pass" | "fail" | "inconclusive" | "not_judged" | "contradicted";

/** The target is the line, right of it is good. Always with its word; `word` replaces the standard one. */
export function VerdictMark({ verdict, word }: { verdict: VerdictKind; word?: string }) {
  const { say } = useWords("common");
  return (
    <span className={`verdict ${verdict}`}>
      {verdict === "contradicted" ? <ReturnArrow /> : <VerdictShape verdict={verdict} />}
      {word ?? say(`verdict.${verdict}`)}
    </span>
  );
}

function VerdictShape({ verdict }: { verdict: Exclude<VerdictKind, "contradicted"> }) {
  const line = <path d="M11.5 0V12" className="stroke-ink" strokeWidth="1.2" />;
  return (
    <Shape width={23} height={12}>
      {verdict === "pass" && <rect x="14" y="3.5" width="8" height="5" className="fill-pass" />}
      {verdict === "fail" && <rect x="1" y="3.5" width="8" height="5" className="fill-fail" />}
      {verdict === "not_judged" && <path d="M3 6H20" className="stroke-ink3" strokeDasharray="1.5 2" />}
      {line}
      {verdict === "inconclusive" && (
        <>
          <rect
            x="6.1"
            y="4.1"
            width="10.8"
            height="3.8"
            className="fill-paper stroke-inconclusive"
            strokeWidth="1.3"
          />
          <path d="M11.5 4V8" className="stroke-ink" strokeWidth="1.2" />
        </>
      )}
    </Shape>
  );
}

/** A measurement contradicts an answer. */
export function ReturnArrow() {
  return (
    <Shape width={14} height={12}>
      <path d="M4.5 3.2H9a3.4 3.4 0 0 1 0 6.8H3" fill="none" className="stroke-accent" strokeWidth="1.5" />
      <path d="M5.6 0 1.6 3.2 5.6 6.4Z" className="fill-accent" />
    </Shape>
  );
}

export type ProvenanceKind = "preset" | "inferred" | "house" | "user" | "guide" | "measured" | "external";

const PROVENANCE_FILL: Record<ProvenanceKind, "hollow" | "half" | "full"> = {
  preset: "hollow",
  inferred: "hollow",
  house: "hollow",
  user: "half",
  guide: "half",
  measured: "full",
  external: "full",
};

/** Where a value came from, weak to strong, then the word and what dates it, written already: no zone is guessed here. */
export function ProvenanceMark({
  source,
  date,
  detail,
}: {
  source: ProvenanceKind;
  date?: string;
  detail?: string;
}) {
  const { say } = useWords("common");
  const fill = PROVENANCE_FILL[source];
  return (
    <span className="provenance">
      <Shape width={8} height={8}>
        <rect
          x=".6"
          y=".6"
          width="6.8"
          height="6.8"
          className={fill === "full" ? "fill-ink stroke-ink" : "fill-none stroke-ink"}
          strokeWidth="1.1"
        />
        {fill === "half" && <path d="M.6 7.4V.6L7.4 7.4Z" className="fill-ink" />}
      </Shape>
      {[say(`source.${source}`), detail, date].filter(Boolean).join(", ")}
    </span>
  );
}

/** Levels 0 to 4. Ink is held, red outline missing, grey above need, pale not needed. `held` null: not assessed. */
export function LevelBlocks({ needs, held }: { needs: number; held: number | null }) {
  const { say } = useWords("common");
  const label =
    held === null
      ? say("level.notAssessed", { needs: String(needs) })
      : say("level.held", { needs: String(needs), held: String(held) });
  return (
    <Shape width={42} height={5} label={label}>
      {[1, 2, 3, 4].map((level) => {
        const isHeld = held !== null && level <= held;
        const isNeeded = level <= needs;
        const x = (level - 1) * 11;
        if (isHeld) {
          return (
            <rect key={level} x={x} width="9" height="5" className={isNeeded ? "fill-ink" : "fill-ink3"} />
          );
        }
        if (!isNeeded) return <rect key={level} x={x} width="9" height="5" className="fill-hair" />;
        return (
          <rect
            key={level}
            x={x + 0.5}
            y=".5"
            width="8"
            height="4"
            className={held === null ? "fill-none stroke-ink3" : "fill-fail-wash stroke-fail"}
            strokeDasharray={held === null ? "1.5 1.5" : undefined}
          />
        );
      })}
    </Shape>
  );
}

/** A share of a whole as a short bar with its number, for example the margin of a pick. `ticks` are shares too. */
export function ShareBar({ share, ticks = [], word }: { share: number; ticks?: number[]; word: string }) {
  const width = 44;
  return (
    <span className="share">
      <Shape width={width} height={9}>
        <path d={`M0 4.5H${width}`} className="stroke-hair" strokeWidth="3" />
        <path
          d={`M0 4.5H${width * Math.min(1, Math.max(0, share))}`}
          className="stroke-ink"
          strokeWidth="3"
        />
        {ticks.map((tick) => (
          <path key={tick} d={`M${width * tick} 0V9`} className="stroke-ink3" strokeWidth=".8" />
        ))}
      </Shape>
      {word}
    </span>
  );
}

function Shape(props: {
  width: number;
  height: number;
  label?: string | undefined;
  children: React.ReactNode;
}) {
  const { width, height, label, children } = props;
  return (
    <svg
      className="mark"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      {children}
    </svg>
  );
}
