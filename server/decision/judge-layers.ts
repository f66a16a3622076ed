import { type Answers, UNKNOWN } from "#server/brief/schema.ts";
import { chooseTeamPick } from "./choose-team-pick.ts";
import { evaluateCondition, listQuestions, readAnswer } from "./evaluate-condition.ts";
import { fillAnswers } from "./fill-answers.ts";
import type { Confidence, FiredRule, Layer, LayerResult, Rule, RuleSet } from "./schema.ts";

/** A layer's result before anybody asked what would change it. */
export type JudgedLayer = Omit<LayerResult, "flips">;

/** Under a tenth of the score nobody should call it a winner; under a quarter it is close. */
const FRAGILE_BELOW = 0.1;
const CLOSE_BELOW = 0.25;
/** One strong rule. A lead of 1 against 0 must not read as a margin of 100 %. */
const LEAST_SCORE = 6;
/** In tenths, so that sums stay whole numbers and a tie is a tie. */
const TENTHS: Record<Confidence, number> = { high: 10, medium: 7, low: 4 };

/** Scores every layer of the rule set against the answers. */
export function judgeLayers(ruleSet: RuleSet, given: Answers): JudgedLayer[] {
  const { answers } = fillAnswers(ruleSet, given);
  return ruleSet.layers.map((layer) => {
    const rules = ruleSet.rules.filter((rule) => rule.layer === layer.id);
    return judgeLayer(layer, rules, answers);
  });
}

/** One layer by its own rules, from answers that are filled in already. */
export function judgeLayer(layer: Layer, rules: Rule[], answers: Answers): JudgedLayer {
  const empty = emptyResult(layer);
  const applies = evaluateCondition(layer.appliesWhen, answers);
  // Not knowing the kind of project is no reason to hide a layer.
  if (applies === false) return { ...empty, status: "not_applicable" };

  const truths = rules.map((rule) => evaluateCondition(rule.when, answers));
  const fired = rules.filter((_, at) => truths[at] === true);
  const couldMatter = rules
    .filter((_, at) => truths[at] === "unknown")
    .map((rule) => ({ rule: rule.id, questions: listUnknown(rule, answers) }));
  const vetoed = fired.flatMap((rule) =>
    rule.kind === "veto"
      ? rule.targets.map((option) => ({ option, rule: rule.id, because: rule.because }))
      : [],
  );
  const out = new Set(vetoed.map((veto) => veto.option));
  const scores = scoreOptions(layer, fired, out);
  const left = scores.filter((score) => !score.vetoed);
  const known = {
    ...empty,
    scores,
    vetoed,
    couldMatter,
    fired: fired.flatMap((rule) => describeFired(rule, answers)),
  };

  if (left.length === 0) return { ...known, status: "blocked" };
  if (!fired.some((rule) => rule.kind === "score")) return { ...known, status: "undecided" };
  return { ...known, ...rank(layer, left, fired, answers) };
}

type Ranked = Pick<
  JudgedLayer,
  "status" | "close" | "pick" | "tied" | "runnerUp" | "margin" | "teamPick" | "teamFit"
>;

function rank(layer: Layer, left: LayerResult["scores"], fired: Rule[], answers: Answers): Ranked {
  const best = left[0]?.score ?? 0;
  const tied = left.filter((score) => score.score === best).map((score) => score.option);
  const second = left[1];
  const lead = second ? best - second.score : Math.abs(best);
  const margin = Math.min(1, round(lead / Math.max(LEAST_SCORE, Math.abs(best))));
  const winner = tied.length > 1 ? null : (left[0]?.option ?? null);
  const held = winner !== null && isHeld(winner, fired, answers);
  const pick = held ? null : winner;
  const team = chooseTeamPick(layer, left, pick, readAnswer(answers, "langs"));
  const ranked = {
    pick,
    tied: tied.length > 1 ? tied : [],
    runnerUp: second?.option ?? null,
    margin,
    ...team,
  };
  if (held) return { ...ranked, status: "blocked", close: false };
  if (pick === null) return { ...ranked, status: "tie", close: false };
  if (margin < FRAGILE_BELOW) return { ...ranked, status: "fragile", close: false };
  return { ...ranked, status: "decided", close: margin < CLOSE_BELOW };
}

/** Whether a demand on this option is not met yet. */
function isHeld(option: string, fired: Rule[], answers: Answers): boolean {
  return fired.some(
    (rule) =>
      rule.kind === "require" &&
      rule.stage === "pick" &&
      rule.targets.includes(option) &&
      rule.needs !== null &&
      evaluateCondition(rule.needs, answers) !== true,
  );
}

function scoreOptions(layer: Layer, fired: Rule[], out: Set<string>): LayerResult["scores"] {
  return layer.options
    .map((option) => {
      const tenths = fired.reduce((sum, rule) => sum + tenthsFor(rule, option.id), 0);
      return { option: option.id, score: tenths / 10, vetoed: out.has(option.id) };
    })
    .sort((a, b) => Number(a.vetoed) - Number(b.vetoed) || b.score - a.score);
}

function tenthsFor(rule: Rule, option: string): number {
  if (rule.kind !== "score") return 0;
  return (rule.effects[option] ?? 0) * rule.weight * TENTHS[rule.confidence];
}

function describeFired(rule: Rule, answers: Answers): FiredRule[] {
  if (rule.kind === "derive") return [];
  const scores = rule.kind === "score" ? rule : null;
  const effects = scores?.effects ?? {};
  return [
    {
      rule: rule.id,
      kind: rule.kind,
      because: rule.because,
      answers: Object.fromEntries(listQuestions(rule.when).map((id) => [id, readAnswer(answers, id)])),
      effects,
      points: Object.fromEntries(
        Object.keys(effects).map((option) => [option, tenthsFor(rule, option) / 10]),
      ),
      weight: scores?.weight ?? null,
      confidence: scores?.confidence ?? null,
      evidence: rule.evidence,
    },
  ];
}

function listUnknown(rule: Rule, answers: Answers): string[] {
  return listQuestions(rule.when).filter((id) => readAnswer(answers, id) === UNKNOWN);
}

function emptyResult(layer: Layer): JudgedLayer {
  return {
    layer: layer.id,
    name: layer.name,
    status: "undecided",
    close: false,
    pick: null,
    tied: [],
    teamPick: null,
    teamFit: "no_pick",
    runnerUp: null,
    margin: 0,
    scores: [],
    fired: [],
    vetoed: [],
    couldMatter: [],
  };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
