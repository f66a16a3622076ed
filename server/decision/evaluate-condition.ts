import { type Answers, type AnswerValue, UNKNOWN } from "#server/brief/schema.ts";
import type { Comparison, Condition } from "./schema.ts";

/** True, false, or unknown when an answer that would decide it is missing. */
export type Truth = boolean | "unknown";

export function evaluateCondition(condition: Condition, answers: Answers): Truth {
  if ("always" in condition) return true;
  if ("not" in condition) return negate(evaluateCondition(condition.not, answers));
  if ("all" in condition) return evaluateAll(condition.all, answers);
  // any = not all not
  if ("any" in condition)
    return negate(
      evaluateAll(
        condition.any.map((not) => ({ not })),
        answers,
      ),
    );
  return compare(condition, answers);
}

/** The questions a condition reads, in the order it names them. */
export function listQuestions(condition: Condition): string[] {
  if ("always" in condition) return [];
  if ("not" in condition) return listQuestions(condition.not);
  if ("all" in condition) return [...new Set(condition.all.flatMap(listQuestions))];
  if ("any" in condition) return [...new Set(condition.any.flatMap(listQuestions))];
  const operand = condition.gte ?? condition.gt ?? condition.lte ?? condition.lt;
  return typeof operand === "object" ? [condition.q, operand.q] : [condition.q];
}

/** Every comparison inside, however deep. */
export function listComparisons(condition: Condition): Comparison[] {
  if ("always" in condition) return [];
  if ("not" in condition) return listComparisons(condition.not);
  if ("all" in condition) return condition.all.flatMap(listComparisons);
  if ("any" in condition) return condition.any.flatMap(listComparisons);
  return [condition];
}

export function readAnswer(answers: Answers, question: string): AnswerValue {
  return Object.hasOwn(answers, question) ? (answers[question] ?? UNKNOWN) : UNKNOWN;
}

function evaluateAll(conditions: Condition[], answers: Answers): Truth {
  let truth: Truth = true;
  for (const condition of conditions) {
    const one = evaluateCondition(condition, answers);
    if (one === false) return false;
    if (one === "unknown") truth = "unknown";
  }
  return truth;
}

function negate(truth: Truth): Truth {
  return truth === "unknown" ? truth : !truth;
}

function compare(comparison: Comparison, answers: Answers): Truth {
  const value = readAnswer(answers, comparison.q);
  if (comparison.known !== undefined) return (value !== UNKNOWN) === comparison.known;
  // A rule speaks about unknown answers only when it says the word.
  if (value === UNKNOWN && !namesUnknown(comparison)) return "unknown";
  if (comparison.eq !== undefined) return value === comparison.eq;
  if (comparison.ne !== undefined) return value !== comparison.ne;
  if (comparison.in) return comparison.in.some((one) => one === value);
  if (comparison.nin) return !comparison.nin.some((one) => one === value);
  if (comparison.has !== undefined) return Array.isArray(value) && value.includes(comparison.has);
  if (comparison.lacks !== undefined) return Array.isArray(value) && !value.includes(comparison.lacks);
  return compareNumbers(comparison, value, answers);
}

function compareNumbers(comparison: Comparison, value: AnswerValue, answers: Answers): Truth {
  const operand = comparison.gte ?? comparison.gt ?? comparison.lte ?? comparison.lt;
  const other = typeof operand === "object" ? readAnswer(answers, operand.q) : operand;
  if (typeof value !== "number" || typeof other !== "number") return "unknown";
  if (comparison.gte !== undefined) return value >= other;
  if (comparison.gt !== undefined) return value > other;
  if (comparison.lte !== undefined) return value <= other;
  return value < other;
}

function namesUnknown(comparison: Comparison): boolean {
  return (
    comparison.eq === UNKNOWN ||
    comparison.ne === UNKNOWN ||
    comparison.in?.includes(UNKNOWN) === true ||
    comparison.nin?.includes(UNKNOWN) === true
  );
}
