import type { Report } from "#server/benchmark/schema.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("runs");

/** One row a request, times in milliseconds since its run began. No byte order mark: programs read it. */
export function writeRequestsCsv({ requests }: Pick<Report, "requests">): string {
  const rows = requests.map((r) => [
    r.run,
    r.index,
    r.questionId,
    r.scheduledMs,
    r.sentMs,
    r.firstByteMs,
    r.doneMs,
    r.status,
    r.error,
  ]);
  return toCsv(say("csv.requests"), rows);
}

/** One row a golden question with what was found and how it was judged. */
export function writeQuestionsCsv({ questions }: Pick<Report, "questions">): string {
  const rows = questions.map((q) => [
    q.id,
    q.tag,
    q.rule,
    q.correct === null ? null : String(q.correct),
    String(q.refused),
    q.errorClass,
    q.retrieved.join(" "),
    q.relevant.join(" "),
    q.answer,
  ]);
  return toCsv(say("csv.questions"), rows);
}

type Cell = string | number | null;

function toCsv(head: string, rows: Cell[][]): string {
  return [head, ...rows.map((row) => row.map(toCell).join(","))].map((line) => `${line}\r\n`).join("");
}

/**
 * Answers, error texts and ids come from a pilot and its documents: one that a spreadsheet would take for a formula gets
 * an apostrophe in front. Numbers are ours and stay as they are.
 */
function toCell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
