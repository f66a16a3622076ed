import { describeAnswer, describeNumber } from "#server/brief/describe-answer.ts";
import type { AnswerValue, Question } from "#server/brief/schema.ts";
import { UNKNOWN } from "#server/brief/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { JudgedLayer } from "./judge-layers.ts";
import type { Flip, RuleSet } from "./schema.ts";

const say = sayRoom("decision");

/** "Rust service, if Latency budget is under 20 ms (now 2 000 ms)." */
export function describeFlip(
  ruleSet: RuleSet,
  question: Question,
  flip: Omit<Flip, "sentence">,
  then: JudgedLayer,
): string {
  const condition = describeChange(question, flip);
  const now = quote(question, flip.from);
  const outcome = describeOutcome(ruleSet, then);
  return say("flip.sentence", { outcome, question: question.name, condition, now });
}

/** Two answers that change the pick only together. */
export function describePair(
  ruleSet: RuleSet,
  changes: { question: Question; change: Pick<Flip, "from" | "to" | "range"> }[],
  then: JudgedLayer,
): string {
  const conditions = changes.map(({ question, change }) =>
    say("flip.part", {
      question: question.name,
      condition: describeChange(question, change),
      now: quote(question, change.from),
    }),
  );
  return say("flip.pair", {
    outcome: describeOutcome(ruleSet, then),
    conditions: joinWords(conditions, "and"),
  });
}

/** The label of an option of a layer. */
export function labelOption(ruleSet: RuleSet, layerId: string, optionId: string): string {
  const layer = ruleSet.layers.find((one) => one.id === layerId);
  return layer?.options.find((option) => option.id === optionId)?.label ?? optionId;
}

/** "a, b and c" */
export function joinWords(words: string[], conjunction: "and" | "or"): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : say(conjunction, { first: words.slice(0, -1).join(", "), second: last });
}

/** "at least 100 000", “On the device”: what the answer would have to be. */
export function describeChange(question: Question, { to, range }: Pick<Flip, "to" | "range">): string {
  if (range) return describeRange(range, question);
  const words = to.map((value) => quote(question, value));
  return joinWords(words, "or");
}

function describeOutcome(ruleSet: RuleSet, { layer, pick, status, tied }: JudgedLayer): string {
  if (pick !== null) return labelOption(ruleSet, layer, pick);
  if (status === "tie")
    return say("flip.tie", {
      options: joinWords(
        tied.map((option) => labelOption(ruleSet, layer, option)),
        "and",
      ),
    });
  return status === "blocked" ? say("flip.blocked") : say("flip.undecided");
}

function describeRange(range: NonNullable<Flip["range"]>, { unit, min, max }: Question): string {
  const low = range.min === null ? "" : `${describeNumber(range.min, unit)}`;
  const high = range.max === null ? "" : `${describeNumber(range.max, unit)}`;
  const from = say(range.minIncluded ? "flip.atLeast" : "flip.moreThan", { low });
  const until = say(range.maxIncluded ? "flip.atMost" : "flip.under", { high });
  // The end of the legal range is no threshold anybody chose.
  const isFromStart = range.min === null || (range.min === min && range.minIncluded);
  const isToEnd = range.max === null || (range.max === max && range.maxIncluded);
  if (isFromStart) return until;
  return isToEnd ? from : say("flip.between", { from, until });
}

function quote(question: Question, value: AnswerValue): string {
  const words = describeAnswer(question, value);
  return question.type === "enum" && value !== UNKNOWN ? say("flip.quoted", { words }) : words;
}
