import { findQuestion } from "#server/brief/find-question.ts";
import type { Confidence, Rule, RuleSet } from "./schema.ts";

/** A rule as its editor shows it: what it says, and the numbers a person may argue with. */
export type EditableRule = {
  id: string;
  kind: Rule["kind"];
  /** Null for a rule about the whole project. */
  layer: string | null;
  because: string;
  weight: number | null;
  confidence: Confidence | null;
  effects: { option: string; name: string; value: number }[];
  thresholds: ({ question: string; name: string; unit: string | null } & Rule["thresholds"][string])[];
  reviewBy: string;
  overdue: boolean;
};

/** The rules in the order of the set, with layers, options and questions by name. `today` is YYYY-MM-DD. */
export function describeRules(ruleSet: RuleSet, today: string) {
  const layers = new Map(ruleSet.layers.map((layer) => [layer.id, layer]));
  const rules = ruleSet.rules.map((rule): EditableRule => {
    const options = rule.layer === null ? [] : (layers.get(rule.layer)?.options ?? []);
    const scores = rule.kind === "score";
    return {
      id: rule.id,
      kind: rule.kind,
      layer: rule.layer,
      because: rule.because,
      weight: scores ? rule.weight : null,
      confidence: scores ? rule.confidence : null,
      effects: Object.entries(scores ? rule.effects : {}).map(([option, value]) => ({
        option,
        name: options.find(({ id }) => id === option)?.label ?? option,
        value,
      })),
      thresholds: Object.entries(rule.thresholds).map(([question, { value, provenance }]) => ({
        question,
        name: findQuestion(question)?.name ?? question,
        unit: findQuestion(question)?.unit ?? null,
        value,
        provenance,
      })),
      reviewBy: rule.reviewBy,
      overdue: rule.reviewBy < today,
    };
  });
  return {
    version: ruleSet.version,
    changelog: ruleSet.changelog,
    layers: ruleSet.layers.map(({ id, name }) => ({ id, name })),
    rules,
  };
}
