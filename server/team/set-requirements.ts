import type { CalendarDate, RoleId, SkillId } from "./schema.ts";
import type { HandRequirement, RequirementValue } from "./staffing-schema.ts";

export type RequirementEdit = {
  roleId: RoleId | null;
  skillId: SkillId;
  /** Null takes the hand away: catalogue, overlay and picks count again. */
  value: RequirementValue | null;
  /** What was set by hand when the person looked, null for nothing. */
  seen: RequirementValue | null;
};
export type SetRequirements =
  | { ok: true; requirements: HandRequirement[] }
  | {
      ok: false;
      moved: (Pick<RequirementEdit, "roleId" | "skillId"> & { theirs: RequirementValue | null })[];
    };

/** Edits on top of what was set by hand before; one entry a role and skill. All of them, or none where one was seen otherwise. */
export function setRequirements(
  before: HandRequirement[],
  edits: RequirementEdit[],
  given: { reason: string; at: CalendarDate },
): SetRequirements {
  const placed = new Map(before.map((one) => [keyOf(one), one]));
  const moved = edits.flatMap(({ roleId, skillId, seen }) => {
    const stored = placed.get(keyOf({ roleId, skillId }));
    const theirs = stored ? { level: stored.level, importance: stored.importance } : null;
    const isSeen = theirs?.level === seen?.level && theirs?.importance === seen?.importance;
    return isSeen ? [] : [{ roleId, skillId, theirs }];
  });
  if (moved.length > 0) return { ok: false, moved };
  for (const { roleId, skillId, value } of edits) {
    const key = keyOf({ roleId, skillId });
    if (value === null) placed.delete(key);
    else placed.set(key, { roleId, skillId, ...value, ...given });
  }
  const requirements = [...placed.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return { ok: true, requirements };
}

function keyOf({ roleId, skillId }: { roleId: string | null; skillId: string }): string {
  return `${skillId} ${roleId ?? ""}`;
}
