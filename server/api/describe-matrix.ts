import { describeTeam } from "#server/team/describe-team.ts";
import { skillsInOrder } from "#server/team/export-matrix-csv.ts";
import { countLevel, measureHeld } from "#server/team/measure-gaps.ts";
import type { LoadedTeam } from "./load-team.ts";

/** The numbers of the matrix: what a page draws, and what an edit sends back so that the page need not be drawn again. */
export function describeMatrix({ catalogue, people, report, asOf, byHand }: LoadedTeam) {
  const skills = skillsInOrder(catalogue);
  return {
    held: Object.fromEntries(skills.map(({ id }) => [id, measureHeld(id, people, asOf)])),
    people: people.map((person) => ({
      ...person,
      counted: skills.map((skill) => countLevel(person, skill.id, asOf)),
    })),
    /** What people set by hand for this project. */
    byHand,
    roles: report?.roles ?? [],
    gaps: report?.gaps ?? [],
    lead: report ? describeTeam(report, people.length) : "",
  };
}
