import type { CellInput, HeldLevel } from "./cell-face.ts";
import type { MatrixView } from "./read-view.ts";
import type { Team, TeamNumbers } from "./team-data.ts";

export type GridSkill = { id: string; name: string; group: string; levels: boolean[] };
export type GridColumn = {
  id: string;
  /** Read out with every cell. */
  name: string;
  head: string;
  under: string;
  href: string;
};
export type GridRow = {
  skill: GridSkill;
  inputs: CellInput[];
  gap: Team["gaps"][number] | null;
  /** Equal keys draw equal rows, so that an answer of the server redraws only what it changes. */
  key: string;
};

/** The numbers of a team -> what each row of the grid is drawn from. */
export function buildRows(numbers: TeamNumbers, skills: GridSkill[], view: MatrixView): GridRow[] {
  const gaps = new Map(numbers.gaps.map((gap) => [gap.skillId, gap]));
  const asked = new Map(
    numbers.roles.flatMap((role) =>
      role.requirements.map(({ skillId, level, importance, raisedBy, byHand }) => [
        `${role.id} ${skillId}`,
        {
          level,
          importance,
          origin:
            byHand === undefined ? (raisedBy.length > 0 ? ("raised" as const) : ("table" as const)) : "hand",
        } as const,
      ]),
    ),
  );
  const places = new Map(Object.keys(numbers.held).map((id, at) => [id, at]));
  const rows = skills
    .filter(({ id }) => !view.pilotOnly || gaps.has(id))
    .map((skill) => {
      const at = places.get(skill.id) ?? -1;
      const inputs = view.by === "roles" ? ofRoles(skill.id, at) : ofPeople(skill.id, at);
      const gap = gaps.get(skill.id) ?? null;
      return { skill, inputs, gap, key: JSON.stringify([inputs, gap]) };
    });
  return rows;

  function ofRoles(skillId: string, at: number): CellInput[] {
    const level = numbers.held[skillId] ?? null;
    const team: HeldLevel | null =
      level === null ? null : { level, rated: level, source: "peer", stale: false };
    return numbers.roles.map((role): CellInput => {
      const requirement = asked.get(`${role.id} ${skillId}`) ?? null;
      if (view.show !== "held") return { asked: requirement, held: team, people: 0 };
      const counted = numbers.people.flatMap((person) =>
        person.roleId === role.id ? (person.counted[at] ?? []) : [],
      );
      const best = counted.reduce<HeldLevel | null>(
        (high, one) => (high && high.level >= one.level ? high : heldOf(one)),
        null,
      );
      return { asked: requirement, held: best, people: counted.length };
    });
  }

  function ofPeople(skillId: string, at: number): CellInput[] {
    return numbers.people.map((person): CellInput => {
      const counted = person.counted[at] ?? null;
      return {
        asked: asked.get(`${person.roleId} ${skillId}`) ?? null,
        held: counted && heldOf(counted),
        people: 1,
      };
    });
  }
}

function heldOf({ level, rated, source, stale }: HeldLevel): HeldLevel {
  return { level, rated, source, stale };
}
