import { describeAnswer } from "#server/brief/describe-answer.ts";
import type { Answers } from "#server/brief/schema.ts";
import { describeChange } from "./describe-flip.ts";
import { readAnswer } from "./evaluate-condition.ts";
import { fillAnswers } from "./fill-answers.ts";
import { isPresent, listChangeable } from "./find-flips.ts";
import { type JudgedLayer, judgeLayers } from "./judge-layers.ts";
import { listThresholds, listValues } from "./list-values.ts";
import type { RuleSet } from "./schema.ts";
import { prepareTries } from "./try-answer.ts";

/** How far the lead of today's pick moves with one answer: the worst and the best case, in points. */
export type Swing = {
  question: string;
  name: string;
  now: string;
  worst: { lead: number; said: string; leader: string | null };
  best: { lead: number; said: string; leader: string | null };
};

/** The widest first. Null without a pick, or where no rival is left to lead. */
export function findSwings(
  ruleSet: RuleSet,
  given: Answers,
  layerId: string,
): { lead: number; swings: Swing[] } | null {
  const judged = judgeLayers(ruleSet, given);
  const at = judged.findIndex((layer) => layer.layer === layerId);
  const now = judged[at];
  if (!now || now.pick === null || now.runnerUp === null) return null;
  const pick = now.pick;
  const lead = leadOf(now, pick);
  const { answers } = fillAnswers(ruleSet, given);
  const thresholds = listThresholds(ruleSet);
  const tryAnswer = prepareTries(ruleSet, given, judged);
  const swings = listChangeable(ruleSet).flatMap((question): Swing[] => {
    const from = readAnswer(answers, question.id);
    const cases = listValues(thresholds, question, given)
      .filter((candidate) => !isPresent(candidate, from))
      .flatMap(({ value, range }) => {
        const then = tryAnswer(question.id, value)[at];
        if (!then || then.status === "not_applicable") return [];
        return [
          {
            lead: leadOf(then, pick),
            said: range ? describeChange(question, { to: [value], range }) : describeAnswer(question, value),
            leader: then.pick,
          },
        ];
      });
    const stay = { lead, said: describeAnswer(question, from), leader: pick };
    const worst = cases.reduce((low, one) => (one.lead < low.lead ? one : low), stay);
    const best = cases.reduce((high, one) => (one.lead > high.lead ? one : high), stay);
    if (worst.lead === lead && best.lead === lead) return [];
    return [{ question: question.id, name: question.name, now: stay.said, worst, best }];
  });
  return { lead, swings: swings.sort((a, b) => widthOf(b) - widthOf(a)) };
}

/** Points ahead of the best rival that is left; a vetoed pick is as far behind as that rival has points, and six at least. */
function leadOf({ scores }: JudgedLayer, pick: string): number {
  const own = scores.find((score) => score.option === pick);
  const rivals = scores.filter((score) => score.option !== pick && !score.vetoed);
  const best = Math.max(...rivals.map((score) => score.score));
  if (!own || own.vetoed) return -Math.max(6, Number.isFinite(best) ? best : 0);
  return Number.isFinite(best) ? Math.round((own.score - best) * 10) / 10 : own.score;
}

const widthOf = ({ worst, best }: Swing) => best.lead - worst.lead;
