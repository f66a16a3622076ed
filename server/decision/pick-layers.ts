import type { Answers } from "#server/brief/schema.ts";
import { evaluateCondition } from "./evaluate-condition.ts";
import { fillAnswers } from "./fill-answers.ts";
import { findFlips } from "./find-flips.ts";
import { judgeLayers } from "./judge-layers.ts";
import type { Decision, Demand, Notice, RuleSet } from "./schema.ts";

/** The decision: one pick per layer with the rules behind it, what would change it, and what is demanded beside it. */
export function pickLayers(ruleSet: RuleSet, given: Answers): Decision {
  const { answers, inferred } = fillAnswers(ruleSet, given);
  const judged = judgeLayers(ruleSet, given);
  const flips = findFlips(ruleSet, given, judged);
  const layers = judged.map((layer) => ({ ...layer, flips: flips.get(layer.layer) ?? [] }));
  const absent = new Set(
    judged.filter((layer) => layer.status === "not_applicable").map((layer) => layer.layer),
  );
  const fired = ruleSet.rules.filter(
    (rule) =>
      !(rule.layer !== null && absent.has(rule.layer)) && evaluateCondition(rule.when, answers) === true,
  );
  const guards = fired.flatMap((rule): Notice[] =>
    rule.kind === "guard"
      ? [{ rule: rule.id, layer: rule.layer, because: rule.because, adds: rule.adds }]
      : [],
  );
  const requires = fired.flatMap((rule): Demand[] => {
    if (rule.kind !== "require") return [];
    const truth = rule.needs && evaluateCondition(rule.needs, answers);
    const met = truth === null || truth === "unknown" ? null : truth;
    const { id, layer, stage, demands, because } = rule;
    return [{ rule: id, layer, stage, demands, because, met }];
  });
  const { id, version, expiresAt } = ruleSet;
  return { ruleSet: { id, version, expiresAt }, layers, guards, requires, inferred };
}
