import * as z from "zod";
import { QuestionId } from "#server/brief/schema.ts";
import { Confidence, RuleId, RuleSet, Slug } from "./schema.ts";

/** What a person may change of one rule by hand; what is left out stays. The reason and the evidence are not edited. */
export const RuleEdit = z.strictObject({
  rule: RuleId,
  weight: z.int().min(1).max(3).optional(),
  confidence: Confidence.optional(),
  effects: z.record(Slug, z.int().min(-10).max(10)).optional(),
  thresholds: z.record(QuestionId, z.number().min(-1e12).max(1e12)).optional(),
  reviewBy: z.iso.date().optional(),
});
export type RuleEdit = z.infer<typeof RuleEdit>;

/** A new version of the rule set in force, as a list of edits. */
export const RuleSetDraft = z.strictObject({
  /** The version that was edited: another one may have been published meanwhile. */
  base: RuleSet.shape.version,
  version: RuleSet.shape.version,
  /** What changed and why, for the change log. */
  note: z.string().trim().min(1).max(300),
  edits: z.array(RuleEdit).min(1).max(200),
});
export type RuleSetDraft = z.infer<typeof RuleSetDraft>;
