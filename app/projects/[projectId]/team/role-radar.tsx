import { FigureExport } from "#app/_components/figure-export.tsx";
import { formatCount } from "#app/_components/format-number.ts";
import { Table } from "#app/_components/table.tsx";
import { sayResponsibility } from "./matrix.tsx";
import type { Team, TeamReport } from "./team-data.ts";

const SIZE = 264;
const CENTRE = SIZE / 2;
const REACH = 96;

/** One role: the outline is required, the area is held by the team, red is what lies between. */
export function RoleRadar({ team, report, roleId }: { team: Team; report: TeamReport; roleId: string }) {
  const role = report.roles.find((one) => one.id === roleId);
  if (!role) return null;
  const spokes = role.requirements
    .filter((requirement) => requirement.importance === "must")
    .map(({ skillId, level }, at, all) => {
      const angle = (2 * Math.PI * at) / all.length - Math.PI / 2;
      return { skillId, level, held: team.held[skillId] ?? null, angle };
    });
  const known = spokes.filter((spoke) => spoke.held !== null);
  const short = known.filter((spoke) => (spoke.held ?? 0) < spoke.level);
  const point = (angle: number, level: number): [number, number] => [
    round(CENTRE + (Math.cos(angle) * REACH * level) / 4),
    round(CENTRE + (Math.sin(angle) * REACH * level) / 4),
  ];
  const ring = (level: (spoke: (typeof spokes)[number]) => number) =>
    `${spokes.map((spoke, at) => `${at ? "L" : "M"}${point(spoke.angle, level(spoke)).join(" ")}`).join("")}Z`;
  const reading = `${formatCount(spokes.length, "must skill")}: outline required, area held. ${
    known.length === 0
      ? "Nothing is assessed yet."
      : short.length === 0
        ? "None is short."
        : `${formatCount(short.length, "is", "are")} short.`
  }`;
  return (
    <figure className="figure radar" id="role">
      <figcaption>
        <span className="title">{role.name}</span>
        <FigureExport name={`${role.name} skills`} />
      </figcaption>
      <p className="reading">{reading}</p>
      <div className="plot">
        <svg
          width={SIZE}
          height={SIZE}
          viewBox={`0 0 ${SIZE} ${SIZE}`}
          role="img"
          aria-label={`${role.name}. ${reading}`}
        >
          {[1, 2, 3, 4].map((level) => (
            <path key={level} d={ring(() => level)} className={level === 4 ? "axis" : "grid"} />
          ))}
          <path d={ring((spoke) => spoke.held ?? 0)} className="fill-heat-2" />
          <path d={ring((spoke) => spoke.level)} className="target" />
          {short.map((spoke) => (
            <path
              key={spoke.skillId}
              d={`M${point(spoke.angle, spoke.held ?? 0).join(" ")}L${point(spoke.angle, spoke.level).join(" ")}`}
              className="stroke-fail"
              strokeWidth="3"
            />
          ))}
          {spokes.map((spoke) => {
            const [px, py] = point(spoke.angle, 4.6);
            return (
              <text
                key={spoke.skillId}
                x={px}
                y={py + 4}
                textAnchor="middle"
                className={short.includes(spoke) ? "strong" : undefined}
              >
                {spoke.skillId}
              </text>
            );
          })}
        </svg>
      </div>
      <p className="source">
        {role.id}, {sayResponsibility(role)}. {role.mission}
      </p>
      <details>
        <summary>Table of this drawing</summary>
        <Table
          caption={`Must skills of the ${role.name}`}
          columns={[{ head: "Skill" }, { head: "Required", numeric: true }, { head: "Held", numeric: true }]}
          rows={spokes.map(({ skillId, level, held }) => ({
            key: skillId,
            cells: [skillId, level, held ?? "not assessed"],
          }))}
        />
      </details>
    </figure>
  );
}

/** Two decimals: the same drawing from server and browser. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
