import { sayRoom } from "#server/messages/say.ts";
import { describeTeam } from "./describe-team.ts";
import { escapeMarkdown, toJson } from "./export-job.ts";
import { labelLevel, labelRequirement, skillsInOrder } from "./export-matrix-csv.ts";
import { labelGap } from "./label-gap.ts";
import { nameHolder } from "./name-holder.ts";
import { sayMoney, sayTotal, type TeamExport } from "./set-team-paper.ts";

const say = sayRoom("staffing");
const sayTeam = sayRoom("team");

/** Everything as data: ids, levels as numbers, and the words beside them. */
export function writeTeamJson({
  projectName,
  catalogue,
  people,
  asOf,
  pilotStart,
  report,
  hiring,
}: TeamExport): string {
  return toJson({
    schemaVersion: 1,
    project: projectName,
    asOf,
    pilotStart,
    catalogue: { version: catalogue.version, levels: catalogue.levels, skills: catalogue.skills },
    roles: report.roles,
    requirements: report.requirements,
    people,
    gaps: hiring.gaps,
    hiringPlan: { lines: hiring.lines, total: hiring.total, assumptions: hiring.assumptions },
    coverage: hiring.coverage,
  });
}

export function writeTeamMarkdown(team: TeamExport): string {
  const { catalogue, report, hiring, people } = team;
  const matrix = skillsInOrder(catalogue).map((skill) => {
    const gap = report.gaps.find((one) => one.skillId === skill.id);
    return [
      `${skill.id} ${skill.name}`,
      ...report.roles.map((role) => {
        const found = role.requirements.find((one) => one.skillId === skill.id);
        return found ? labelRequirement(catalogue, found) : "·";
      }),
      gap ? labelLevel(catalogue, gap.required) : "",
      gap ? (gap.assessed ? labelLevel(catalogue, gap.covered) : sayTeam("notAssessed")) : "",
      gap ? labelGap(gap) : "",
      gap ? String(gap.busFactor) : "",
    ];
  });
  const plan = hiring.lines.map((line) => [
    sayTeam(`action.${line.action}`),
    nameHolder(line, team),
    line.skillIds.join(", "),
    line.startBy ?? "–",
    line.rationale,
    line.mustHave.join(", "),
    line.niceToHave.join(", "),
    [line.cost.pilot ? sayMoney(line.cost.pilot) : "", line.cost.how].filter(Boolean).join(". "),
  ]);
  return [
    `# ${escapeMarkdown(say("paper.team", { project: team.projectName }))}`,
    "",
    escapeMarkdown(describeTeam(report, people.length)),
    "",
    `## ${say("paper.plan")}`,
    "",
    ...(plan.length === 0
      ? [say("paper.planEmpty")]
      : [
          ...table(
            ["how", "who", "closes", "beginBy", "because", "must", "nice", "cost"].map((key) =>
              say(`paper.col.${key as "how"}`),
            ),
            plan,
          ),
          "",
          escapeMarkdown(sayTotal(hiring)),
        ]),
    "",
    `## ${say("paper.gaps")}`,
    "",
    ...hiring.gaps.map(
      (gap) => `- ${gap.skillId}, ${sayTeam(`severity.${gap.severity}`)}: ${escapeMarkdown(gap.why)}`,
    ),
    "",
    `## ${say("paper.matrix")}`,
    "",
    ...table(
      [
        say("paper.col.skill"),
        ...report.roles.map((role) => role.name),
        say("paper.col.needed"),
        say("paper.col.held"),
        say("paper.col.gap"),
        say("paper.col.busFactor"),
      ],
      matrix,
    ),
    "",
    `## ${say("paper.assumptions")}`,
    "",
    ...hiring.assumptions.map((line) => `- ${escapeMarkdown(line)}`),
    "",
    `${say("paper.care")} ${sayTeam("xlsx.version", { version: catalogue.version, day: team.asOf })}`,
    "",
  ].join("\n");
}

function table(heads: string[], rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.map(escapeMarkdown).join(" | ")} |`;
  return [line(heads), `|${heads.map(() => "---").join("|")}|`, ...rows.map(line)];
}
