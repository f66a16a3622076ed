import type { Answers, ProjectKind } from "#server/brief/schema.ts";
import type { Decision, RuleSet } from "#server/decision/schema.ts";
import type { ProjectDemand } from "./require-skills.ts";

/** A decided project -> what it asks of a team: each pick with the skills its option names in the rule set. */
export function deriveDemand(
  kind: ProjectKind,
  answers: Answers,
  ruleSet: Pick<RuleSet, "layers">,
  decision: Pick<Decision, "layers" | "requires">,
): ProjectDemand {
  return {
    kind,
    onDevice: answers.residency === "on_device",
    policies: decision.requires.map((demand) => demand.rule),
    layers: decision.layers.map(({ layer, status, pick, teamPick }) => {
      const options = ruleSet.layers.find((l) => l.id === layer)?.options ?? [];
      const skills = options.find((option) => option.id === pick)?.skills ?? [];
      return {
        layer,
        status,
        pick,
        teamPick,
        demands: skills.map((s) => ({ skillId: s.skill, level: s.level })),
      };
    }),
  };
}
