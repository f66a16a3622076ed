import { type Answers, UNKNOWN } from "#server/brief/schema.ts";
import { readAnswer } from "./evaluate-condition.ts";
import type { LayerResult, RuleSet } from "./schema.ts";

/** What the number of languages costs, whatever each layer gains by its own. */
export type LanguageCost = {
  /** The fewest that build all these picks, the team's own first. */
  languages: string[];
  /** Of them, those that nobody on the team writes; each is a line of the hiring plan. Null while the team is unknown. */
  missing: string[] | null;
  /** Person-days a month of handing work over between languages. A house number, to be calibrated. */
  handoffDaysPerMonth: number;
};

/** House default: two person-days a month for each language beyond the first. */
export const HANDOFF_DAYS_PER_LANGUAGE = 2;

type Picked = Pick<LayerResult, "layer" | "pick" | "teamPick">;

/** `ideal` counts what fits best, `team` what this team can build. */
export function countLanguages(
  ruleSet: RuleSet,
  layers: readonly Picked[],
  given: Answers,
  which: "ideal" | "team",
): LanguageCost {
  const needs = layers.flatMap((result) => {
    const option = which === "ideal" ? result.pick : result.teamPick;
    const layer = ruleSet.layers.find((one) => one.id === result.layer);
    const languages = layer?.options.find((one) => one.id === option)?.languages ?? ["any"];
    return languages.includes("any") ? [] : [languages as string[]];
  });
  const answer = readAnswer(given, "langs");
  const held = answer !== UNKNOWN && Array.isArray(answer) ? answer : null;
  const languages = chooseFewest(needs, held ?? []);
  return {
    languages,
    missing: held && languages.filter((language) => !held.includes(language)),
    handoffDaysPerMonth: HANDOFF_DAYS_PER_LANGUAGE * Math.max(0, languages.length - 1),
  };
}

/** Every set of languages, the smallest first and among equals the one with most of the team's; there are 256 at most. */
function chooseFewest(needs: string[][], held: string[]): string[] {
  const all = [...new Set(needs.flat())].sort();
  const sets = Array.from({ length: 2 ** all.length }, (_, bits) => all.filter((_, at) => bits & (1 << at)));
  const missing = (set: string[]) => set.filter((language) => !held.includes(language)).length;
  return (
    sets
      .filter((set) => needs.every((need) => need.some((language) => set.includes(language))))
      .sort((a, b) => a.length - b.length || missing(a) - missing(b))[0] ?? []
  );
}
