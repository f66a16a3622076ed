import { sayRoom } from "#server/messages/say.ts";
import type { FileProblem } from "./import-schema.ts";
import { type LevelText, parseLevel } from "./parse-level.ts";
import type { Person, RequiredRole, Skill, SkillCatalogue } from "./schema.ts";

const say = sayRoom("errors");
const sayTeam = sayRoom("team");

export type Known = {
  catalogue: SkillCatalogue;
  roles: Pick<RequiredRole, "id" | "name">[];
  people: Pick<Person, "alias">[];
};

export function readSkill(
  id: string,
  name: string | null,
  at: { row: number; id: number; name: number },
  { catalogue }: Known,
  complain: Complain,
): Skill | null {
  const skill = catalogue.skills.find((one) => same(one.id, id));
  if (!skill) {
    complain("SKILL_UNKNOWN", at.row, at.id, { word: asText(id) });
    return null;
  }
  // A column that was sorted alone would move every level to another skill.
  if (name !== null && asText(name) !== "" && !same(name, skill.name)) {
    complain("SKILL_NAME", at.row, at.name, { word: `${skill.id} ${asText(name)}`, name: skill.name });
    return null;
  }
  return skill;
}

export function readLevel(
  text: string,
  skill: Skill,
  row: number,
  column: number,
  { catalogue }: Known,
  complain: Complain,
): LevelText | null {
  const parsed = parseLevel(asText(text), catalogue.levels);
  if (!parsed.ok) {
    complain(parsed.mistake.code, row, column, parsed.mistake);
    return null;
  }
  const { level } = parsed.value;
  if (level !== null && level > 0 && skill.anchors[level - 1] === null) {
    complain("LEVEL_UNDEFINED", row, column, { word: skill.id, name: String(level) });
    return null;
  }
  return parsed.value;
}

export type CellCode =
  | "COLUMN_TWICE"
  | "COLUMN_UNKNOWN"
  | "FORMULA"
  | "HEADER_MISSING"
  | "IMPORTANCE_UNKNOWN"
  | "LEVEL_MISMATCH"
  | "LEVEL_RANGE"
  | "LEVEL_UNDEFINED"
  | "LEVEL_UNREADABLE"
  | "NAME_CHARACTERS"
  | "PERSON_TWICE"
  | "REQUIREMENT_TWICE"
  | "ROLE_UNKNOWN"
  | "SKILL_NAME"
  | "SKILL_TWICE"
  | "SKILL_UNKNOWN";
export type Complain = (
  code: CellCode,
  row: number,
  column: number | null,
  values: { word?: string; name?: string },
) => void;

/** Rows count from 1 as a spreadsheet shows them, columns are letters. */
export function complainIn(sheet: string | null, problems: FileProblem[]): Complain {
  return (code, row, column, { word = "", name = "" }) => {
    const cell =
      column === null
        ? sayTeam("place.row", { row: String(row) })
        : sayTeam("place.cell", { row: String(row), column: letterOf(column) });
    const place = sheet === null ? cell : sayTeam("place.sheet", { sheet, place: cell });
    const values = { place, word: shorten(word), name: shorten(name) };
    const message = code === "FORMULA" ? say("FORMULA.text", values) : say(`MATRIX_INVALID.${code}`, values);
    problems.push({ code, path: place, message });
  };
}

function letterOf(index: number): string {
  const [rest, last] = [Math.floor(index / 26), String.fromCharCode(65 + (index % 26))];
  return rest === 0 ? last : letterOf(rest - 1) + last;
}

/** What people typed is shown, but not a page of it, and nothing that turns the line around. */
function shorten(word: string): string {
  const plain = word.replaceAll(/[\p{Cc}\p{Cf}]/gu, "�");
  return plain.length > 120 ? `${plain.slice(0, 119)}…` : plain;
}

/** One line, in one normal form, without the apostrophe that keeps a spreadsheet from running it. */
export function asText(cell: string): string {
  return cell
    .normalize("NFC")
    .replaceAll(/ ?\r?\n ?/g, " ")
    .replace(/^'(?=[=+\-@＝＋－＠])/, "")
    .trim();
}

export function same(a: string, b: string): boolean {
  return asText(a).toLowerCase() === asText(b).toLowerCase();
}
