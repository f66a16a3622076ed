import { QUESTIONS } from "#server/brief/questions.data.ts";
import type { Answers, Question } from "#server/brief/schema.ts";
import { describePair } from "./describe-flip.ts";
import { readAnswer } from "./evaluate-condition.ts";
import { fillAnswers } from "./fill-answers.ts";
import { isPresent, listChangeable, outcomeOf, sizeOf } from "./find-flips.ts";
import { judgeLayer } from "./judge-layers.ts";
import { type Candidate, listThresholds, listValues } from "./list-values.ts";
import type { Flip, Layer, LayerResult, Rule, RuleSet } from "./schema.ts";
import { listRead } from "./try-answer.ts";

/** Two answers that change the pick together although neither does alone. */
export type PairFlip = Pick<Flip, "pick" | "status" | "sentence"> & {
  changes: (Pick<Flip, "question" | "from" | "to" | "range"> & { size: number })[];
};

export type PairSearch = {
  pairs: PairFlip[];
  evaluations: number;
  /** False where the cap stopped the search, so that more pairs may exist. */
  complete: boolean;
};

/** A wider lead needs more than two answers to fall, and nobody reads about them. */
const MARGIN_BELOW = 0.5;
/** About a tenth of a second for one layer. */
const MOST_EVALUATIONS = 5_000;

/** Null where pairs are not looked for: a single answer already flips the layer, its lead is wide, or it has no pick. */
export function findPairs(
  ruleSet: RuleSet,
  given: Answers,
  result: LayerResult,
  mostEvaluations = MOST_EVALUATIONS,
): PairSearch | null {
  const layer = ruleSet.layers.find((one) => one.id === result.layer);
  if (!layer || result.pick === null || result.flips.length > 0 || result.margin >= MARGIN_BELOW) return null;
  const rules = ruleSet.rules.filter((rule) => rule.layer === layer.id);
  const candidates = listCandidates(ruleSet, given, layer, rules);
  const found: PairFlip[] = [];
  let evaluations = 0;
  for (const [one, other] of listCouples(candidates)) {
    if (evaluations === mostEvaluations) return { pairs: sortPairs(found), evaluations, complete: false };
    evaluations += 1;
    const changed = { [one.question.id]: one.value, [other.question.id]: other.value };
    const { answers } = fillAnswers(ruleSet, { ...given, ...changed });
    const then = judgeLayer(layer, rules, answers);
    if (then.status === "not_applicable" || outcomeOf(then) === outcomeOf(result)) continue;
    const sentence = describePair(
      ruleSet,
      [one, other].map((change) => ({ question: change.question, change })),
      then,
    );
    const changes = [one, other].map(({ question, from, to, range, size }) => ({
      question: question.id,
      from,
      to,
      range,
      size,
    }));
    found.push({ changes, pick: then.pick, status: then.status, sentence });
  }
  return { pairs: sortPairs(found), evaluations, complete: true };
}

type Change = Candidate & Pick<Flip, "from" | "to" | "range"> & { question: Question; size: number };

/** Every other answer to the questions that this layer's rules read, or that an answer they read is computed from. */
function listCandidates(ruleSet: RuleSet, given: Answers, layer: Layer, rules: Rule[]): Change[] {
  const reads = listRead(layer, rules);
  const feeds = new Set(
    QUESTIONS.flatMap(({ id, derive }) => (derive && reads.has(id) ? [derive.from] : [])),
  );
  const thresholds = listThresholds({ ...ruleSet, layers: [layer], rules });
  const { answers } = fillAnswers(ruleSet, given);
  return listChangeable(ruleSet)
    .filter(({ id }) => reads.has(id) || feeds.has(id))
    .flatMap((question) => {
      const from = readAnswer(answers, question.id);
      return listValues(thresholds, question, given)
        .filter((candidate) => !isPresent(candidate, from))
        .map(({ value, range }) => ({
          ...{ question, value, from, range, to: [value] },
          size: sizeOf({ from, range }),
        }));
    });
}

/** Each couple of answers to two questions, once. */
function listCouples(candidates: Change[]): [Change, Change][] {
  return candidates.flatMap((one, at) =>
    candidates
      .slice(at + 1)
      .filter((other) => other.question.id !== one.question.id)
      .map((other): [Change, Change] => [one, other]),
  );
}

/** A pick tells more than its loss; then the smaller change. */
function sortPairs(pairs: PairFlip[]): PairFlip[] {
  const size = ({ changes }: PairFlip) => changes.reduce((sum, change) => sum + change.size, 0);
  const loses = ({ status }: PairFlip) => Number(status === "undecided");
  return pairs.sort((a, b) => loses(a) - loses(b) || size(a) - size(b));
}
