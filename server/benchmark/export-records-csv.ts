import type { ClinicReport } from "#server/benchmark/clinic-schema.ts";
import type { MlopsReport } from "#server/benchmark/mlops-schema.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("runs");

/** One row a request, times in milliseconds since its run began. No byte order mark: programs read it. */
export function writeRequestsCsv({ requests }: Pick<RagReport, "requests">): string {
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
export function writeQuestionsCsv({ questions }: Pick<RagReport, "questions">): string {
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

/** One row a round of a form; all forms of a round ran one after the other. */
export function writeRoundsCsv({ examples }: Pick<ClinicReport, "examples">): string {
  const rows = examples.flatMap(({ id, variants }) =>
    variants.flatMap(({ name, workers, wallMs, cpuMs, check }) =>
      wallMs.map((wall, round) => [id, name, workers, round, wall, cpuMs[round] ?? null, check]),
    ),
  );
  return toCsv(say("csv.rounds"), rows);
}

/** One row a test row, its label and both scores. */
export function writeScoresCsv({ scores }: Pick<MlopsReport, "scores">): string {
  const rows = scores.map((s) => [s.row, s.entity, s.day, s.label, s.score, s.baseline]);
  return toCsv(say("csv.scores"), rows);
}

/** One row a series with its errors and Naive2's. */
export function writeSeriesCsv({ series }: Pick<MlopsReport, "series">): string {
  const rows = series.map((s) => [s.id, s.smape, s.mase, s.smapeNaive2, s.maseNaive2]);
  return toCsv(say("csv.series"), rows);
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
