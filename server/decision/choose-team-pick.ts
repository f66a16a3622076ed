import { type AnswerValue, UNKNOWN } from "#server/brief/schema.ts";
import type { Layer, LayerResult, TeamFit } from "./schema.ts";

/**
 * The best option that is left and that this team can build. Among equals the first one of the layer's own list,
 * which runs from least to most to operate.
 */
export function chooseTeamPick(
  layer: Layer,
  left: LayerResult["scores"],
  pick: string | null,
  langs: AnswerValue,
): { teamPick: string | null; teamFit: TeamFit } {
  if (langs === UNKNOWN || !Array.isArray(langs)) return { teamPick: null, teamFit: "languages_unknown" };
  const buildable = left.filter((score) => canBuild(layer, score.option, langs));
  const best = Math.max(...buildable.map((score) => score.score));
  const order = layer.options.map((option) => option.id);
  const [teamPick = null] = buildable
    .filter((score) => score.score === best)
    .map((score) => score.option)
    .sort((a, b) => order.indexOf(a) - order.indexOf(b));
  if (teamPick === null) return { teamPick, teamFit: "none" };
  if (pick === null) return { teamPick, teamFit: "no_pick" };
  return { teamPick, teamFit: teamPick === pick ? "same" : "differs" };
}

function canBuild(layer: Layer, optionId: string, langs: string[]): boolean {
  const languages = layer.options.find((option) => option.id === optionId)?.languages ?? [];
  return languages.some((language) => language === "any" || langs.includes(language));
}
