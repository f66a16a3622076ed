import { describeAnswer, describeNumber } from "#server/brief/describe-answer.ts";
import type { AnswerValue, Question } from "#server/brief/schema.ts";
import { UNKNOWN } from "#server/brief/schema.ts";
import type { JudgedLayer } from "./judge-layers.ts";
import type { Flip, RuleSet } from "./schema.ts";

/** "Rust service, if Latency budget is under 20 ms (now 2 000 ms)." */
export function describeFlip(
  ruleSet: RuleSet,
  question: Question,
  flip: Omit<Flip, "sentence">,
  then: JudgedLayer,
): string {
  const result = describeOutcome(ruleSet, then);
  const condition = flip.range
    ? describeRange(flip.range, question)
    : joinWords(flip.to.map((value) => quote(question, value)));
  return `${result}, if ${question.name} is ${condition} (now ${quote(question, flip.from)}).`;
}

/** The label of an option of a layer. */
export function labelOption(ruleSet: RuleSet, layerId: string, optionId: string): string {
  const layer = ruleSet.layers.find((one) => one.id === layerId);
  return layer?.options.find((option) => option.id === optionId)?.label ?? optionId;
}

export function joinWords(words: string[], conjunction = "or"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1)}`;
}

function describeOutcome(ruleSet: RuleSet, { layer, pick, status, tied }: JudgedLayer): string {
  if (pick !== null) return labelOption(ruleSet, layer, pick);
  if (status === "tie")
    return `A tie of ${joinWords(
      tied.map((option) => labelOption(ruleSet, layer, option)),
      "and",
    )}`;
  if (status === "blocked") return "No option is left";
  return "No rule speaks for any option";
}

function describeRange(range: NonNullable<Flip["range"]>, { unit, min, max }: Question): string {
  const low = range.min === null ? "" : `${describeNumber(range.min, unit)}`;
  const high = range.max === null ? "" : `${describeNumber(range.max, unit)}`;
  const from = range.minIncluded ? `at least ${low}` : `more than ${low}`;
  const until = range.maxIncluded ? `at most ${high}` : `under ${high}`;
  // The end of the legal range is no threshold anybody chose.
  const isFromStart = range.min === null || (range.min === min && range.minIncluded);
  const isToEnd = range.max === null || (range.max === max && range.maxIncluded);
  if (isFromStart) return until;
  return isToEnd ? from : `${from} and ${until}`;
}

function quote(question: Question, value: AnswerValue): string {
  if (value === UNKNOWN) return "not known";
  const words = describeAnswer(question, value);
  return question.type === "enum" ? `\u201c${words}\u201d` : words;
}
