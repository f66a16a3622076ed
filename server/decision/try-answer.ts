import type { Answers, AnswerValue } from "#server/brief/schema.ts";
import { listQuestions, readAnswer } from "./evaluate-condition.ts";
import { fillAnswers } from "./fill-answers.ts";
import { type JudgedLayer, judgeLayer } from "./judge-layers.ts";
import type { Layer, Rule, RuleSet } from "./schema.ts";

/** The layers, in their order, as they would stand if one question had another answer. */
export type TryAnswer = (question: string, value: AnswerValue) => JudgedLayer[];

/**
 * The same as `judgeLayers` with one answer changed, without judging again what cannot change: a layer that reads
 * none of the answers that come out differently. Looking for flips tries some two hundred answers.
 */
export function prepareTries(ruleSet: RuleSet, given: Answers, judged: JudgedLayer[]): TryAnswer {
  const before = fillAnswers(ruleSet, given).answers;
  const layers = ruleSet.layers.map((layer, index) => {
    const rules = ruleSet.rules.filter((rule) => rule.layer === layer.id);
    return { layer, rules, reads: listRead(layer, rules), now: judged[index] };
  });
  return (question, value) => {
    const { answers } = fillAnswers(ruleSet, { ...given, [question]: value });
    const changed = listChanged(before, answers);
    return layers.map(({ layer, rules, reads, now }) =>
      now === undefined || changed.some((id) => reads.has(id)) ? judgeLayer(layer, rules, answers) : now,
    );
  };
}

/** Every question that a layer's result depends on. Languages decide what the team can build. */
export function listRead(layer: Layer, rules: Rule[]): Set<string> {
  const conditions = rules.flatMap((rule) =>
    rule.kind === "require" && rule.needs !== null ? [rule.when, rule.needs] : [rule.when],
  );
  return new Set(["langs", ...[layer.appliesWhen, ...conditions].flatMap(listQuestions)]);
}

/** Also what other answers were inferred from the one that changed. */
function listChanged(before: Answers, after: Answers): string[] {
  const ids = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...ids].filter((id) => readAnswer(before, id) !== readAnswer(after, id));
}
