import type { TraceRow } from "./trace-project.ts";

/** The trace in at most three sentences: what is decided, what is short, what was measured. */
export function leadTrace(rows: readonly TraceRow[]): string {
  return [sayDecided(rows), sayShort(rows), sayMeasured(rows)].filter(Boolean).join(" ");
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
  if (short === 0) return "No skill they ask for is short.";
  return `${capital(short)} ${short === 1 ? "skill is" : "skills are"} short.`;
}

function sayMeasured(rows: readonly TraceRow[]): string {
  const verdicts = rows.flatMap((row) => (row.measured.kind === "verdict" ? [row.measured.outcome] : []));
  const contradicted = rows.filter((row) => row.measured.kind === "contradicted").length;
  if (verdicts.length === 0 && contradicted === 0) return "Nothing is measured yet.";
  const pass = verdicts.filter((outcome) => outcome === "pass").length;
  const fail = verdicts.filter((outcome) => outcome === "fail").length;
  const open = verdicts.length - pass - fail;
  const parts = [
    pass > 0 && `${word(pass)} ${pass === 1 ? "passes" : "pass"}`,
    fail > 0 && `${word(fail)} ${fail === 1 ? "fails" : "fail"}`,
    open > 0 && `${word(open)} cannot be told from this sample`,
  ].filter((part) => part !== false);
  const sentence = parts.length === 0 ? "" : `Of ${word(verdicts.length)} traced targets ${list(parts)}.`;
  const waits =
    contradicted === 0
      ? ""
      : ` ${capital(contradicted)} measured ${contradicted === 1 ? "answer contradicts" : "answers contradict"} the brief.`;
  return (sentence + waits).trim();
}

function list(parts: string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
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
