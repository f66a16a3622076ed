import type { ScoreGroup } from "#server/benchmark/chance-of-mean.ts";
import { groupByDocument } from "#server/benchmark/group-questions.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";

/**
 * What each question cost, in USD per 1,000 of its kind, by document. Null where no price is configured, where the
 * report does not say how many tokens each question took, or where they do not add up to what it says in total.
 */
export function priceQuestions({
  questions,
  usage,
  config,
}: Pick<RagReport, "questions" | "usage" | "config">): { groups: ScoreGroup[]; most: number } | null {
  const { usdPerMillionTokensIn: priceIn, usdPerMillionTokensOut: priceOut } = config.answer;
  if (priceIn === null || priceOut === null || questions.length === 0) return null;
  const priced = questions.flatMap(({ relevant, tokensIn, tokensOut }) =>
    typeof tokensIn === "number" && typeof tokensOut === "number"
      ? [{ relevant, tokensIn, tokensOut, score: (tokensIn * priceIn + tokensOut * priceOut) / 1000 }]
      : [],
  );
  const sum = (key: "tokensIn" | "tokensOut") => priced.reduce((total, one) => total + one[key], 0);
  const whole = priced.length === questions.length && priced.length === usage.answers;
  if (!whole || sum("tokensIn") !== usage.tokensIn || sum("tokensOut") !== usage.tokensOut) return null;
  return { groups: groupByDocument(priced), most: Math.max(...priced.map(({ score }) => score)) };
}
