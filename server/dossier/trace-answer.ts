import { describeAnswer, describeNumber } from "#server/brief/describe-answer.ts";
import { type AnswerValue, type Question, UNKNOWN } from "#server/brief/schema.ts";

/** An answer twice: as people say it, and as the rules read it. */
export function sayAnswer(question: Question, value: AnswerValue): { text: string; said: string } {
  const described = describeAnswer(question, value);
  // "Yes" alone answers nothing; a whole phrase needs no subject.
  const isPhrase = typeof value === "string" && value !== UNKNOWN && described.length >= 12;
  return {
    text: isPhrase ? described : `${question.name}: ${isWord(value) ? described.toLowerCase() : described}`,
    said: `${question.id} = ${write(value)}`,
  };
}

function isWord(value: AnswerValue): boolean {
  return typeof value === "string" || typeof value === "boolean";
}

function write(value: AnswerValue): string {
  if (Array.isArray(value)) return value.join(" + ");
  if (typeof value === "number") return describeNumber(value, null);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value;
}
