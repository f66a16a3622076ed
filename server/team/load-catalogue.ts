import { sayRoom } from "#server/messages/say.ts";
import { SkillCatalogue, type SkillDemand } from "./schema.ts";

const say = sayRoom("standards");

export type LoadedCatalogue = { ok: true; catalogue: SkillCatalogue } | { ok: false; problems: string[] };

/** Parses a catalogue and holds its entries against each other. Each problem names the entry. */
export function loadCatalogue(document: unknown): LoadedCatalogue {
  const parsed = SkillCatalogue.safeParse(document);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    return { ok: false, problems };
  }
  const catalogue = parsed.data;
  const problems = [
    ...findRepeats(catalogue),
    ...findStrangers(catalogue),
    ...findUndefinedLevels(catalogue),
    ...(isLadder(catalogue.levels) ? [] : [say("catalogue.levels")]),
  ];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, catalogue };
}

function findRepeats({ groups, skills, roles, overlays }: SkillCatalogue): string[] {
  const lists: Record<string, string[]> = {
    groups: groups.map(({ id }) => id),
    skills: skills.map(({ id }) => id),
    roles: roles.map(({ id }) => id),
    overlays: overlays.map(({ id }) => id),
    ...Object.fromEntries(
      roles.map((role) => [`roles ${role.id}`, role.requirements.map(({ skillId }) => skillId)]),
    ),
  };
  return Object.entries(lists).flatMap(([list, ids]) =>
    ids.filter((id, index) => ids.indexOf(id) < index).map((id) => say("catalogue.twice", { list, id })),
  );
}

/** Ids that are spoken of and do not exist. */
function findStrangers(catalogue: SkillCatalogue): string[] {
  const { groups, skills, roles, overlays } = catalogue;
  const known = new Set<string>(skills.map(({ id }) => id));
  const roleIds = new Set(roles.map(({ id }) => id));
  return [
    ...skills
      .filter((skill) => !groups.some(({ id }) => id === skill.group))
      .map((skill) => say("catalogue.noGroup", { skill: skill.id, group: skill.group })),
    ...listDemands(catalogue).flatMap(([where, rows]) =>
      rows
        .filter(({ skillId }) => !known.has(skillId))
        .map(({ skillId }) => say("catalogue.noSkill", { where, skillId })),
    ),
    ...overlays.flatMap((overlay) =>
      overlay.carriers
        .filter((id) => !roleIds.has(id))
        .map((id) => say("catalogue.noRole", { where: `overlays ${overlay.id}`, role: id })),
    ),
  ];
}

/** Everything that asks for a level of a skill, with the entry that asks. */
function listDemands({ roles, overlays, policyDemands }: SkillCatalogue): [string, SkillDemand[]][] {
  return [
    ...roles.map(({ id, requirements }): [string, SkillDemand[]] => [`roles ${id}`, requirements]),
    ...overlays.map(({ id, rows }): [string, SkillDemand[]] => [`overlays ${id}`, rows]),
    ...Object.entries(policyDemands).map(([id, rows]): [string, SkillDemand[]] => [
      `policyDemands ${id}`,
      rows,
    ]),
  ];
}

/** A level without an anchor does not exist for that skill, so nobody can be asked to have it. Level 0 asks nothing. */
function findUndefinedLevels(catalogue: SkillCatalogue): string[] {
  const { skills } = catalogue;
  const isDefined = (skillId: string, level: number) =>
    level === 0 || (skills.find(({ id }) => id === skillId)?.anchors[level - 1] ?? null) !== null;
  const known = new Set<string>(skills.map(({ id }) => id));
  return listDemands(catalogue).flatMap(([where, rows]) =>
    rows
      .filter(({ skillId, level }) => known.has(skillId) && !isDefined(skillId, level))
      .map(({ skillId, level }) => say("catalogue.noLevel", { where, skillId, level })),
  );
}

/** 0 none to 4 expert. */
const LEVEL_COUNT = 5;

function isLadder(levels: SkillCatalogue["levels"]): boolean {
  return levels.length === LEVEL_COUNT && levels.every(({ level }, index) => level === index);
}
