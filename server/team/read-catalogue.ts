import { OVERLAYS } from "./overlays.data.ts";
import { POLICY_DEMANDS } from "./policy-demands.data.ts";
import { referencesOf } from "./references.data.ts";
import { ROLES } from "./roles.data.ts";
import type { SkillCatalogue } from "./schema.ts";
import { LEVELS, SKILL_GROUPS, SKILLS } from "./skills.data.ts";

/** The catalogue that ships with the program. Its test holds it against `loadCatalogue`. */
export const SKILL_CATALOGUE: SkillCatalogue = {
  version: "1.0.0",
  groups: SKILL_GROUPS,
  levels: LEVELS,
  skills: SKILLS.map((skill) => ({ ...skill, ...referencesOf(skill.id) })),
  roles: ROLES,
  overlays: OVERLAYS,
  policyDemands: POLICY_DEMANDS,
};
