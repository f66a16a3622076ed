import type { SayOf } from "#server/messages/say.ts";
import type { Importance, RatingSource } from "#server/team/schema.ts";
import type { By, Show } from "./read-view.ts";

export type AskedLevel = { level: number; importance: Importance; origin: "hand" | "raised" | "table" };
export type HeldLevel = { level: number; rated: number; source: RatingSource; stale: boolean };

/** What one cell is drawn from. */
export type CellInput = {
  asked: AskedLevel | null;
  held: HeldLevel | null;
  /** Of how many people the held level is the best, where a column is a role. */
  people: number;
};
export type CellFace = {
  tint: string;
  text: string;
  letter: string;
  classes: string;
  /** State in words, behind skill and column. */
  label: string;
  /** On the clipboard. */
  value: string;
};
export type FaceWords = { say: SayOf<"team">; levels: string[] };

/** A cell as it is seen, heard and copied. */
export function faceOf(input: CellInput, show: Show, by: By, withCould: boolean, words: FaceWords): CellFace {
  if (show === "held") return heldFace(input, by, words);
  const { say } = words;
  const { asked } = input;
  const plain = { tint: "l0", letter: "", classes: "" };
  if (!asked) return { ...plain, text: "·", label: say("notRequired"), value: "x" };
  if (asked.importance === "could" && !withCould) {
    return { ...plain, text: "", label: say("cell.hidden"), value: "" };
  }
  return show === "required" ? askedFace(asked, input, words) : gapFace(asked, input, words);
}

function askedFace(asked: AskedLevel, { held }: CellInput, { say, levels }: FaceWords): CellFace {
  const { level, importance, origin } = asked;
  const letter = say(`importanceLetter.${importance}`);
  return {
    tint: `l${level}`,
    text: String(level),
    letter,
    classes: [importance === "must" ? "must" : "", origin === "hand" ? "hand" : ""].filter(Boolean).join(" "),
    label: say("cell.required", {
      level: String(level),
      name: levels[level] ?? "",
      importance: say(`importance.${importance}`),
      origin,
      gap: sayGap(level, held, say),
    }),
    value: `${level}${letter}`,
  };
}

function gapFace(asked: AskedLevel, { held }: CellInput, { say, levels }: FaceWords): CellFace {
  const { level, importance } = asked;
  const letter = say(`importanceLetter.${importance}`);
  const short = held ? Math.max(0, level - held.level) : null;
  const label = say("cell.gap", {
    level: String(level),
    name: levels[level] ?? "",
    importance: say(`importance.${importance}`),
    gap: short === 0 ? say("cell.shortZero") : sayGap(level, held, say),
  });
  if (short === null) return { tint: "l0", text: "–", letter: "", classes: "", label, value: "x" };
  return {
    tint: short === 0 ? "l0" : `short${Math.min(3, short)}`,
    text: String(short),
    letter,
    classes: short > 0 && importance === "must" ? "must" : "",
    label,
    value: String(short),
  };
}

function heldFace({ held, people, asked }: CellInput, by: By, { say, levels }: FaceWords): CellFace {
  if (!held) {
    const label = asked ? say("cell.unassessed", sayAsked(asked, say)) : say("notAssessed");
    return { tint: "l0", text: "–", letter: "", classes: "", label, value: "x" };
  }
  const { level, source, rated, stale } = held;
  const facts = { level: String(level), name: levels[level] ?? "", stale: stale ? "yes" : "no" };
  const gap = asked ? sayGap(asked.level, held, say) : "";
  return {
    tint: `l${level}`,
    text: String(level),
    letter: by === "people" ? say(`sourceLetter.${source}`) : people > 1 ? String(people) : "",
    classes: stale ? "weak" : "",
    label:
      by === "people"
        ? say("cell.held", {
            ...facts,
            source,
            rated,
            asked: asked ? "yes" : "no",
            ...sayAsked(asked, say),
            gap,
          })
        : say("cell.heldByRole", { ...facts, count: people }),
    value: String(level),
  };
}

function sayAsked(asked: AskedLevel | null, say: SayOf<"team">): { needs: string; importance: string } {
  return {
    needs: String(asked?.level ?? ""),
    importance: asked ? say(`importance.${asked.importance}`) : "",
  };
}

function sayGap(level: number, held: HeldLevel | null, say: SayOf<"team">): string {
  if (!held) return say("notAssessed");
  const levels = Math.max(0, level - held.level);
  return levels > 0 ? say("gapState.short", { levels }) : say("gapState.covered");
}
