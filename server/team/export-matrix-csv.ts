import { sayRoom } from "#server/messages/say.ts";
import type {
  CalendarDate,
  Importance,
  RequiredRole,
  RoleRequirement,
  SkillCatalogue,
  SkillLevel,
} from "./schema.ts";

// No byte order mark: programs read this file and would find it inside the first heading. Our own words are ASCII;
// whoever opens it in a spreadsheet is better served by the XLSX.

const say = sayRoom("team");

export const IMPORTANCE_WEIGHTS: Record<Importance, number> = { must: 3, should: 2, could: 1 };

export interface MatrixQuestion {
  catalogue: SkillCatalogue;
  roles: RequiredRole[];
  asOf: CalendarDate;
}

/** One row a skill, one column a role; a cell holds the level's number and name and the importance. */
export function writeWideCsv({ catalogue, roles }: MatrixQuestion): string {
  const head = [say("csv.skillId"), say("skill"), say("csv.group"), ...roles.map((role) => role.name)];
  const rows = skillsInOrder(catalogue).map((skill) => [
    skill.id,
    skill.name,
    groupName(catalogue, skill.group),
    ...roles.map((role) => {
      const requirement = role.requirements.find((r) => r.skillId === skill.id);
      return requirement ? labelRequirement(catalogue, requirement) : say("notRequired");
    }),
  ]);
  return toCsv([head, ...rows]);
}

/** One row a requirement, in the shape that capability frameworks exchange. */
export function writeLongCsv({ catalogue, roles, asOf }: MatrixQuestion): string {
  const rows = roles.flatMap((role) =>
    skillsInOrder(catalogue).flatMap((skill) => {
      const requirement = role.requirements.find((r) => r.skillId === skill.id);
      if (!requirement) return [];
      return [
        [
          role.family,
          role.name,
          labelResponsibility(role),
          skill.id,
          skill.name,
          skill.description,
          labelLevel(catalogue, requirement.level),
          skill.anchors[requirement.level - 1] ?? "",
          requirement.importance,
          IMPORTANCE_WEIGHTS[requirement.importance],
          describeSource(catalogue, requirement),
          asOf,
        ],
      ];
    }),
  );
  return toCsv([say("csv.long").split(","), ...rows]);
}

export function skillsInOrder({ groups, skills }: SkillCatalogue) {
  return groups.flatMap((group) => skills.filter((skill) => skill.group === group.id));
}

export function groupName({ groups }: SkillCatalogue, id: string): string {
  return groups.find((group) => group.id === id)?.name ?? id;
}

export function labelLevel({ levels }: SkillCatalogue, level: SkillLevel): string {
  return `${level} ${levels[level]?.name ?? ""}`;
}

export function labelRequirement(
  catalogue: SkillCatalogue,
  { level, importance }: Pick<RoleRequirement, "level" | "importance">,
): string {
  return say("csv.requirement", {
    level: labelLevel(catalogue, level),
    importance: say(`importance.${importance}`),
  });
}

export function labelResponsibility({ responsibility: { from, to } }: RequiredRole): string {
  return from === to ? `R${from}` : `R${from}-R${to}`;
}

function describeSource({ version }: SkillCatalogue, { raisedBy }: RoleRequirement): string {
  const raised = raisedBy.join(say("nextInList"));
  return say("csv.roleTable", { version, isRaised: raisedBy.length > 0 ? "yes" : "no", raised });
}

/** RFC 4180: comma, CRLF, quotes doubled. */
export function toCsv(rows: (string | number)[][]): string {
  return rows.map((row) => `${row.map(toCell).join(",")}\r\n`).join("");
}

/**
 * A spreadsheet runs text that begins with one of these as a formula; an apostrophe in front keeps it text.
 * Numbers are ours and stay numbers, so that -5 stays -5.
 */
const FORMULA_START = /^[=+\-@\t\r\n\0＝＋－＠]/;

function toCell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const safe = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
