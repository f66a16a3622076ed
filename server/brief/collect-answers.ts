import type { Answer, Answers } from "./schema.ts";

/** What the rules read: the newest value of each question. Takes the history in any order. */
export function collectAnswers(records: readonly Answer[]): Answers {
  const oldestFirst = records.toSorted((a, b) => Date.parse(a.answeredAt) - Date.parse(b.answeredAt));
  return Object.fromEntries(oldestFirst.map((record) => [record.questionId, record.value]));
}
