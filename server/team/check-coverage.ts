import { countLevel, LEAST_AVAILABILITY_PCT } from "./measure-gaps.ts";
import { levelOf } from "./require-skills.ts";
import type { CalendarDate, Need, Person, RequiredRole, Role, RoleId, SkillId } from "./schema.ts";

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

/** The fewest roles that hold every row of the pilot together, the earlier in the table first; null when none do. */
export function findSmallestTeam(needs: Need[], roles: (Role | RequiredRole)[]): RoleId[] | null {
  const overlay = needs.filter((need) => need.onOverlay);
  if (overlay.length === 0) return null;
  const holds = (team: (Role | RequiredRole)[]) =>
    overlay.every((need) => team.some((role) => levelOf(role, need.skillId) >= need.level));
  for (let size = 1; size <= roles.length; size++) {
    const team = teamsOf(roles, size).find(holds);
    if (team) return team.map((role) => role.id);
  }
  return null;
}

/** Every choice of `size` out of them, in order. With seven roles there are 35 at most. */
function teamsOf<T>(all: T[], size: number): T[][] {
  if (size === 0) return [[]];
  return all.flatMap((first, at) => teamsOf(all.slice(at + 1), size - 1).map((rest) => [first, ...rest]));
}

function compare(id: string, needs: Need[], heldOf: (skillId: SkillId) => number): Coverage {
  const overlay = needs.filter((need) => need.onOverlay);
  const missing = overlay
    .map((need) => ({ skillId: need.skillId, required: need.level, held: heldOf(need.skillId) }))
    .filter(({ required, held }) => held < required);
  return { id, alone: overlay.length > 0 && missing.length === 0, missing };
}
