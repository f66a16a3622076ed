import { DisplayName } from "#server/brief/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { FileContent, FileProblem, FileTable, ReadContent } from "./import-schema.ts";
import { interpretLong, isLong } from "./interpret-long.ts";
import { asText, type Complain, complainIn, type Known, readLevel, readSkill, same } from "./read-cells.ts";
import type { RequiredRole } from "./schema.ts";

const sayTeam = sayRoom("team");

/** The header stands in one of the first rows: our workbook has a title above it. */
const HEADER_WITHIN = 10;

/**
 * The tables of a file -> what they say, or everything that is wrong with them. A CSV is one table, wide or long; of a
 * workbook the sheets Matrix and Team are read, or the first where it has neither.
 */
export function interpretMatrix(tables: FileTable[], known: Known): ReadContent {
  const ours = [sayTeam("xlsx.sheet.matrix"), sayTeam("xlsx.sheet.team")];
  const named = tables.filter(({ sheet }) => sheet === null || ours.includes(sheet));
  const content: FileContent = { requirements: [], ratings: [], aliases: [] };
  const problems: FileProblem[] = [];
  for (const table of named.length > 0 ? named : tables.slice(0, 1)) {
    if (isLong(table)) interpretLong(table, known, content, problems);
    else interpretWide(table, known, content, problems);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, content };
}

type Column =
  | { kind: "role"; roleId: RequiredRole["id"] | null; name: string }
  | { kind: "person"; alias: string; name: string };

function interpretWide(
  { sheet, rows }: FileTable,
  known: Known,
  content: FileContent,
  problems: FileProblem[],
): void {
  const complain = complainIn(sheet, problems);
  const headAt = rows.findIndex((row, at) => at < HEADER_WITHIN && row.some((cell) => same(cell, idHead())));
  if (headAt < 0) {
    complain("HEADER_MISSING", 1, null, { word: idHead() });
    return;
  }
  const head = rows[headAt] ?? [];
  const idAt = head.findIndex((cell) => same(cell, idHead()));
  const nameAt = head.findIndex((cell) => same(cell, sayTeam("skill")));
  const columns = readColumns(head, headAt, sheet, known, complain);
  content.aliases.push(...columns.flatMap((column) => (column?.kind === "person" ? [column.alias] : [])));
  const seen = new Set<string>();
  for (const [at, row] of rows.entries()) {
    if (at <= headAt || row.every((cell) => cell.trim() === "")) continue;
    const skill = readSkill(
      row[idAt] ?? "",
      row[nameAt] ?? null,
      { row: at + 1, id: idAt, name: nameAt },
      known,
      complain,
    );
    if (!skill) continue;
    if (seen.has(skill.id)) complain("SKILL_TWICE", at + 1, idAt, { word: skill.id });
    seen.add(skill.id);
    for (const [index, column] of columns.entries()) {
      if (!column) continue;
      const value = readLevel(row[index] ?? "", skill, at + 1, index, known, complain);
      if (!value) continue;
      const { level, importance, source } = value;
      if (column.kind === "person")
        content.ratings.push({ alias: column.alias, skillId: skill.id, level, source });
      else content.requirements.push({ roleId: column.roleId, skillId: skill.id, level, importance });
    }
  }
}

const idHead = () => sayTeam("csv.skillId");

/** Null for what is computed or only explains: it is not read back. */
function readColumns(
  head: string[],
  headAt: number,
  sheet: string | null,
  { roles, people }: Known,
  complain: Complain,
): (Column | null)[] {
  const explaining = [idHead(), ...[sayTeam("skill"), sayTeam("csv.group")], sayTeam("held"), sayTeam("gap")];
  const isTeamSheet = sheet === sayTeam("xlsx.sheet.team");
  const twice = new Set<string>();
  return head.map((cell, index): Column | null => {
    const name = asText(cell);
    if (name === "" || [...explaining, sayTeam("busFactor")].some((word) => same(name, word))) return null;
    const key = name.toLowerCase();
    const isPerson = people.some(({ alias }) => same(alias, name));
    if (twice.has(key)) {
      complain(isPerson || isTeamSheet ? "PERSON_TWICE" : "COLUMN_TWICE", headAt + 1, index, { word: name });
      return null;
    }
    twice.add(key);
    if (!isTeamSheet && same(name, sayTeam("xlsx.neededHere"))) return { kind: "role", roleId: null, name };
    const role = roles.find(({ id, name: full }) => isRole(name, id, full));
    if (role && !isTeamSheet) return { kind: "role", roleId: role.id, name };
    if (isPerson || isTeamSheet) {
      const alias = DisplayName.safeParse(isPerson ? name : cell.replace(/^'(?=[=+\-@＝＋－＠])/, ""));
      if (alias.success) {
        if (people.filter((person) => same(person.alias, name)).length < 2)
          return { kind: "person", alias: alias.data, name };
        complain("PERSON_TWICE", headAt + 1, index, { word: name });
        return null;
      }
      complain("NAME_CHARACTERS", headAt + 1, index, { word: alias.error.issues[0]?.message ?? "" });
      return null;
    }
    complain("COLUMN_UNKNOWN", headAt + 1, index, { word: name });
    return null;
  });
}

/** `Senior ML Engineer`, `MLE` or `Senior ML Engineer (MLE, R4)`. */
function isRole(text: string, id: string, name: string): boolean {
  return (
    same(text, id) ||
    same(text, name) ||
    text.toLowerCase().startsWith(`${name.toLowerCase()} (${id.toLowerCase()}`)
  );
}
