import * as z from "zod";
import { CalendarDate, ClosingAction, PersonId, RoleId, SkillId } from "./schema.ts";

/** Why a person decided otherwise: one line, without control or direction characters. */
export const HiringReason = z
  .string()
  .transform((text) => text.normalize("NFC").trim())
  .superRefine((text, ctx) => {
    const length = [...text].length;
    if (length < 1 || length > 300) {
      const message = `A reason takes 1 to 300 characters; this one has ${length}.`;
      ctx.addIssue({ code: "custom", params: { code: "TEXT_LENGTH" }, message });
    }
    const at = [...text].findIndex((c) => /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(c));
    if (at >= 0) {
      const message = `The text contains a control or direction character at position ${at + 1}.`;
      ctx.addIssue({ code: "custom", params: { code: "TEXT_CHARACTERS" }, message });
    }
  });

/** A person's own way to close one gap, in place of the plan's. */
export const ClosingChoice = z.strictObject({
  skillId: SkillId,
  action: ClosingAction,
  /** Who is borrowed or trained; null where the plan may pick. */
  personId: PersonId.nullable().default(null),
  reason: HiringReason,
});
export type ClosingChoice = z.infer<typeof ClosingChoice>;

/** Weeks from the decision to the first working day. Two years is more than any search takes. */
export const LeadTimeWeeks = z.partialRecord(ClosingAction, z.int().min(0).max(104));
export type LeadTimeWeeks = z.infer<typeof LeadTimeWeeks>;

/** Kept under `hiring` of what people set by hand about staffing. An absent value is the house's. */
export const HiringSettings = z.strictObject({
  choices: z
    .array(ClosingChoice)
    .max(24)
    .superRefine((choices, ctx) => {
      choices.forEach(({ skillId }, index) => {
        if (choices.findIndex((other) => other.skillId === skillId) < index) {
          const message = `${skillId} is closed in two ways.`;
          ctx.addIssue({ code: "custom", path: [index], params: { code: "ID_TWICE" }, message });
        }
      });
    })
    .default([]),
  leadTimeWeeks: LeadTimeWeeks.default({}),
  /** For how long after the handoff the skills stay needed. */
  monthsAfterHandoff: z.int().min(0).max(60).optional(),
  /** Share of what an employee costs that is not pay: insurance, leave, pension. */
  benefitSharePct: z.number().min(0).max(80).optional(),
});
export type HiringSettings = z.infer<typeof HiringSettings>;

export const PayPer = z.enum(["year", "month", "day", "hour"]);
export type PayPer = z.infer<typeof PayPer>;

/** ISO 4217, as amounts are labelled; a list of all of them would be out of date some day. */
export const Currency = z.string().regex(/^[A-Z]{3}$/, "A currency is three capital letters, like EUR.");

/** What a role is paid, from somebody who knows: nothing is shipped and nothing is guessed. */
export const PayRange = z
  .strictObject({
    roleId: RoleId,
    engagement: z.enum(["permanent", "contract"]),
    min: z.number().positive().max(100_000_000),
    max: z.number().positive().max(100_000_000),
    currency: Currency,
    per: PayPer,
    /** Where the figures come from, in words: a pay band, a quote. */
    source: HiringReason,
    asOf: CalendarDate,
  })
  .superRefine(({ min, max }, ctx) => {
    if (max < min) {
      const message = "The upper end of a pay range is not below its lower end.";
      ctx.addIssue({ code: "custom", path: ["max"], params: { code: "PAY_ORDER" }, message });
    }
  });
export type PayRange = z.infer<typeof PayRange>;

/** Kept under `pay` of what people set by hand about staffing: one range a role and engagement. */
export const PayRanges = z
  .array(PayRange)
  .max(14)
  .superRefine((ranges, ctx) => {
    ranges.forEach(({ roleId, engagement }, index) => {
      const first = ranges.findIndex((one) => one.roleId === roleId && one.engagement === engagement);
      if (first < index) {
        const message = `${roleId} has two pay ranges for one engagement (${engagement}).`;
        ctx.addIssue({ code: "custom", path: [index], params: { code: "ID_TWICE" }, message });
      }
    });
  });
export type PayRanges = z.infer<typeof PayRanges>;
