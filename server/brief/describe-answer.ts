import { sayRoom } from "#server/messages/say.ts";
import { type AnswerValue, type Question, UNKNOWN } from "./schema.ts";

const say = sayRoom("brief");

/** An answer as people read it: the option's label, the number with its unit. */
export function describeAnswer(question: Question, value: AnswerValue): string {
  if (value === UNKNOWN) return say("value.unknown");
  if (Array.isArray(value)) {
    return value.length === 0 ? say("value.none") : value.map((word) => labelOf(question, word)).join(", ");
  }
  if (typeof value === "boolean") return value ? say("value.yes") : say("value.no");
  if (typeof value === "number") return describeNumber(value, question.unit);
  return labelOf(question, value);
}

/** Thousands and units take a no-break space, so that a number never breaks over two lines. */
export function describeNumber(value: number, unit: string | null): string {
  const [whole = "", decimals] = String(Math.round(value * 10_000) / 10_000).split(".");
  const grouped = /e/.test(whole) ? whole : whole.replace(/\B(?=(\d{3})+(?!\d))/g, "\u00a0");
  const text = decimals ? `${grouped}.${decimals}` : grouped;
  return unit && !unit.startsWith("share") ? `${text}\u00a0${unit}` : text;
}

function labelOf(question: Question, word: string): string {
  return question.options.find((option) => option.value === word)?.label ?? word;
}
