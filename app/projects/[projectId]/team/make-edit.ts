import type { Importance, Rating, RatingSource } from "#server/team/schema.ts";
import type { RequirementValue } from "#server/team/staffing-schema.ts";
import type { AskedLevel, HeldLevel } from "./cell-face.ts";
import type { GridColumn, GridRow } from "./grid-rows.ts";
import type { CellPatch } from "./matrix-row.tsx";
import type { TeamNumbers } from "./team-data.ts";
import type { Edit } from "./use-matrix-edits.ts";

/** What a key, a button or a pasted cell wants of one cell. An absent part stays as it is. */
export type Wish = { x: number; y: number; level?: number | null; importance?: Importance };

type Place = {
  row: GridRow;
  column: GridColumn;
  at: number;
  kind: Edit["kind"];
  numbers: TeamNumbers;
  patches: Record<string, Record<string, CellPatch>>;
  given: { source: RatingSource; evidence: string; reason: string };
  typedIn: (place: {
    skillId: string;
    columnId: string;
    kind: Edit["kind"];
    source?: RatingSource;
  }) => Edit["after"] | undefined;
};

/** A wish -> the edit that fulfils it, null where nothing would change. */
export function makeEdit(
  wish: Wish,
  place: Place,
): Edit | { skillId: string; undefinedLevel: number } | null {
  const { skill } = place.row;
  const level = wish.level ?? null;
  if (level !== null && level > 0 && skill.levels[level - 1] === false) {
    return { skillId: skill.id, undefinedLevel: level };
  }
  return place.kind === "rating" ? rate(wish, place) : require(wish, place);
}

function rate(wish: Wish, { row, column, at, numbers, patches, given, typedIn }: Place): Edit | null {
  if (wish.level === undefined) return null;
  const skillId = row.skill.id;
  const columnId = column.id;
  const person = numbers.people.find(({ id }) => id === columnId);
  const shown = heldIn(row, at, patches[skillId]?.[columnId]);
  // Taking away means the rating that is seen, whoever said it.
  const source = wish.level === null ? (shown?.source ?? given.source) : given.source;
  const place = { skillId, columnId, kind: "rating" as const, source };
  const stored = person?.ratings.find((one) => one.skillId === skillId && one.source === source) ?? null;
  const typed = typedIn(place);
  const before = (typed === undefined ? stored : typed) as Rating | null;
  const evidence = given.evidence ? { evidence: given.evidence } : {};
  const after = wish.level === null ? null : { skillId, level: wish.level, source, ...evidence };
  if ((before?.level ?? null) === (after?.level ?? null) && !given.evidence) return null;
  const byOthers = shown !== null && shown.source !== "self";
  const shownAfter =
    after === null ? null : source === "self" && byOthers ? shown : countOwn(after.level, source);
  return { ...place, before, after, shownBefore: shown, shownAfter };
}

/** Until the server answers: their own word counts one lower, as it will. */
function countOwn(rated: number, source: RatingSource): HeldLevel {
  return { level: source === "self" ? Math.max(0, rated - 1) : rated, rated, source, stale: false };
}

function heldIn(row: GridRow, at: number, patch: CellPatch | undefined): HeldLevel | null {
  return patch?.held === undefined ? (row.inputs[at]?.held ?? null) : patch.held;
}

function require(wish: Wish, { row, column, at, numbers, patches, given, typedIn }: Place): Edit | null {
  const skillId = row.skill.id;
  const columnId = column.id;
  const place = { skillId, columnId, kind: "requirement" as const };
  const stored = numbers.byHand.find((one) => one.roleId === columnId && one.skillId === skillId);
  const typed = typedIn(place) as RequirementValue | null | undefined;
  const kept = stored ? { level: stored.level, importance: stored.importance } : null;
  const before = typed === undefined ? kept : typed;
  const patch = patches[skillId]?.[columnId];
  const shown = patch?.asked === undefined ? (row.inputs[at]?.asked ?? null) : patch.asked;
  if (wish.level === undefined && shown === null) return null;
  const level = (wish.level === undefined ? shown?.level : wish.level) || null;
  const importance = wish.importance ?? shown?.importance ?? "should";
  if (level === (shown?.level ?? null) && (level === null || importance === shown?.importance)) return null;
  const shownAfter: AskedLevel | null = level === null ? null : { level, importance, origin: "hand" };
  return {
    ...place,
    reason: given.reason,
    before,
    after: { level, importance },
    shownBefore: shown,
    shownAfter,
  };
}
