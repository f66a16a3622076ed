import Link from "next/link";
import { readWords } from "#app/_words/server.ts";
import type { SayOf } from "#server/messages/say.ts";
import { GridKeys } from "./grid-keys.tsx";
import { BusFactor, GapWords, NeedAndHeld } from "./need-marks.tsx";
import { type MatrixView, writeView } from "./read-view.ts";
import type { Team, TeamReport } from "./team-data.ts";

type Props = { team: Team; report: TeamReport; view: MatrixView; base: string };

/** Rows are skills, columns roles or people. A cell is the level's digit and a letter, tinted by level. */
export async function Matrix({ team, report, view, base }: Props) {
  const { say } = await readWords("team");
  const needed = new Set(report.gaps.map((gap) => gap.skillId));
  const groups = team.groups
    .map((group) => ({
      ...group,
      skills: team.skills.filter(
        (skill) => skill.group === group.id && (!view.pilotOnly || needed.has(skill.id)),
      ),
    }))
    .filter((group) => group.skills.length > 0);
  const columns =
    view.show === "held" ? peopleColumns(team, view, base, say) : roleColumns(team, report, view, base, say);
  const first = groups[0]?.skills[0]?.id;
  return (
    <GridKeys>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the arrow keys walk its cells, as in a grid. */}
      <table className="matrix" role="grid" aria-label={say(`matrix.caption.${view.show}`)}>
        <thead>
          <tr>
            <th scope="col" colSpan={2}>
              {say("skill")}
            </th>
            {columns.map((column) => (
              <th key={column.id} scope="col" className="col" title={column.title}>
                {column.head}
              </th>
            ))}
            <th scope="col" className="scale">
              {say("matrix.needAndHeld")}
              <ScaleHead />
            </th>
            <th scope="col" className="words">
              {say("gap")}
            </th>
            <th scope="col" className="num">
              {say("busFactor")}
            </th>
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.id}>
            <tr className="group">
              <th scope="rowgroup" colSpan={columns.length + 5}>
                {group.name}
              </th>
            </tr>
            {group.skills.map((skill) => {
              const gap = report.gaps.find((one) => one.skillId === skill.id);
              const isHere = view.skill === skill.id;
              return (
                <tr key={skill.id} className={isHere ? "here" : undefined}>
                  <td className="sid">
                    <code>{skill.id}</code>
                  </td>
                  <th scope="row">
                    <Link
                      className="name"
                      href={`${writeView(base, { ...view, skill: skill.id })}#skill`}
                      aria-current={isHere ? "true" : undefined}
                      prefetch={false}
                      scroll={false}
                    >
                      {skill.name}
                    </Link>
                    {gap && (
                      <span className="under">
                        {say.rich("matrix.needs", {
                          level: gap.required,
                          gap: () => <GapWords gap={gap} say={say} />,
                        })}
                      </span>
                    )}
                  </th>
                  {columns.map((column, at) => (
                    <Cell
                      key={column.id}
                      {...column.cell(skill.id)}
                      tabIndex={skill.id === first && at === 0 ? 0 : -1}
                    />
                  ))}
                  <td className="scale">{gap && <NeedAndHeld gap={gap} />}</td>
                  <td className="words">{gap ? <GapWords gap={gap} say={say} /> : null}</td>
                  <td className="num">{gap && <BusFactor count={gap.busFactor} />}</td>
                </tr>
              );
            })}
          </tbody>
        ))}
      </table>
    </GridKeys>
  );
}

type CellFacts = {
  tint: string;
  text: string;
  letter?: string;
  strong?: boolean;
  weak?: boolean;
  label: string;
};
type Column = { id: string; head: React.ReactNode; title: string; cell: (skillId: string) => CellFacts };

function Cell({ tint, text, letter, strong, weak, label, tabIndex }: CellFacts & { tabIndex: number }) {
  const classes = ["cell", tint, strong ? "must" : "", weak ? "weak" : ""].filter(Boolean).join(" ");
  return (
    <td className={classes} tabIndex={tabIndex}>
      <span aria-hidden="true">{text}</span>
      {letter && <small aria-hidden="true">{letter}</small>}
      <span className="sr-only">{label}</span>
    </td>
  );
}

function roleColumns(
  team: Team,
  report: TeamReport,
  view: MatrixView,
  base: string,
  say: SayOf<"team">,
): Column[] {
  const gaps = new Map(report.gaps.map((gap) => [gap.skillId, gap]));
  return report.roles.map((role) => ({
    id: role.id,
    title: role.name,
    head: (
      <Link
        href={`${writeView(base, { ...view, role: role.id })}#role`}
        className="act"
        prefetch={false}
        scroll={false}
      >
        <b>{role.id}</b> <span>{sayResponsibility(role)}</span>
        <span className="sr-only">
          {say("matrix.roleHead", { role: role.name, minimum: role.share ? "yes" : "no" })}
        </span>
      </Link>
    ),
    cell: (skillId) => {
      const requirement = role.requirements.find((one) => one.skillId === skillId);
      if (!requirement) return { tint: "l0", text: "·", label: say("notRequired") };
      const { level, importance } = requirement;
      if (importance === "could" && !view.withCould) {
        return { tint: "l0", text: "", label: say("cell.hidden") };
      }
      const letter = say(`importanceLetter.${importance}`);
      const word = say(`importance.${importance}`);
      const strong = importance === "must";
      if (view.show === "required") {
        const label = say("cell.required", {
          level: nameLevel(team, level),
          importance: word,
          raised: requirement.raisedBy.length > 0 ? "yes" : "no",
        });
        return { tint: `l${level}`, text: String(level), letter, strong, label };
      }
      const gap = gaps.get(skillId);
      if (gap && !gap.assessed) return { tint: "l0", text: "–", label: say("notAssessed") };
      if (!gap) return { tint: "l0", text: "", label: say("cell.notNeeded") };
      const short = Math.max(0, level - gap.covered);
      if (short === 0) {
        return { tint: "l0", text: "0", letter, label: say("cell.covered", { importance: word }) };
      }
      return {
        tint: `short${Math.min(3, short)}`,
        text: String(short),
        letter,
        strong,
        label: say("cell.short", { levels: short, importance: word }),
      };
    },
  }));
}

function nameLevel(team: Team, level: number): string {
  return team.levels[level]?.name ?? String(level);
}

function peopleColumns(team: Team, view: MatrixView, base: string, say: SayOf<"team">): Column[] {
  const place = new Map(team.skills.map((skill, at) => [skill.id, at]));
  return team.people.map((person) => ({
    id: person.id,
    title: person.alias,
    head: (
      <a href={`${writeView(base, view)}#person-${person.id}`} className="act">
        <b>{person.alias}</b>
        <span>{person.roleId ?? say("noRole")}</span>
      </a>
    ),
    cell: (skillId) => {
      const counted = person.counted[place.get(skillId) ?? -1] ?? null;
      if (!counted) return { tint: "l0", text: "–", label: say("notAssessed") };
      return {
        tint: `l${counted.level}`,
        text: String(counted.level),
        letter: say(`sourceLetter.${counted.source}`),
        weak: counted.stale,
        label: say("cell.held", {
          level: nameLevel(team, counted.level),
          source: counted.source,
          rated: counted.rated,
          stale: counted.stale ? "yes" : "no",
        }),
      };
    },
  }));
}

export function sayResponsibility({ responsibility: { from, to } }: TeamReport["roles"][number]): string {
  return from === to ? `R${from}` : `R${from}–R${to}`;
}

function ScaleHead() {
  return (
    <svg className="mark" width="84" height="11" viewBox="0 0 84 11" aria-hidden="true">
      {[0, 1, 2, 3, 4].map((level) => (
        <text key={level} x={6 + level * 18} y="10" textAnchor="middle">
          {level}
        </text>
      ))}
    </svg>
  );
}
