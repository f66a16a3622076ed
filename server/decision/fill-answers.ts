import { deriveAnswers } from "#server/brief/derive-answers.ts";
import { type Answers, UNKNOWN } from "#server/brief/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { evaluateCondition, readAnswer } from "./evaluate-condition.ts";
import type { Decision, RuleSet } from "./schema.ts";

/** Said thousands of times while answers are tried out. */
const COMPUTED = sayRoom("decision")("computed");

export type FilledAnswers = { answers: Answers; inferred: Decision["inferred"] };

/** Adds what follows from other answers: by arithmetic first, then by the rules of kind derive. Never overwrites. */
export function fillAnswers(ruleSet: RuleSet, given: Answers): FilledAnswers {
  const derived = deriveAnswers(given);
  const answers = { ...derived.answers };
  const inferred: Decision["inferred"] = Object.entries(derived.inferred).map(([question, value]) => ({
    question,
    value,
    because: COMPUTED,
  }));
  for (const rule of ruleSet.rules) {
    if (rule.kind !== "derive" || readAnswer(answers, rule.fills.question) !== UNKNOWN) continue;
    if (evaluateCondition(rule.when, answers) !== true) continue;
    answers[rule.fills.question] = rule.fills.value;
    inferred.push({ ...rule.fills, because: rule.because });
  }
  return { answers, inferred };
}
