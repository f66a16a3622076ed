import type { Answers, ProjectKind } from "#server/brief/schema.ts";
import { applyOverrides } from "#server/decision/apply-overrides.ts";
import { type JudgedLayer, judgeLayers } from "#server/decision/judge-layers.ts";
import { type OrderedQuestion, orderQuestions } from "#server/decision/order-questions.ts";
import { pickLayers } from "#server/decision/pick-layers.ts";
import type { Override } from "#server/decision/record-schema.ts";
import type { Decision, RuleSet } from "#server/decision/schema.ts";
import { type WeighedDecision, weighDecision } from "#server/decision/weigh-decision.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";
import { deriveDemand } from "#server/team/derive-demand.ts";
import { requireSkills } from "#server/team/require-skills.ts";
import type { Need, SkillCatalogue } from "#server/team/schema.ts";

// Rules are pure and a published rule set never changes, so that the same answers give the same result for ever. The
// same projects are looked at again and again, and every page of one shows the spine. Nobody may change what is kept.

/** A few screens of projects and their last answers; about 30 kB each. */
const MOST_KEPT = 200;
const decisions = new Map<string, Decision>();
const weighed = new Map<string, WeighedDecision>();
const orders = new Map<string, OrderedQuestion[]>();
const demands = new Map<string, { layers: JudgedLayer[]; needs: Need[] }>();

/** `pickLayers`, kept. */
export function keepDecision(workspaceId: WorkspaceId, ruleSet: RuleSet, given: Answers): Decision {
  return keep(decisions, keyOf(workspaceId, ruleSet, given), () => pickLayers(ruleSet, given));
}

/** `weighDecision`, kept: it looks for pairs. */
export function keepWeighed(workspaceId: WorkspaceId, ruleSet: RuleSet, given: Answers): WeighedDecision {
  const decision = keepDecision(workspaceId, ruleSet, given);
  return keep(weighed, keyOf(workspaceId, ruleSet, given), () => weighDecision(ruleSet, given, decision));
}

/** `orderQuestions`, kept. */
export function keepOrder(workspaceId: WorkspaceId, ruleSet: RuleSet, given: Answers): OrderedQuestion[] {
  return keep(orders, keyOf(workspaceId, ruleSet, given), () => orderQuestions(ruleSet, given));
}

/** The layers without the search for flips, and the skills that they ask for; kept. */
export function keepDemand(
  workspaceId: WorkspaceId,
  ruleSet: RuleSet,
  catalogue: SkillCatalogue,
  given: Answers,
  kind: ProjectKind,
  overrides?: ReadonlyMap<string, Pick<Override, "option">>,
) {
  const chosen = [...(overrides ?? [])].map(([layer, { option }]) => `${layer}=${option}`).join();
  return keep(demands, `${kind} ${catalogue.version} ${chosen} ${keyOf(workspaceId, ruleSet, given)}`, () => {
    const layers = applyOverrides(judgeLayers(ruleSet, given), overrides);
    return { layers, needs: requireSkills(deriveDemand(kind, given, ruleSet, { layers }), catalogue).needs };
  });
}

function keyOf(workspaceId: WorkspaceId, { id, version }: RuleSet, given: Answers): string {
  return JSON.stringify([workspaceId, id, version, given]);
}

function keep<Result>(kept: Map<string, Result>, key: string, decide: () => Result): Result {
  const result = kept.get(key) ?? decide();
  // Last asked, last in line: a map gives its keys in the order of their arrival.
  kept.delete(key);
  kept.set(key, result);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return result;
}
