import { catalogueHead } from "./export-catalogue-csv.ts";
import type { FileProblem } from "./import-schema.ts";
import { asText, type Complain, complainIn, readLevel, same } from "./read-cells.ts";
import type { Requirement, Skill, SkillCatalogue } from "./schema.ts";

export type ReadCatalogue = { ok: true; document: unknown } | { ok: false; problems: FileProblem[] };
type Cells = (head: string) => string | null;

/**
 * The rows of a catalogue file on top of the catalogue in force. The file is the whole list of skills: one that it does
 * not name is gone. A column it does not have leaves what is there; levels, overlays and policies stay.
 */
export function interpretCatalogue(
  rows: string[][],
  present: SkillCatalogue,
  version: string,
): ReadCatalogue {
  const problems: FileProblem[] = [];
  const complain = complainIn(null, problems);
  const [head = [], ...body] = rows;
  const heads = catalogueHead();
  const [idHead = ""] = heads;
  const idAt = head.findIndex((cell) => same(cell, idHead));
  if (idAt < 0) complain("HEADER_MISSING", 1, null, { word: idHead });
  const roles = head.map((cell, at) => {
    if (heads.some((name) => same(cell, name)) || cell.trim() === "") return null;
    const role = present.roles.find(({ id, name }) => same(cell, id) || same(cell, name));
    if (!role) complain("ROLE_UNKNOWN", 1, at, { word: asText(cell) });
    return role ?? null;
  });
  const asked = new Map<string, Requirement[]>();
  const skills: unknown[] = [];
  const seen = new Set<string>();
  for (const [index, row] of body.entries()) {
    if (idAt < 0 || row.every((cell) => cell.trim() === "")) continue;
    const cells: Cells = (name) => {
      const at = head.findIndex((cell) => same(cell, name));
      return at < 0 ? null : asText(row[at] ?? "");
    };
    const skill = readSkillRow(cells, heads, present);
    if (seen.has(skill.id)) complain("SKILL_TWICE", index + 2, idAt, { word: skill.id });
    seen.add(skill.id);
    skills.push(skill);
    for (const [at, role] of roles.entries()) {
      if (!role) continue;
      const found = readAsked(
        row[at] ?? "",
        skill as Skill,
        { row: index + 2, column: at },
        present,
        complain,
      );
      if (found) asked.set(role.id, [...(asked.get(role.id) ?? []), found]);
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  const isColumn = (id: string) => roles.some((role) => role?.id === id);
  const document = {
    ...present,
    version,
    skills,
    roles: present.roles.map((role) => ({
      ...role,
      requirements: isColumn(role.id)
        ? (asked.get(role.id) ?? []).sort((a, b) => (a.skillId < b.skillId ? -1 : 1))
        : role.requirements.filter(({ skillId }) => seen.has(skillId)),
    })),
  };
  return { ok: true, document };
}

function readSkillRow(cells: Cells, heads: string[], { skills, groups }: SkillCatalogue) {
  const [idHead = "", nameHead = "", groupHead = "", aboutHead = ""] = heads;
  const [toolsHead = "", namesHead = ""] = heads.slice(-2);
  const id = (cells(idHead) ?? "").toUpperCase();
  const known = skills.find((skill) => skill.id === id);
  const list = (text: string | null) => text?.split(";").flatMap((part) => part.trim() || []) ?? null;
  const group = cells(groupHead);
  return {
    id,
    name: cells(nameHead) ?? known?.name ?? "",
    group:
      group === null
        ? known?.group
        : (groups.find(({ id, name }) => same(id, group) || same(name, group))?.id ?? group),
    description: cells(aboutHead) ?? known?.description ?? "",
    anchors: heads.slice(4, 8).map((head, at) => {
      const text = cells(head);
      if (text === null) return known?.anchors[at] ?? null;
      // A level that does not exist for a skill is written as a dash, or left empty.
      return /^[-–—]?$/.test(text) ? null : text;
    }),
    toolTags: list(cells(toolsHead)) ?? known?.toolTags ?? [],
    altLabels: list(cells(namesHead)) ?? known?.altLabels ?? [],
    guides: known?.guides ?? [],
    technologies: known?.technologies ?? [],
  };
}

function readAsked(
  text: string,
  skill: Skill,
  { row, column }: { row: number; column: number },
  catalogue: SkillCatalogue,
  complain: Complain,
): Requirement | null {
  const value = readLevel(text, skill, row, column, { catalogue, roles: [], people: [] }, complain);
  if (!value || value.level === null || value.level === 0) return null;
  return { skillId: skill.id, level: value.level, importance: value.importance ?? "should" };
}

/** The next version for somebody who did not name one: 1.2.3 becomes 1.3.0. */
export function nextVersion(version: string): string {
  const [major = "1", minor = "0"] = version.split(".");
  return `${major}.${Number(minor) + 1}.0`;
}
