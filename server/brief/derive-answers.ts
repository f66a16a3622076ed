import { QUESTIONS } from "./questions.data.ts";
import { type Answers, UNKNOWN } from "./schema.ts";

/** Fills what follows from other answers, for example the peak from the requests a day. A direct answer always wins. */
export function deriveAnswers(answers: Answers): { answers: Answers; inferred: Answers } {
  const inferred: Answers = {};
  for (const question of QUESTIONS) {
    if (!question.derive || isKnown(answers[question.id])) continue;
    const from = answers[question.derive.from];
    if (typeof from !== "number") continue;
    const value = (from * question.derive.multiplyBy) / question.derive.divideBy;
    // Four decimals: an inferred number must not look more exact than a measured one.
    inferred[question.id] = Math.round(value * 10_000) / 10_000;
  }
  return { answers: { ...answers, ...inferred }, inferred };
}

function isKnown(value: unknown): boolean {
  return value !== undefined && value !== UNKNOWN;
}
