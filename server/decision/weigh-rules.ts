import type { LayerResult } from "./schema.ts";

/** Where one rule, counted more or less than it is, takes the lead from the pick. */
export type WeightFlip = {
  rule: string;
  /** As the rule set has it. */
  weight: number;
  /** At this weight both stand level; beyond it the rival leads. */
  levelWeight: number;
  /** The same as a factor of the present weight, four decimals. */
  multiplier: number;
  rival: string;
};

export type WeighedRule = {
  rule: string;
  /** At each multiplier of this rule's weight alone: who leads, null on a tie, and the pick's lead over its best rival. */
  at: { multiplier: number; leader: string | null; lead: number }[];
};

export type Weighing = {
  /** The smallest change first. */
  flips: WeightFlip[];
  /** No rule counted half to half as much again takes the pick away. */
  robust: boolean;
  rules: WeighedRule[];
  /** Of the weightings tried, one rule at a time, those that keep the pick. */
  kept: number;
  outOf: number;
};

export const MULTIPLIERS = [0.5, 0.75, 1, 1.25, 1.5];
const [LEAST, MOST] = [0.5, 1.5];

type Judged = Pick<LayerResult, "pick" | "scores" | "fired">;
type Scored = LayerResult["fired"][number];

/**
 * How much hangs on the weights that we chose. Scores are sums, so that the weight at which a rival draws level is
 * exact and needs no search. Null without a pick.
 */
export function weighRules({ pick, scores, fired }: Judged): Weighing | null {
  const left = scores.filter((score) => !score.vetoed);
  const own = left.find((score) => score.option === pick);
  if (!own) return null;
  const rivals = left.filter((score) => score.option !== pick);
  const scored = fired.filter((rule) => rule.kind === "score");
  const flips = scored
    .flatMap((rule) => findWeights(rule, own, rivals))
    .sort((a, b) => Math.abs(Math.log(a.multiplier)) - Math.abs(Math.log(b.multiplier)));
  const rules = scored.map((rule) => ({ rule: rule.rule, at: weighOne(rule, own, rivals) }));
  const tried = rules.flatMap((rule) => rule.at.filter(({ multiplier }) => multiplier !== 1));
  return {
    flips,
    robust: !flips.some(({ multiplier }) => multiplier >= LEAST && multiplier <= MOST),
    rules,
    kept: tried.filter(({ leader }) => leader === pick).length,
    outOf: tried.length,
  };
}

type Score = LayerResult["scores"][number];

/** lead(m) = lead + (m - 1) x contribution, which is zero at m = 1 - lead / contribution. The nearest rival on each side. */
function findWeights(rule: Scored, own: Score, rivals: Score[]): WeightFlip[] {
  const crossings = rivals.flatMap((rival) => {
    const contribution = inTenths(rule.points[own.option]) - inTenths(rule.points[rival.option]);
    const lead = inTenths(own.score) - inTenths(rival.score);
    const multiplier = 1 - lead / contribution;
    // A rule never counts for less than nothing, and nobody draws level by a rule that serves both alike.
    return contribution === 0 || multiplier <= 0 ? [] : [{ multiplier, rival: rival.option }];
  });
  const less = crossings
    .filter(({ multiplier }) => multiplier < 1)
    .sort((a, b) => b.multiplier - a.multiplier);
  const more = crossings
    .filter(({ multiplier }) => multiplier > 1)
    .sort((a, b) => a.multiplier - b.multiplier);
  const weight = rule.weight ?? 0;
  return [less[0], more[0]].flatMap((nearest) =>
    nearest
      ? [
          {
            rule: rule.rule,
            weight,
            levelWeight: round(weight * nearest.multiplier),
            multiplier: round(nearest.multiplier),
            rival: nearest.rival,
          },
        ]
      : [],
  );
}

function weighOne(rule: Scored, own: Score, rivals: Score[]): WeighedRule["at"] {
  return MULTIPLIERS.map((multiplier) => {
    const weighed = (score: Score) =>
      // Quarters of tenths: whole numbers, so that a tie is a tie.
      inTenths(score.score) * 4 + inTenths(rule.points[score.option]) * (multiplier - 1) * 4;
    const mine = weighed(own);
    const best = Math.max(...rivals.map(weighed));
    if (rivals.length === 0) return { multiplier, leader: own.option, lead: Math.abs(own.score) };
    const first = rivals.find((rival) => weighed(rival) === best)?.option ?? null;
    return {
      multiplier,
      leader: mine > best ? own.option : mine === best ? null : first,
      lead: (mine - best) / 40,
    };
  });
}

const inTenths = (points: number | undefined): number => Math.round((points ?? 0) * 10);
const round = (value: number): number => Math.round(value * 10_000) / 10_000;
