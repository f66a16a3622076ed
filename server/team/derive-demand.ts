import type { Answers, ProjectKind } from "#server/brief/schema.ts";
import { evaluateCondition } from "#server/decision/evaluate-condition.ts";
import { fillAnswers } from "#server/decision/fill-answers.ts";
import type { Decision, LayerResult, RuleSet } from "#server/decision/schema.ts";
import type { ProjectDemand } from "./require-skills.ts";

type DecidedLayers = { layers: Pick<LayerResult, "layer" | "status" | "pick" | "teamPick">[] };

/** A decided project -> what it asks of a team: each pick with the skills its option names in the rule set. */
export function deriveDemand(
  kind: ProjectKind,
  given: Answers,
  ruleSet: RuleSet,
  decision: DecidedLayers | Pick<Decision, "layers" | "requires">,
): ProjectDemand {
  const { answers } = fillAnswers(ruleSet, given);
  const demanding = ruleSet.rules.filter((rule) => rule.kind === "require");
  return {
    kind,
    onDevice: answers.residency === "on_device",
    policies: demanding
      .filter((rule) => evaluateCondition(rule.when, answers) === true)
      .map((rule) => rule.id),
    layers: decision.layers.map(({ layer, status, pick, teamPick }) => {
      const options = ruleSet.layers.find((l) => l.id === layer)?.options ?? [];
      const skills = options.find((option) => option.id === pick)?.skills ?? [];
      const demands = skills.map(({ skill, level }) => ({ skillId: skill, level }));
      return { layer, status, pick, teamPick, demands };
    }),
  };
}
