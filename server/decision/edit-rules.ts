import type { RuleEdit, RuleSetDraft } from "./draft-schema.ts";
import type { Condition, Rule, RuleSet } from "./schema.ts";

/**
 * The rule set with the edits of a draft, its version and a line of the change log. A threshold is changed where the
 * rule compares with it and becomes the workspace's own number. The result is not checked: `loadRuleSet` does that.
 * Edits of rules that do not exist are returned by their ids.
 */
export function editRules(
  ruleSet: RuleSet,
  { version, note, edits }: RuleSetDraft,
): { ruleSet: RuleSet; strange: string[] } {
  const byRule = new Map(edits.map((edit) => [edit.rule, edit]));
  const known = new Set(ruleSet.rules.map(({ id }) => id));
  return {
    ruleSet: {
      ...ruleSet,
      version,
      changelog: [...ruleSet.changelog, `${version}: ${note}`],
      rules: ruleSet.rules.map((rule) => editRule(rule, byRule.get(rule.id))),
    },
    strange: [...byRule.keys()].filter((id) => !known.has(id)),
  };
}

function editRule(rule: Rule, edit: RuleEdit | undefined): Rule {
  if (edit === undefined) return rule;
  const thresholds = { ...rule.thresholds };
  let { when } = rule;
  for (const [question, value] of Object.entries(edit.thresholds ?? {})) {
    const before = thresholds[question]?.value;
    // A threshold the rule does not have is left for the loader to refuse.
    if (before !== undefined) when = moveThreshold(when, question, before, value);
    if (before !== value) thresholds[question] = { value, provenance: "user" };
  }
  const common = { when, thresholds, reviewBy: edit.reviewBy ?? rule.reviewBy };
  if (rule.kind !== "score") return { ...rule, ...common };
  return {
    ...rule,
    ...common,
    weight: edit.weight ?? rule.weight,
    confidence: edit.confidence ?? rule.confidence,
    effects: { ...rule.effects, ...edit.effects },
  };
}

/** Only the comparison of that question with that number moves; another comparison of the question stays. */
function moveThreshold(condition: Condition, question: string, from: number, to: number): Condition {
  const within = (inner: Condition) => moveThreshold(inner, question, from, to);
  if ("all" in condition) return { all: condition.all.map(within) };
  if ("any" in condition) return { any: condition.any.map(within) };
  if ("not" in condition) return { not: within(condition.not) };
  if (!("q" in condition) || condition.q !== question) return condition;
  const moved = { ...condition };
  for (const operator of ["gte", "gt", "lte", "lt"] as const) {
    if (moved[operator] === from) moved[operator] = to;
  }
  return moved;
}
