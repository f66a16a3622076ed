import { QUESTIONS } from "./questions.data.ts";
import type { Question } from "./schema.ts";

const byId = new Map(QUESTIONS.map((question) => [question.id, question]));

/** The question of that id, or undefined when the catalogue has none. */
export function findQuestion(id: string): Question | undefined {
  return byId.get(id);
}
