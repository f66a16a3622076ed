import type { Need, RequiredRole, RoleRequirement, SkillCatalogue } from "./schema.ts";
import type { HandRequirement } from "./staffing-schema.ts";

/** What a person set by hand for the pilot wins over overlay, picks and policies; level null takes a need away. */
export function applyToNeeds(needs: Need[], byHand: HandRequirement[], catalogue: SkillCatalogue): Need[] {
  const set = new Map(existing(byHand, catalogue).flatMap((one) => (one.roleId ? [] : [[one.skillId, one]])));
  const kept = needs.filter(({ skillId }) => !set.has(skillId));
  const placed = [...set.values()].flatMap(({ skillId, level, importance, reason }): Need[] => {
    if (level === null) return [];
    const known = needs.find((need) => need.skillId === skillId);
    return [
      {
        skillId,
        level,
        importance,
        onOverlay: known?.onOverlay ?? false,
        sources: [{ kind: "hand", ref: reason, pick: null }],
        byHand: reason,
      },
    ];
  });
  return [...kept, ...placed].sort((a, b) => (a.skillId < b.skillId ? -1 : 1));
}

/** The same for what one role must bring. */
export function applyToRoles(
  roles: RequiredRole[],
  byHand: HandRequirement[],
  catalogue: SkillCatalogue,
): RequiredRole[] {
  const all = existing(byHand, catalogue);
  return roles.map((role) => {
    const set = new Map(all.flatMap((one) => (one.roleId === role.id ? [[one.skillId, one]] : [])));
    if (set.size === 0) return role;
    const placed = [...set.values()].flatMap(({ skillId, level, importance, reason }): RoleRequirement[] =>
      level === null ? [] : [{ skillId, level, importance, raisedBy: [], byHand: reason }],
    );
    const requirements = [...role.requirements.filter(({ skillId }) => !set.has(skillId)), ...placed];
    return { ...role, requirements: requirements.sort((a, b) => (a.skillId < b.skillId ? -1 : 1)) };
  });
}

/** A skill that a newer catalogue no longer has, or has without that level, asks nothing. */
function existing(byHand: HandRequirement[], { skills }: SkillCatalogue): HandRequirement[] {
  return byHand.filter(({ skillId, level }) => {
    const skill = skills.find(({ id }) => id === skillId);
    return skill !== undefined && (level === null || skill.anchors[level - 1] !== null);
  });
}
