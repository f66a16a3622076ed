import * as z from "zod";
import { QuestionNumber } from "./interview-schema.ts";
import { RoleId } from "./schema.ts";

/** Half a year: longer than any loop, shorter than anybody should keep notes on somebody they did not hire (house). */
export const SCORECARD_DAYS_AT_MOST = 180;

/** For how many days; null switches scorecards off, which is how every workspace begins. */
export const ScorecardDays = z.int().min(1).max(SCORECARD_DAYS_AT_MOST).nullable();

/** Nobody is found by it: no address, no number to call, no link. "Candidate 3" is an alias, a person's name is not. */
export const CandidateAlias = z
  .string()
  .transform((text) => text.normalize("NFKC").trim())
  .superRefine((text, ctx) => {
    const refuse = (code: string, message: string) =>
      ctx.addIssue({ code: "custom", params: { code }, message });
    const length = [...text].length;
    if (length < 1 || length > 40)
      refuse("NAME_LENGTH", `An alias has 1 to 40 characters; this one has ${length}.`);
    if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text)) {
      refuse("NAME_CHARACTERS", "The alias contains a control or direction character.");
    }
    const digits = text.replace(/\D/g, "").length;
    if (
      /@/.test(text) ||
      digits >= 6 ||
      /\b(?:https?:|www\.|linkedin|[a-z0-9-]+\.(?:com|org|net|io|dev|de|eu)\b)/i.test(text)
    ) {
      refuse("ALIAS_IDENTIFIES", "An alias names nobody: no address, number or link. Write Candidate 1.");
    }
  });
export type CandidateAlias = z.infer<typeof CandidateAlias>;

/** What was said, without control characters; lines stay. */
export const ScorecardNotes = z
  .string()
  .transform((text) => text.replace(/\r\n?/g, "\n").normalize("NFC").trim())
  .superRefine((text, ctx) => {
    const at = [...text].findIndex((c) => c !== "\n" && /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(c));
    if (at >= 0 || [...text].length > 2000) {
      const message = "Notes take up to 2000 characters, without control or direction characters.";
      ctx.addIssue({ code: "custom", params: { code: "TEXT_CHARACTERS" }, message });
    }
  });

/** 1 poor to 4 excellent; null: not assessed. */
export const QuestionRating = z.int().min(1).max(4).nullable();

/** One interviewer's ratings of one loop. There is no place for a sum. */
export const ScorecardBody = z.strictObject({
  interviewer: CandidateAlias,
  ratings: z
    .array(z.strictObject({ questionId: QuestionNumber, rating: QuestionRating, notes: ScorecardNotes }))
    .max(20)
    .superRefine((ratings, ctx) => {
      ratings.forEach(({ questionId }, index) => {
        if (ratings.findIndex((one) => one.questionId === questionId) < index) {
          const message = `${questionId} is rated twice.`;
          ctx.addIssue({ code: "custom", path: [index], params: { code: "RATING_TWICE" }, message });
        }
      });
    }),
  /** A person's, in their words; never computed. */
  recommendation: z.enum(["definitely_not", "no", "yes", "strong_yes", "no_decision"]),
});
export type ScorecardBody = z.infer<typeof ScorecardBody>;

export const Scorecard = z.strictObject({
  id: z.string(),
  roleId: RoleId,
  alias: z.string(),
  keepUntil: z.iso.datetime(),
  version: z.int(),
  ...ScorecardBody.shape,
});
export type Scorecard = z.infer<typeof Scorecard>;
