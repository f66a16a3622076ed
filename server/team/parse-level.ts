import { sayRoom } from "#server/messages/say.ts";
import type { Importance, RatingSource, SkillCatalogue } from "./schema.ts";

const sayTeam = sayRoom("team");

export type LevelText = { level: number | null; importance: Importance | null; source: RatingSource | null };
type Mistake =
  | { code: "LEVEL_RANGE" | "LEVEL_UNREADABLE" | "IMPORTANCE_UNKNOWN" | "FORMULA"; word: string }
  | { code: "LEVEL_MISMATCH"; word: string; name: string };
export type ParsedLevel = { ok: true; value: LevelText } | { ok: false; mistake: Mistake };

const NOTHING = new Set(["", "-", "–", "—", "·", "x"]);
const IMPORTANCES: Importance[] = ["must", "should", "could"];
const SOURCES: RatingSource[] = ["self", "peer", "manager", "evidence"];
/** What runs as a formula in a spreadsheet; a lone dash means "none" and was looked at before. */
const FORMULA_START = /^[=+@＝＋＠]|^[-－]./;

/**
 * `3 Practitioner, must`, `3M`, `3`, `Practitioner`, `not required`, `2 Working, self-rated 3, stale` -> what it says.
 * Level null: nothing is asked, or nobody assessed it.
 */
export function parseLevel(text: string, levels: SkillCatalogue["levels"]): ParsedLevel {
  const clean = text.normalize("NFC").replaceAll(/\s+/g, " ").trim();
  const nothing = { level: null, importance: null, source: null };
  if (NOTHING.has(clean.toLowerCase()) || isWord(clean, ["notRequired", "notAssessed", "xlsx.notNeeded"])) {
    return { ok: true, value: nothing };
  }
  if (FORMULA_START.test(clean)) return fail({ code: "FORMULA", word: clean });
  const [head = "", ...rest] = clean.split(",").map((part) => part.trim());
  const short = /^(\d+) ?(m|s|c|must|should|could)$/i.exec(head);
  const [, digits = "", name = ""] = short ?? /^(-?\d+(?:\.\d+)?)? ?(.*)$/.exec(head) ?? [];
  const named = levels.find((level) => level.name.toLowerCase() === name.toLowerCase());
  const level = digits === "" ? (named?.level ?? Number.NaN) : Number(digits);
  if (Number.isNaN(level)) return fail({ code: "LEVEL_UNREADABLE", word: clean });
  if (!Number.isInteger(level) || level < 0 || level > 4) return fail({ code: "LEVEL_RANGE", word: clean });
  const value: LevelText = { ...nothing, level };
  if (short) value.importance = IMPORTANCES.find((one) => one.startsWith(name.toLowerCase())) ?? null;
  else if (name !== "" && named?.level !== level) {
    const known = levels.find((one) => one.level === level)?.name ?? "";
    return fail({ code: "LEVEL_MISMATCH", word: clean, name: known });
  }
  for (const word of rest) {
    const mistake = readRemark(word, value);
    if (mistake) return fail(mistake);
  }
  return { ok: true, value };
}

/** What may stand behind the level. A self-rating shows the counted level first; what was said is the rating. */
function readRemark(word: string, value: LevelText): Mistake | null {
  const lower = word.toLowerCase();
  const importance = IMPORTANCES.find((one) => lower === one || lower === sayTeam(`importance.${one}`));
  if (importance) {
    value.importance = importance;
    return null;
  }
  const self = /^(?:self|self-rated) ?(\d)?$/.exec(lower);
  if (self) {
    value.source = "self";
    if (self[1] === undefined) return null;
    value.level = Number(self[1]);
    return value.level <= 4 ? null : { code: "LEVEL_RANGE", word };
  }
  const source = SOURCES.find((one) => lower === one);
  if (source) value.source = source;
  return source || isWord(word, ["stale"]) ? null : { code: "IMPORTANCE_UNKNOWN", word };
}

function isWord(text: string, keys: ("notRequired" | "notAssessed" | "stale" | "xlsx.notNeeded")[]): boolean {
  return keys.some((key) => text.toLowerCase() === sayTeam(key).toLowerCase());
}

function fail(mistake: Mistake): ParsedLevel {
  return { ok: false, mistake };
}
