import type { FileContent, MatrixChange } from "./import-schema.ts";
import { countLevel } from "./measure-gaps.ts";
import type { CalendarDate, Need, Person, RatingSource, RequiredRole } from "./schema.ts";
import type { RequirementValue } from "./staffing-schema.ts";

export type Present = { roles: RequiredRole[]; needs: Need[]; people: Person[]; asOf: CalendarDate };

/**
 * What a file says against what is there -> only what differs. What the file does not speak of stays as it is. A cell
 * without a source keeps the one that counts, or takes `source` where it changes.
 */
export function compareMatrix(content: FileContent, present: Present, source: RatingSource): MatrixChange[] {
  return [
    ...compareRequirements(content, present),
    ...content.aliases
      .filter((alias) => !findPerson(present, alias))
      .map((alias): MatrixChange => ({ kind: "person", alias })),
    ...compareRatings(content, present, source),
  ];
}

function compareRequirements({ requirements }: FileContent, { roles, needs }: Present): MatrixChange[] {
  return requirements.flatMap(({ roleId, skillId, level, importance }): MatrixChange[] => {
    const asked = roleId === null ? needs : (roles.find(({ id }) => id === roleId)?.requirements ?? []);
    const known = asked.find((one) => one.skillId === skillId);
    // Level 0 asks nothing, so it is the same as no requirement.
    const wanted = level === 0 ? null : level;
    const before: RequirementValue = {
      level: known?.level || null,
      importance: known?.importance ?? "should",
    };
    const after = { level: wanted, importance: (wanted === null ? null : importance) ?? before.importance };
    if (before.level === after.level && before.importance === after.importance) return [];
    return [{ kind: "requirement", roleId, skillId, before, after }];
  });
}

function compareRatings({ ratings }: FileContent, present: Present, fallback: RatingSource): MatrixChange[] {
  return ratings.flatMap((said): MatrixChange[] => {
    const { alias, skillId, level } = said;
    const person = findPerson(present, alias);
    const counted = person ? countLevel(person, skillId, present.asOf) : null;
    const isSame = said.source === null || said.source === counted?.source;
    // Our own export shows a self-rating one lower; without a source such a cell still means what it showed.
    const shown = said.source === null ? counted?.level : counted?.rated;
    if (level === (shown ?? null) && (level === null || isSame)) return [];
    const source = said.source ?? (level === null ? (counted?.source ?? fallback) : fallback);
    const ofSource = person?.ratings.find((one) => one.skillId === skillId && one.source === source);
    const before = ofSource?.level ?? null;
    if (before === level) return [];
    return [{ kind: "rating", personId: person?.id ?? null, alias, skillId, source, before, after: level }];
  });
}

function findPerson({ people }: Present, alias: string): Person | undefined {
  const key = alias.toLowerCase();
  return people.find((person) => person.alias.normalize("NFC").toLowerCase() === key);
}
