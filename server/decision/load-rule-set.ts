import { checkAnswer } from "#server/brief/check-answers.ts";
import { findQuestion } from "#server/brief/find-question.ts";
import { QUESTIONS } from "#server/brief/questions.data.ts";
import { type AnswerValue, UNKNOWN } from "#server/brief/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { evaluateCondition, listComparisons } from "./evaluate-condition.ts";
import { type Condition, type Rule, RuleSet } from "./schema.ts";

const say = sayRoom("errors");

export type LoadedRuleSet =
  | { ok: true; ruleSet: RuleSet; unusedQuestions: string[]; overdueRules: string[] }
  | { ok: false; problems: string[] };

/** Questions that something else than a rule reads: the team pick, the plan and the budget. */
const READ_ELSEWHERE = ["langs", "team_size", "budget"];

/** Parses a rule set and holds it against the catalogue of questions. `today` (YYYY-MM-DD) decides what is overdue. */
export function loadRuleSet(document: unknown, today: string): LoadedRuleSet {
  const parsed = RuleSet.safeParse(document);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) =>
      say("RULE_SET_INVALID.issue", {
        place: issue.path.join(".") || say("RULE_SET_INVALID.whole"),
        issue: issue.message,
      }),
    );
    return { ok: false, problems };
  }
  const ruleSet = parsed.data;
  const problems = [
    ...findDuplicates(
      "rule",
      ruleSet.rules.map((rule) => rule.id),
    ),
    ...findDuplicates(
      "layer",
      ruleSet.layers.map((layer) => layer.id),
    ),
    ...ruleSet.layers.flatMap((layer) =>
      findDuplicates(
        layer.id,
        layer.options.map((option) => option.id),
      ),
    ),
    ...ruleSet.layers.flatMap((layer) => checkCondition(layer.id, layer.appliesWhen)),
    ...ruleSet.rules.flatMap((rule) => checkRule(ruleSet, rule)),
    ...findEmptiedLayers(ruleSet),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const overdueRules = ruleSet.rules.filter((rule) => rule.reviewBy < today).map((rule) => rule.id);
  return { ok: true, ruleSet, unusedQuestions: findUnusedQuestions(ruleSet), overdueRules };
}

function checkRule(ruleSet: RuleSet, rule: Rule): string[] {
  const problems = checkCondition(rule.id, rule.when);
  const layer = ruleSet.layers.find((one) => one.id === rule.layer);
  if (rule.layer !== null && !layer)
    problems.push(say("RULE_SET_INVALID.noLayer", { owner: rule.id, id: rule.layer }));
  if (!layer && (rule.kind === "score" || rule.kind === "veto")) {
    problems.push(say("RULE_SET_INVALID.needsLayer", { owner: rule.id, kind: rule.kind }));
  }
  for (const option of optionsNamed(rule)) {
    if (!layer?.options.some((one) => one.id === option))
      problems.push(say("RULE_SET_INVALID.noOption", { owner: rule.id, id: option }));
  }
  for (const { source } of rule.evidence) {
    if (!ruleSet.sources.some((one) => one.id === source))
      problems.push(say("RULE_SET_INVALID.noSource", { owner: rule.id, id: source }));
  }
  if (rule.kind === "require" && rule.needs) problems.push(...checkCondition(rule.id, rule.needs));
  if (rule.kind === "derive") problems.push(...checkValue(rule.id, rule.fills.question, rule.fills.value));
  const named = listComparisons(rule.when).flatMap(({ gte, gt, lte, lt }) => [gte, gt, lte, lt]);
  for (const [question, { value }] of Object.entries(rule.thresholds)) {
    if (!named.includes(value))
      problems.push(say("RULE_SET_INVALID.threshold", { owner: rule.id, question, value: String(value) }));
  }
  return problems;
}

function optionsNamed(rule: Rule): string[] {
  if (rule.kind === "score") return Object.keys(rule.effects);
  return rule.kind === "veto" || rule.kind === "require" ? rule.targets : [];
}

function checkCondition(owner: string, condition: Condition): string[] {
  return listComparisons(condition).flatMap((comparison) => {
    const { q, eq, ne, has, lacks } = comparison;
    const literals = [eq, ne, ...(comparison.in ?? []), ...(comparison.nin ?? [])].filter(
      (one) => one !== undefined,
    );
    const words = [has, lacks].filter((word) => word !== undefined).map((word) => [word]);
    const operands = [comparison.gte, comparison.gt, comparison.lte, comparison.lt];
    const others = operands.flatMap((operand) => (typeof operand === "object" ? [operand.q] : []));
    return [
      ...(findQuestion(q) ? [] : [say("RULE_SET_INVALID.noQuestion", { owner, id: q })]),
      ...others
        .filter((id) => !findQuestion(id))
        .map((id) => say("RULE_SET_INVALID.noQuestion", { owner, id })),
      ...[...literals, ...words].flatMap((value) => checkValue(owner, q, value)),
    ];
  });
}

function checkValue(owner: string, questionId: string, value: AnswerValue): string[] {
  const question = findQuestion(questionId);
  if (!question || value === UNKNOWN) return [];
  const issue = checkAnswer(question, value);
  return issue ? [say("RULE_SET_INVALID.issue", { place: owner, issue: issue.message })] : [];
}

/** Vetoes that fire on a project nobody has said anything about must leave every layer an option. */
function findEmptiedLayers(ruleSet: RuleSet): string[] {
  return ruleSet.layers
    .filter((layer) => {
      const out = ruleSet.rules
        .filter(
          (rule) =>
            rule.kind === "veto" && rule.layer === layer.id && evaluateCondition(rule.when, {}) === true,
        )
        .flatMap(optionsNamed);
      return layer.options.every((option) => out.includes(option.id));
    })
    .map((layer) => say("RULE_SET_INVALID.emptied", { owner: layer.id }));
}

function findUnusedQuestions(ruleSet: RuleSet): string[] {
  const conditions = [
    ...ruleSet.rules.map((rule) => rule.when),
    ...ruleSet.layers.map((layer) => layer.appliesWhen),
  ];
  const text = JSON.stringify(conditions);
  const feeds = QUESTIONS.flatMap((question) => (question.derive ? [question.derive.from] : []));
  return QUESTIONS.map((question) => question.id).filter(
    (id) => !text.includes(`"q":"${id}"`) && !READ_ELSEWHERE.includes(id) && !feeds.includes(id),
  );
}

function findDuplicates(what: string, ids: string[]): string[] {
  return ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => say("RULE_SET_INVALID.twice", { what, id }));
}
