import { readWords } from "#app/_words/server.ts";
import type { GridColumn } from "./grid-rows.ts";
import { MatrixGrid } from "./matrix-grid.tsx";
import { type MatrixView, writeView } from "./read-view.ts";
import type { Team, TeamReport } from "./team-data.ts";

type Props = { team: Team; report: TeamReport; view: MatrixView; base: string };

/** Rows are skills, columns roles or people. A cell is the level's digit and a letter, tinted by level. */
export async function Matrix({ team, report, view, base }: Props) {
  const { say } = await readWords("team");
  const roleName = (id: string | null) =>
    report.roles.find((role) => role.id === id)?.name ?? say("noRoleYet");
  const ofRoles = (): GridColumn[] =>
    report.roles.map((role) => {
      const count = team.people.filter((person) => person.roleId === role.id).length;
      return {
        id: role.id,
        name: say("matrix.roleHead", { role: role.name, minimum: role.share ? "yes" : "no", count }),
        head: role.id,
        under: sayResponsibility(role),
        href: `${writeView(base, { ...view, role: role.id })}#role`,
      };
    });
  const ofPeople = (): GridColumn[] =>
    team.people.map((person) => ({
      id: person.id,
      name: say("matrix.personHead", { alias: person.alias, role: roleName(person.roleId) }),
      head: person.alias,
      under: person.roleId ?? say("noRole"),
      href: `${writeView(base, view)}#person-${person.id}`,
    }));
  const { held, people, byHand, roles, gaps } = team;
  return (
    <MatrixGrid
      key={`${view.show} ${view.by}`}
      projectId={team.project.id}
      base={base}
      view={view}
      skills={team.skills.map(({ id, name, group, anchors }) => ({
        id,
        name,
        group,
        levels: anchors.map((anchor) => anchor !== null),
      }))}
      groups={team.groups}
      columns={view.by === "roles" ? ofRoles() : ofPeople()}
      levels={team.levels.map(({ name }) => name)}
      numbers={{ held, people, byHand, roles, gaps }}
    />
  );
}

export function sayResponsibility({ responsibility: { from, to } }: TeamReport["roles"][number]): string {
  return from === to ? `R${from}` : `R${from}–R${to}`;
}
