import * as z from "zod";
import { RoleId, SkillId } from "./schema.ts";

export const QuestionNumber = z.string().regex(/^Q\d{2}$/, "A question is Q01 to Q99.");
export type QuestionNumber = z.infer<typeof QuestionNumber>;

/** Asked of everybody for a role, in the same words. Anchors are levels 1 to 4 in order: what can be observed. */
export const InterviewQuestion = z.strictObject({
  id: QuestionNumber,
  prompt: z.string().min(1).max(200),
  probes: z.array(z.string().min(1).max(160)).min(1).max(6),
  skillIds: z.array(SkillId).max(6),
  anchors: z.tuple([z.string().min(1), z.string().min(1), z.string().min(1), z.string().min(1)]),
  /** What should make the interviewer ask again, not what decides. */
  redFlags: z.array(z.string().min(1).max(160)).max(4),
  /** For whom it was written; empty means everybody. */
  roles: z.array(RoleId),
});
export type InterviewQuestion = z.infer<typeof InterviewQuestion>;

export const StageId = z.enum(["screen", "deepDive", "workSample", "systems", "product"]);
export type StageId = z.infer<typeof StageId>;

export const InterviewStage = z.strictObject({
  id: StageId,
  name: z.string(),
  minutes: z.int().min(5).max(240),
  /** Who asks; they alone rate this dimension, before anybody speaks of it. */
  interviewer: z.string(),
  /** What is rated here. */
  dimension: z.string(),
  purpose: z.string(),
  questions: z.array(z.strictObject({ id: QuestionNumber, minutes: z.int().min(1) })),
});
export type InterviewStage = z.infer<typeof InterviewStage>;

/** The loop of one role: everything that somebody needs who has never seen the app. */
export const InterviewKit = z.strictObject({
  schemaVersion: z.literal(1),
  role: z.strictObject({ id: RoleId, name: z.string(), mission: z.string() }),
  minutes: z.int(),
  scale: z.array(
    z.strictObject({ rating: z.int().min(1).max(4).nullable(), word: z.string(), meaning: z.string() }),
  ),
  stages: z.array(InterviewStage),
  questions: z.array(InterviewQuestion),
  /** May stand in for one of the systems stage, decided before the first interview. */
  reserve: z.array(InterviewQuestion),
  /** Must skills of the role that no question of the loop touches. */
  uncovered: z.array(SkillId),
  rules: z.array(z.string()),
  debrief: z.array(z.string()),
});
export type InterviewKit = z.infer<typeof InterviewKit>;
