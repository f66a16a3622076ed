import type { AnswerValue, Question } from "#server/brief/schema.ts";

/** An answer twice: as people say it, and as the rules read it. */
export function sayAnswer(question: Question, value: AnswerValue): { text: string; said: string } {
  return { text: speak(question, value), said: `${question.id} = ${write(value)}` };
}

function speak(question: Question, value: AnswerValue): string {
  if (value === "unknown") return `${question.name}: unknown`;
  const label = (one: string) => question.options.find((option) => option.value === one)?.label ?? one;
  if (Array.isArray(value)) return `${question.name}: ${value.map(label).join(", ")}`;
  if (typeof value === "boolean") return `${question.name}: ${value ? "yes" : "no"}`;
  if (typeof value === "number") {
    return `${question.name}: ${groupThousands(value)}${question.unit ? `\u00a0${question.unit}` : ""}`;
  }
  const said = label(value);
  // "Yes" alone answers nothing; a whole phrase needs no subject.
  return said.length < 12 ? `${question.name}: ${said.toLowerCase()}` : said;
}

function write(value: AnswerValue): string {
  if (Array.isArray(value)) return value.join(" + ");
  if (typeof value === "number") return groupThousands(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value;
}

/** 38000 -> 38 000 with a space that does not break. */
function groupThousands(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "\u00a0");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
