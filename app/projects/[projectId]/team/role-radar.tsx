import { FigureExport } from "#app/_components/figure-export.tsx";
import { Table } from "#app/_components/table.tsx";
import { readWords } from "#app/_words/server.ts";
import { sayResponsibility } from "./matrix.tsx";
import type { Team, TeamReport } from "./team-data.ts";

const SIZE = 264;
const CENTRE = SIZE / 2;
const REACH = 96;

/** One role: the outline is required, the area is held by the team, red is what lies between. */
export async function RoleRadar({
  team,
  report,
  roleId,
}: {
  team: Team;
  report: TeamReport;
  roleId: string;
}) {
  const { say } = await readWords("team");
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
  const reading = say("radar.reading", {
    count: spokes.length,
    known: known.length,
    short: short.length,
  });
  return (
    <figure className="figure radar" id="role">
      <figcaption>
        <span className="title">{role.name}</span>
        <FigureExport name={say("radar.file", { role: role.name })} />
      </figcaption>
      <p className="reading">{reading}</p>
      <div className="plot">
        <svg
          width={SIZE}
          height={SIZE}
          viewBox={`0 0 ${SIZE} ${SIZE}`}
          role="img"
          aria-label={say("radar.label", { role: role.name, reading })}
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
        <summary>{say("radar.table")}</summary>
        <Table
          caption={say("radar.caption", { role: role.name })}
          columns={[
            { head: say("skill") },
            { head: say("required"), numeric: true },
            { head: say("held"), numeric: true },
          ]}
          rows={spokes.map(({ skillId, level, held }) => ({
            key: skillId,
            cells: [skillId, level, held ?? say("notAssessed")],
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
