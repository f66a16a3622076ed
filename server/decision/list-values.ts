import { QUESTIONS } from "#server/brief/questions.data.ts";
import { type Answers, type AnswerValue, type Question, UNKNOWN } from "#server/brief/schema.ts";
import { listComparisons, readAnswer } from "./evaluate-condition.ts";
import type { Comparison, Flip, RuleSet } from "./schema.ts";

export type Range = NonNullable<Flip["range"]>;
export type Candidate = { value: AnswerValue; range: Range | null };

/** Where the answer to a rule changes: everything below on one side, `at` itself on the side that `atIsAbove` says. */
type Cut = { at: number; atIsAbove: boolean };

/**
 * Every answer that could make a difference: all options of an enum, both of a bool, each language of a set, and
 * for a number one representative of each interval that the thresholds of the rules cut.
 */
export function listValues(comparisons: Comparison[], question: Question, answers: Answers): Candidate[] {
  switch (question.type) {
    case "enum":
      return question.options.map(({ value }) => ({ value, range: null }));
    case "set":
      return question.options.map(({ value }) => ({ value: [value], range: null }));
    case "bool":
      return [true, false].map((value) => ({ value, range: null }));
    case "number":
      return listIntervals(question, listCuts(comparisons, question, answers)).map((range) => ({
        value: represent(question, range),
        range,
      }));
  }
}

/** All that a rule set compares, for `listValues`: listed once, asked for every question. */
export function listThresholds(ruleSet: RuleSet): Comparison[] {
  const conditions = [
    ...ruleSet.rules.map((rule) => rule.when),
    ...ruleSet.layers.map((one) => one.appliesWhen),
  ];
  return conditions.flatMap(listComparisons);
}

export function isInRange(value: number, range: Range): boolean {
  const above = range.min === null || (range.minIncluded ? value >= range.min : value > range.min);
  const below = range.max === null || (range.maxIncluded ? value <= range.max : value < range.max);
  return above && below;
}

function listCuts(comparisons: Comparison[], question: Question, answers: Answers): Cut[] {
  const own = comparisons.flatMap((comparison) => cutsOf(comparison, question.id, answers));
  const cuts = [...own, ...cutsOfDerived(comparisons, question, answers)];
  const seen = new Map(cuts.map((cut) => [`${cut.at} ${cut.atIsAbove}`, cut]));
  return [...seen.values()].sort((a, b) => a.at - b.at || Number(b.atIsAbove) - Number(a.atIsAbove));
}

/** `x >= 5` and `x < 5` part below 5 from 5; `x > 5` and `x <= 5` part 5 from above. */
function cutsOf(comparison: Comparison, question: string, answers: Answers): Cut[] {
  const operand = comparison.gte ?? comparison.gt ?? comparison.lte ?? comparison.lt;
  const atIsAbove = comparison.gte !== undefined || comparison.lt !== undefined;
  if (comparison.q === question) {
    if (typeof comparison.eq === "number") return bothSides(comparison.eq);
    const at = typeof operand === "object" ? readAnswer(answers, operand.q) : operand;
    return typeof at === "number" ? [{ at, atIsAbove }] : [];
  }
  if (typeof operand === "object" && operand.q === question) {
    // The question stands on the right: `cost > target` reads `target < cost`.
    const at = readAnswer(answers, comparison.q);
    return typeof at === "number" ? [{ at, atIsAbove: !atIsAbove }] : [];
  }
  return [];
}

function bothSides(at: number): Cut[] {
  return [
    { at, atIsAbove: true },
    { at, atIsAbove: false },
  ];
}

/** Requests a day move the peak while nobody answered the peak itself, so the peak's thresholds count, scaled. */
function cutsOfDerived(comparisons: Comparison[], question: Question, answers: Answers): Cut[] {
  return QUESTIONS.flatMap(({ id, derive }) => {
    if (derive?.from !== question.id || readAnswer(answers, id) !== UNKNOWN) return [];
    return comparisons
      .flatMap((comparison) => cutsOf(comparison, id, answers))
      .map((cut) => ({ ...cut, at: (cut.at * derive.divideBy) / derive.multiplyBy }));
  });
}

function listIntervals(question: Question, cuts: Cut[]): Range[] {
  const ranges: Range[] = [];
  let min: Pick<Range, "min" | "minIncluded"> = { min: question.min, minIncluded: question.min !== null };
  for (const cut of cuts) {
    ranges.push({ ...min, max: cut.at, maxIncluded: !cut.atIsAbove });
    min = { min: cut.at, minIncluded: cut.atIsAbove };
  }
  ranges.push({ ...min, max: question.max, maxIncluded: question.max !== null });
  // Between two cuts there may be no legal value: no whole number lies between 3 and 4.
  return ranges.filter((range) => isInRange(represent(question, range), range));
}

/** A legal value inside: an end that belongs to it, else the next whole number, else the middle. */
function represent(question: Question, range: Range): number {
  if (range.min !== null && range.minIncluded) return range.min;
  if (range.max !== null && range.maxIncluded && range.min === null) return range.max;
  if (range.min === null) return range.max === null ? 0 : range.max - 1;
  const next = Math.floor(range.min) + 1;
  if (isInRange(next, range) || question.integer) return next;
  return (range.min + (range.max ?? range.min + 2)) / 2;
}
