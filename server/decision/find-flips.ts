import { QUESTIONS } from "#server/brief/questions.data.ts";
import type { Answers, AnswerValue, Question } from "#server/brief/schema.ts";
import { describeFlip } from "./describe-flip.ts";
import { readAnswer } from "./evaluate-condition.ts";
import { fillAnswers } from "./fill-answers.ts";
import type { JudgedLayer } from "./judge-layers.ts";
import { type Candidate, isInRange, listThresholds, listValues } from "./list-values.ts";
import type { Flip, RuleSet } from "./schema.ts";
import { prepareTries } from "./try-answer.ts";

/**
 * For every layer, every single answer that would change its pick: exact and finite, because the rules have
 * finitely many options and thresholds. A layer that stops to apply is no flip of its pick.
 */
export function findFlips(ruleSet: RuleSet, given: Answers, judged: JudgedLayer[]): Map<string, Flip[]> {
  const { answers } = fillAnswers(ruleSet, given);
  const thresholds = listThresholds(ruleSet);
  const tryAnswer = prepareTries(ruleSet, given, judged);
  const flips = new Map<string, Flip[]>(judged.map((layer) => [layer.layer, []]));
  for (const question of listChangeable(ruleSet)) {
    const from = readAnswer(answers, question.id);
    const tries = listValues(thresholds, question, given)
      .filter((candidate) => !isPresent(candidate, from))
      .map((candidate) => ({ candidate, layers: tryAnswer(question.id, candidate.value) }));
    judged.forEach((now, index) => {
      if (now.status === "not_applicable") return;
      const outcomes = tries.map(({ candidate, layers }) => ({ candidate, after: layers[index] ?? now }));
      flips.get(now.layer)?.push(...groupFlips(ruleSet, question, from, now, outcomes));
    });
  }
  for (const found of flips.values()) found.sort((a, b) => loses(a) - loses(b) || sizeOf(a) - sizeOf(b));
  return flips;
}

/** What the layer says, in one word: two results with the same word are the same result. */
export function outcomeOf(layer: JudgedLayer): string {
  return layer.pick ?? [layer.status, ...layer.tied].join(" ");
}

type TriedOutcome = { candidate: Candidate; after: JudgedLayer };

/** Values that lead to the same pick make one flip; intervals only when they touch. */
function groupFlips(
  ruleSet: RuleSet,
  question: Question,
  from: AnswerValue,
  now: JudgedLayer,
  outcomes: TriedOutcome[],
): Flip[] {
  const groups: TriedOutcome[][] = [];
  for (const outcome of outcomes) {
    if (outcome.after.status === "not_applicable" || outcomeOf(outcome.after) === outcomeOf(now)) continue;
    const group = groups.find((one) => one[0] && belongs(one, outcome));
    if (group) group.push(outcome);
    else groups.push([outcome]);
  }
  return groups.flatMap((group) => {
    const first = group[0];
    if (!first) return [];
    const { pick, status } = first.after;
    const to = group.map((one) => one.candidate.value);
    const flip = { question: question.id, from, to, range: joinRanges(group), pick, status };
    return [{ ...flip, sentence: describeFlip(ruleSet, question, flip, first.after) }];
  });
}

function belongs(group: TriedOutcome[], outcome: TriedOutcome): boolean {
  const last = group.at(-1);
  if (!last || outcomeOf(last.after) !== outcomeOf(outcome.after)) return false;
  if (!last.candidate.range || !outcome.candidate.range) return true;
  return last.candidate.range.max === outcome.candidate.range.min;
}

function joinRanges(group: TriedOutcome[]): Flip["range"] {
  const first = group[0]?.candidate.range;
  const last = group.at(-1)?.candidate.range;
  if (!first || !last) return null;
  const { min, minIncluded } = first;
  const { max, maxIncluded } = last;
  return { min, minIncluded, max, maxIncluded };
}

/** Whether that candidate is what stands there now. */
export function isPresent({ value, range }: Candidate, from: AnswerValue): boolean {
  if (range) return typeof from === "number" && isInRange(from, range);
  return value === from;
}

/** The questions that an answer can move a pick by. Languages change what the team can build, never what fits best. */
export function listChangeable(ruleSet: RuleSet): Question[] {
  const text = JSON.stringify([
    ruleSet.rules.map((rule) => rule.when),
    ruleSet.layers.map((one) => one.appliesWhen),
  ]);
  const isRead = ({ id, derive }: Question): boolean =>
    text.includes(`"q":"${id}"`) || QUESTIONS.some((other) => other.derive?.from === id) || derive !== null;
  return QUESTIONS.filter((question) => question.type !== "set" && isRead(question));
}

/** To lose every reason for a pick tells less than to get another one, so it is told last. */
const loses = (flip: Flip): number => Number(flip.status === "undecided");

/** Orders of magnitude for numbers; one step for everything else, also for finding out what nobody knows. */
export function sizeOf(flip: Pick<Flip, "from" | "range">): number {
  if (!flip.range || typeof flip.from !== "number") return 1;
  const edge =
    flip.range.min !== null && flip.from < flip.range.min ? flip.range.min : (flip.range.max ?? flip.from);
  // A hundredth stands for zero, which has no order of magnitude.
  return Math.abs(Math.log10(Math.max(edge, 0.01) / Math.max(flip.from, 0.01)));
}
