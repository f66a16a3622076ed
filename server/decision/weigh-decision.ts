import type { Answers } from "#server/brief/schema.ts";
import { countLanguages, type LanguageCost } from "./count-languages.ts";
import { findPairs, type PairSearch } from "./find-pairs.ts";
import { judgeRisks, type OptionRisk } from "./judge-risks.ts";
import type { Decision, LayerResult, RuleSet } from "./schema.ts";
import { type Weighing, weighRules } from "./weigh-rules.ts";

export type WeighedLayer = {
  layer: string;
  /** Null without a pick. */
  weighing: Weighing | null;
  /** Null where a single answer already flips it, or where the lead is wide. */
  pairs: PairSearch | null;
  risks: { option: string; risks: OptionRisk[] }[];
  /** Questions nobody has answered whose answer alone would change the pick. */
  decisive: string[];
  /** What the best buildable option scores less than the pick; null where they are the same or one is missing. */
  teamGivesUp: number | null;
};

export type WeighedDecision = {
  layers: WeighedLayer[];
  languages: { ideal: LanguageCost; team: LanguageCost };
};

/** How firmly each pick stands, and what it costs beside its fitness. */
export function weighDecision(ruleSet: RuleSet, given: Answers, decision: Decision): WeighedDecision {
  const present = decision.layers.filter((layer) => layer.status !== "not_applicable");
  return {
    layers: present.map((result) => weighLayer(ruleSet, given, result)),
    languages: {
      ideal: countLanguages(ruleSet, present, given, "ideal"),
      team: countLanguages(ruleSet, present, given, "team"),
    },
  };
}

function weighLayer(ruleSet: RuleSet, given: Answers, result: LayerResult): WeighedLayer {
  const layer = ruleSet.layers.find((one) => one.id === result.layer);
  const risks = layer ? judgeRisks(ruleSet, layer, given) : new Map<string, OptionRisk[]>();
  const unknown = result.flips.filter((flip) => flip.from === "unknown").map((flip) => flip.question);
  const scoreOf = (option: string | null) => result.scores.find((one) => one.option === option)?.score;
  const [ideal, team] = [scoreOf(result.pick), scoreOf(result.teamPick)];
  return {
    layer: result.layer,
    weighing: weighRules(result),
    pairs: findPairs(ruleSet, given, result),
    risks: [...risks].map(([option, found]) => ({ option, risks: found })),
    decisive: [...new Set(unknown)],
    teamGivesUp:
      ideal === undefined || team === undefined || result.pick === result.teamPick
        ? null
        : Math.round((ideal - team) * 10) / 10,
  };
}
