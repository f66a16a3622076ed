import type { SkillDemand } from "./schema.ts";

/** What a fired policy asks of the team, by rule id. What a pick asks stands with the option in the rule set. */
export const POLICY_DEMANDS: Record<string, SkillDemand[]> = {
  // A named approval and a record that an auditor can follow.
  "POL-1": [{ skillId: "S22", level: 3 }],
};
