import { sayRoom } from "#server/messages/say.ts";
import { WORDING_RULES, type WordingReason } from "./wording-lint.data.ts";

const say = sayRoom("staffing");

export type WordingProblem = { words: string; reason: WordingReason; why: string; at: number };

/** Years of experience and coded words in an advertisement, in the order of the text. Empty: it may go out. */
export function lintWording(text: string): WordingProblem[] {
  return WORDING_RULES.flatMap(({ reason, pattern }) =>
    [...text.matchAll(pattern)].map((match) => ({
      words: match[0],
      reason,
      why: say(`wording.${reason}`),
      at: match.index,
    })),
  )
    .sort((a, b) => a.at - b.at || b.words.length - a.words.length)
    .filter(({ at, words }, index, all) => {
      const before = all[index - 1];
      return before === undefined || at + words.length > before.at + before.words.length;
    });
}
