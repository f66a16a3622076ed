import { describeNumber } from "#server/brief/describe-answer.ts";
import { sayRoom } from "#server/messages/say.ts";
import { joinWords, labelOption } from "./describe-flip.ts";
import type { LayerResult, RuleSet } from "./schema.ts";

const say = sayRoom("decision");

/** The layer's answer in one to three sentences, for leads and lists. */
export function describeLayer(ruleSet: RuleSet, result: LayerResult): string {
  const label = (option: string) => labelOption(ruleSet, result.layer, option);
  const best = result.scores[0]?.score ?? 0;
  switch (result.status) {
    case "not_applicable":
      return say("described.not_applicable");
    case "undecided":
      return say("described.undecided");
    case "blocked":
      return say("described.blocked");
    case "tie": {
      const options = joinWords(result.tied.map(label), "and");
      return say("described.tie", { options, points: points(best) });
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
      return say("teamDescribed.same");
    case "differs":
      return say("teamDescribed.differs", { pick: label(result.pick), teamPick: label(result.teamPick) });
    case "none":
      return say("teamDescribed.none");
    case "languages_unknown":
      return say("teamDescribed.languages_unknown");
    case "no_pick":
      return result.teamPick === null
        ? say("teamDescribed.nothing")
        : say("teamDescribed.leastToOperate", { teamPick: label(result.teamPick) });
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
  if (!first || !second || runnerUp === null) return say("described.alone");
  return say("described.leads", {
    option: label(runnerUp),
    points: points(first.score - second.score),
    margin: describeMargin(margin),
  });
}

function describeTrust({ status, close }: LayerResult): string {
  if (status === "fragile") return say("described.fragile");
  return close ? say("described.close") : "";
}

function points(score: number): string {
  return say("described.points", { score: describeNumber(Math.round(score * 10) / 10, null), count: score });
}
