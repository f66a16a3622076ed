import { countLevel, LEAST_AVAILABILITY_PCT } from "./measure-gaps.ts";
import { levelOf } from "./require-skills.ts";
import type { CalendarDate, Need, Person, RequiredRole, Role, SkillId } from "./schema.ts";

export interface Coverage {
  /** A role id or a person id. */
  id: string;
  alone: boolean;
  missing: { skillId: SkillId; required: number; held: number }[];
}

/** Which people could hold the pilot alone: everything on the overlay, at the level asked. */
export function checkPeopleCoverage(needs: Need[], people: Person[], asOf: CalendarDate): Coverage[] {
  return people
    .filter((person) => person.availabilityPct >= LEAST_AVAILABILITY_PCT)
    .map((person) => compare(person.id, needs, (skillId) => countLevel(person, skillId, asOf)?.level ?? 0));
}

/** The same question for roles, by their own table. */
export function checkRoleCoverage(needs: Need[], roles: (Role | RequiredRole)[]): Coverage[] {
  return roles.map((role) => compare(role.id, needs, (skillId) => levelOf(role, skillId)));
}

function compare(id: string, needs: Need[], heldOf: (skillId: SkillId) => number): Coverage {
  const overlay = needs.filter((need) => need.onOverlay);
  const missing = overlay
    .map((need) => ({ skillId: need.skillId, required: need.level, held: heldOf(need.skillId) }))
    .filter(({ required, held }) => held < required);
  return { id, alone: overlay.length > 0 && missing.length === 0, missing };
}
