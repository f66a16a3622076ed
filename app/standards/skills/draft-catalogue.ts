import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";
import type { Importance, SkillCatalogue } from "#server/team/schema.ts";

export type Catalogue = SkillCatalogue;
export type CatalogueCheck = inferRouterOutputs<AppRouter>["catalogue"]["check"];
export type CatalogueSkill = Catalogue["skills"][number];
type Asked = { level: number; importance: Importance };

/** What a role asks of a skill, null for nothing. */
export function askedOf(catalogue: Catalogue, roleId: string, skillId: string): Asked | null {
  const role = catalogue.roles.find(({ id }) => id === roleId);
  return role?.requirements.find((one) => one.skillId === skillId) ?? null;
}

export function askRole(
  catalogue: Catalogue,
  roleId: string,
  skillId: string,
  asked: Asked | null,
): Catalogue {
  const roles = catalogue.roles.map((role) => {
    if (role.id !== roleId) return role;
    const others = role.requirements.filter((one) => one.skillId !== skillId);
    const requirements = asked ? [...others, { skillId, ...asked }] : others;
    return { ...role, requirements: requirements.sort((a, b) => (a.skillId < b.skillId ? -1 : 1)) };
  });
  return { ...catalogue, roles };
}

/** A level without a text does not exist: the anchor is kept as null. */
export function changeSkill(catalogue: Catalogue, id: string, change: Partial<CatalogueSkill>): Catalogue {
  const skills = catalogue.skills.map((skill) => (skill.id === id ? { ...skill, ...change } : skill));
  return { ...catalogue, skills };
}

export function changeAnchor(catalogue: Catalogue, id: string, at: number, text: string): Catalogue {
  const skill = catalogue.skills.find((one) => one.id === id);
  if (!skill) return catalogue;
  const anchors = skill.anchors.map((anchor, index) =>
    index === at ? (text.trim() === "" ? null : text) : anchor,
  ) as CatalogueSkill["anchors"];
  return changeSkill(catalogue, id, { anchors });
}

/** How many skills and requirements differ, for the line above the button. */
export function countChanges(before: Catalogue, after: Catalogue): number {
  const flat = (catalogue: Catalogue) =>
    new Map([
      ...catalogue.skills.map((skill): [string, string] => [skill.id, JSON.stringify(skill)]),
      ...catalogue.roles.flatMap((role) =>
        role.requirements.map((one): [string, string] => [`${role.id} ${one.skillId}`, JSON.stringify(one)]),
      ),
    ]);
  const [was, is] = [flat(before), flat(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter((key) => was.get(key) !== is.get(key)).length;
}

export function nextVersion(version: string): string {
  const [major = "1", minor = "0"] = version.split(".");
  return `${major}.${Number(minor) + 1}.0`;
}
