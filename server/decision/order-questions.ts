import { QUESTIONS } from "#server/brief/questions.data.ts";
import { type Answers, UNKNOWN } from "#server/brief/schema.ts";
import { outcomeOf } from "./find-flips.ts";
import { type JudgedLayer, judgeLayers } from "./judge-layers.ts";
import { listThresholds, listValues } from "./list-values.ts";
import type { RuleSet } from "./schema.ts";
import { prepareTries } from "./try-answer.ts";

export type OrderedQuestion = {
  question: string;
  /** The names of the layers that would end differently for at least one of its possible answers. */
  layers: string[];
};

/** The kind decides which layers exist, so that it makes sense of every question after it. */
const FIRST = "project";

/**
 * What to answer next: questions without an answer first, then by the number of layers that hang on them, then by
 * how many silent rules they would wake, then as the catalogue has them. "I don't know" is an answer: it goes last.
 */
export function orderQuestions(ruleSet: RuleSet, answers: Answers): OrderedQuestion[] {
  const now = judgeLayers(ruleSet, answers);
  const thresholds = listThresholds(ruleSet);
  const tryAnswer = prepareTries(ruleSet, answers, now);
  const silent = now.flatMap((layer) => layer.couldMatter.flatMap((rule) => rule.questions));
  return QUESTIONS.filter((question) => !question.measuredOnly)
    .map((question, index) => {
      const tries = listValues(thresholds, question, answers).map(({ value }) =>
        tryAnswer(question.id, value),
      );
      const layers = now
        .filter((layer, at) => tries.some((then) => differs(layer, then[at])))
        .map((layer) => layer.name);
      const wakes = silent.filter((id) => id === question.id).length;
      return { question: question.id, layers, wakes, index, turn: turnOf(answers, question.id) };
    })
    .sort(
      (a, b) =>
        a.turn - b.turn ||
        Number(b.question === FIRST) - Number(a.question === FIRST) ||
        b.layers.length - a.layers.length ||
        b.wakes - a.wakes ||
        a.index - b.index,
    )
    .map(({ question, layers }) => ({ question, layers }));
}

/** 0 never answered, 1 answered, 2 answered with "I don't know". */
function turnOf(answers: Answers, question: string): number {
  if (!Object.hasOwn(answers, question)) return 0;
  return answers[question] === UNKNOWN ? 2 : 1;
}

function differs(now: JudgedLayer, then: JudgedLayer | undefined): boolean {
  return then !== undefined && (outcomeOf(now) !== outcomeOf(then) || now.teamPick !== then.teamPick);
}
