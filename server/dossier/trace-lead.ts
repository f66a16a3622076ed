import type { Outcome } from "#server/benchmark/schema.ts";
import type { TraceRow } from "./trace-project.ts";

/** The trace in a few sentences: what is decided, what is short, what was measured, what waits. */
export function leadTrace(rows: readonly TraceRow[], verdicts: readonly Outcome[]): string {
  return [sayDecided(rows), sayShort(rows), sayMeasured(verdicts), sayWaiting(rows)]
    .filter(Boolean)
    .join(" ");
}

function sayDecided(rows: readonly TraceRow[]): string {
  const picked = rows.filter((row) => row.pick !== null).length;
  if (picked === 0) return "No layer is decided yet: answers are missing.";
  if (picked === rows.length)
    return `${capital(picked)} ${picked === 1 ? "layer is" : "layers are"} decided.`;
  return `${capital(picked)} of ${word(rows.length)} layers are decided.`;
}

function sayShort(rows: readonly TraceRow[]): string {
  const gaps = new Map(rows.flatMap((row) => row.gaps.map((gap) => [gap.skillId, gap] as const)));
  if (gaps.size === 0) return "";
  if ([...gaps.values()].every((gap) => gap.held === null)) return "Nobody’s skills are assessed yet.";
  const short = [...gaps.values()].filter((gap) => gap.short > 0).length;
  if (short === 0) return "No skill is short.";
  return `${capital(short)} ${short === 1 ? "skill is" : "skills are"} short.`;
}

function sayMeasured(verdicts: readonly Outcome[]): string {
  if (verdicts.length === 0) return "Nothing is measured yet.";
  const of = (outcome: Outcome) => verdicts.filter((verdict) => verdict === outcome).length;
  const parts = [
    [of("pass"), "passes", "pass"],
    [of("fail"), "fails", "fail"],
    [of("inconclusive"), "cannot be told from this sample", "cannot be told from this sample"],
  ] as const;
  const said = parts.filter(([count]) => count > 0);
  const [only] = said;
  if (said.length === 1 && only) {
    if (only[0] === 1) return `The one target ${only[1]}.`;
    return `${only[0] === 2 ? "Both" : `All ${word(only[0])}`} targets ${only[2]}.`;
  }
  const list = said.map(([count, one, many]) => `${word(count)} ${count === 1 ? one : many}`);
  return `Of ${word(verdicts.length)} targets ${list.slice(0, -1).join(", ")} and ${list.at(-1)}.`;
}

function sayWaiting(rows: readonly TraceRow[]): string {
  const count = rows.filter((row) => row.measured.kind === "contradicted").length;
  if (count === 0) return "";
  return `${capital(count)} measured ${count === 1 ? "answer contradicts" : "answers contradict"} the brief.`;
}

const WORDS = [
  "no",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

function word(number: number): string {
  return WORDS[number] ?? String(number);
}

function capital(number: number): string {
  const said = word(number);
  return said.charAt(0).toUpperCase() + said.slice(1);
}
