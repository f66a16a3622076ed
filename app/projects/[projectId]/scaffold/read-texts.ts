import type { PilotChoices } from "#server/scaffold/schema.ts";

/** What stands in the fields. Empty = nothing chosen. */
export type ChoiceTexts = Record<
  "accuracyShare" | "latencyP95Ms" | "retrievalMode" | "k" | "answerMode" | "model" | "baseUrl",
  string
>;

/** Fields -> choices. What is not a number stays NaN-free: the server says what is wrong with it. */
export function readTexts(texts: ChoiceTexts): PilotChoices {
  const accuracyPct = readNumber(texts.accuracyShare);
  const isEndpoint = texts.answerMode === "openai_compatible";
  return {
    // 80 % is 0.8, not 0.8000000000000001.
    accuracyShare: accuracyPct === null ? null : Math.round(accuracyPct * 1000) / 100_000,
    latencyP95Ms: readNumber(texts.latencyP95Ms),
    retrievalMode: (texts.retrievalMode || null) as PilotChoices["retrievalMode"] & (string | null),
    k: readNumber(texts.k),
    answerMode: isEndpoint ? "openai_compatible" : null,
    model: isEndpoint && texts.model.trim() !== "" ? texts.model.trim() : null,
    baseUrl: isEndpoint && texts.baseUrl.trim() !== "" ? texts.baseUrl.trim() : null,
  };
}

export function writeTexts(choices: PilotChoices): ChoiceTexts {
  const write = (value: number | string | null | undefined) =>
    value === null || value === undefined ? "" : String(value);
  const share = choices.accuracyShare ?? null;
  return {
    accuracyShare: share === null ? "" : String(Math.round(share * 100_000) / 1000),
    latencyP95Ms: write(choices.latencyP95Ms),
    retrievalMode: write(choices.retrievalMode),
    k: write(choices.k),
    answerMode: choices.answerMode === "openai_compatible" ? "openai_compatible" : "",
    model: write(choices.model),
    baseUrl: write(choices.baseUrl),
  };
}

function readNumber(text: string): number | null {
  const number = Number(text.replace(",", "."));
  return text.trim() === "" || !Number.isFinite(number) ? null : number;
}
