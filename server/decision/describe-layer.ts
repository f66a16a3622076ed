import { describeNumber } from "#server/brief/describe-answer.ts";
import { joinWords, labelOption } from "./describe-flip.ts";
import type { LayerResult, RuleSet } from "./schema.ts";

/** The layer's answer in one to three sentences, for leads and lists. */
export function describeLayer(ruleSet: RuleSet, result: LayerResult): string {
  const label = (option: string) => labelOption(ruleSet, result.layer, option);
  const best = result.scores[0]?.score ?? 0;
  switch (result.status) {
    case "not_applicable":
      return "This layer does not apply to this project.";
    case "undecided":
      return "No rule speaks for any option yet. The questions below would change that.";
    case "blocked":
      return "Every option is ruled out. One of the answers behind it has to change.";
    case "tie": {
      const tied = joinWords(result.tied.map(label), "and");
      return `${tied} share the lead with ${points(best)}. The rules cannot part them; the team can.`;
    }
    case "decided":
    case "fragile":
      return [answerOf(ruleSet, result), describeLead(result, label), describeTrust(result)]
        .filter(Boolean)
        .join(" ");
  }
}

/** What this team can build, beside what fits best. */
export function describeTeamPick(ruleSet: RuleSet, result: LayerResult): string {
  const label = (option: string | null) => labelOption(ruleSet, result.layer, option ?? "");
  switch (result.teamFit) {
    case "same":
      return "They agree: the team writes the language that the pick needs.";
    case "differs":
      return `The team does not write the language that ${label(result.pick)} needs. The best it can build is ${label(result.teamPick)}.`;
    case "none":
      return "The team writes no language that any option left here needs. That is a gap to close before the pilot.";
    case "languages_unknown":
      return "The languages of the team are not known yet.";
    case "no_pick":
      return result.teamPick === null
        ? "Without a pick there is nothing to compare."
        : `The rules leave it open. Of the leading options the team can build ${label(result.teamPick)}, the least to operate.`;
  }
}

/** "39 %", with a no-break space. */
export function describeMargin(margin: number): string {
  return `${Math.round(margin * 100)}\u00a0%`;
}

function answerOf(ruleSet: RuleSet, result: LayerResult): string {
  const layer = ruleSet.layers.find((one) => one.id === result.layer);
  return layer?.options.find((option) => option.id === result.pick)?.answer ?? "";
}

function describeLead({ scores, runnerUp, margin }: LayerResult, label: (option: string) => string): string {
  const [first, second] = scores;
  if (!first || !second || runnerUp === null) return "No other option is left.";
  return `It leads the next best, ${label(runnerUp)}, by ${points(first.score - second.score)}: a margin of ${describeMargin(margin)}.`;
}

function describeTrust({ status, close }: LayerResult): string {
  if (status === "fragile") return "That is no clear winner.";
  return close ? "That is close." : "";
}

function points(score: number): string {
  return `${describeNumber(Math.round(score * 10) / 10, null)} ${score === 1 ? "point" : "points"}`;
}
