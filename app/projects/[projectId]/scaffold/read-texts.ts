import type { PilotChoices } from "#server/scaffold/rag-schema.ts";

/** What stands in the fields. Empty = nothing chosen. */
export type ChoiceTexts = Record<keyof PilotChoices, string>;

/** Fields -> choices. What is not a number stays NaN-free: the server says what is wrong with it. */
export function readTexts(texts: ChoiceTexts): PilotChoices {
  const accuracyPct = readNumber(texts.accuracyShare);
  const isEndpoint = texts.answerMode === "openai_compatible";
  const namesModel = isEndpoint || texts.answerMode === "transformers";
  return {
    // 80 % is 0.8, not 0.8000000000000001.
    accuracyShare: accuracyPct === null ? null : Math.round(accuracyPct * 1000) / 100_000,
    latencyP95Ms: readNumber(texts.latencyP95Ms),
    retrievalMode: readOne(texts.retrievalMode),
    k: readNumber(texts.k),
    embedder: readOne(texts.embedder),
    store: readOne(texts.store),
    permissions: readOne(texts.permissions),
    answerMode: readOne(texts.answerMode),
    model: namesModel ? readOne(texts.model) : null,
    baseUrl: isEndpoint ? readOne(texts.baseUrl) : null,
    orchestration: readOne(texts.orchestration),
    historyTurns: readNumber(texts.historyTurns),
    cacheEntries: readNumber(texts.cacheEntries),
    injection: readOne(texts.injection),
    personalData: readOne(texts.personalData),
    device: readOne(texts.device),
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
    embedder: write(choices.embedder),
    store: write(choices.store),
    permissions: write(choices.permissions),
    answerMode: write(choices.answerMode),
    model: write(choices.model),
    baseUrl: write(choices.baseUrl),
    orchestration: write(choices.orchestration),
    historyTurns: write(choices.historyTurns),
    cacheEntries: write(choices.cacheEntries),
    injection: write(choices.injection),
    personalData: write(choices.personalData),
    device: write(choices.device),
  };
}

/** One of a list, or free text: the server's schema knows which is allowed. */
function readOne<Value extends string>(text: string): Value | null {
  return text.trim() === "" ? null : (text.trim() as Value);
}

function readNumber(text: string): number | null {
  const number = Number(text.replace(",", "."));
  return text.trim() === "" || !Number.isFinite(number) ? null : number;
}
