import { sayRoom } from "#server/messages/say.ts";
import type { FileContent, FileProblem, FileTable } from "./import-schema.ts";
import { complainIn, type Known, readLevel, readSkill, same } from "./read-cells.ts";
import type { Importance } from "./schema.ts";

const sayTeam = sayRoom("team");

const longHead = () => sayTeam("csv.long").split(",");
const NEEDED = ["role", "skill id", "skill level", "importance"];

/** The long shape has a row a requirement; its columns are found by name, in any order. */
export function isLong({ rows }: FileTable): boolean {
  const head = rows[0] ?? [];
  return NEEDED.every((name) => head.some((cell) => same(cell, name)));
}

export function interpretLong(
  { sheet, rows }: FileTable,
  known: Known,
  content: FileContent,
  problems: FileProblem[],
): void {
  const complain = complainIn(sheet, problems);
  const head = rows[0] ?? [];
  const at = (name: string) => head.findIndex((cell) => same(cell, name));
  for (const [index, cell] of head.entries()) {
    if (!longHead().some((name) => same(cell, name)) && cell.trim() !== "") {
      complain("COLUMN_UNKNOWN", 1, index, { word: cell });
    }
  }
  const [roleAt, idAt, nameAt, levelAt, importanceAt] = [
    at("role"),
    at("skill id"),
    at("skill name"),
    at("skill level"),
    at("importance"),
  ];
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    if (index === 0 || row.every((cell) => cell.trim() === "")) continue;
    const role = known.roles.find(
      ({ id, name }) => same(row[roleAt] ?? "", name) || same(row[roleAt] ?? "", id),
    );
    if (!role) complain("ROLE_UNKNOWN", index + 1, roleAt, { word: row[roleAt] ?? "" });
    const name = nameAt < 0 ? null : (row[nameAt] ?? null);
    const skill = readSkill(
      row[idAt] ?? "",
      name,
      { row: index + 1, id: idAt, name: nameAt },
      known,
      complain,
    );
    if (!role || !skill) continue;
    const value = readLevel(row[levelAt] ?? "", skill, index + 1, levelAt, known, complain);
    const importance = readImportance(row[importanceAt] ?? "");
    if (importance === undefined) {
      complain("IMPORTANCE_UNKNOWN", index + 1, importanceAt, { word: row[importanceAt] ?? "" });
    }
    const key = `${role.id} ${skill.id}`;
    if (seen.has(key)) complain("REQUIREMENT_TWICE", index + 1, idAt, { word: skill.id, name: role.name });
    seen.add(key);
    if (!value || importance === undefined) continue;
    content.requirements.push({ roleId: role.id, skillId: skill.id, level: value.level, importance });
  }
}

const IMPORTANCES: Importance[] = ["must", "should", "could"];

/** Null where the file leaves it open. */
function readImportance(text: string): Importance | null | undefined {
  if (text.trim() === "") return null;
  return IMPORTANCES.find((one) => same(text, one) || same(text, sayTeam(`importance.${one}`)));
}
