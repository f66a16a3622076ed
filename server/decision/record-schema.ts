import * as z from "zod";
import { Answers } from "#server/brief/schema.ts";
import { Decision, Source } from "./schema.ts";

/** A person's choice instead of the rules' pick. The newest of a layer counts; option null takes the last one back. */
export const Override = z.strictObject({
  id: z.string(),
  layer: z.string(),
  option: z.string().nullable(),
  reason: z.string(),
  memberId: z.string(),
  at: z.iso.datetime(),
});
export type Override = z.infer<typeof Override>;

/** What is kept of a decision, whole: a record reads the same after every rule, label and answer has changed. */
export const RecordBody = z.strictObject({
  schemaVersion: z.literal(1),
  project: z.string(),
  decidedBy: z.string(),
  answers: Answers,
  /** Each answer that a rule read, in words. */
  words: z.record(z.string(), z.strictObject({ name: z.string(), said: z.string() })),
  decision: Decision,
  overrides: z.array(Override),
  layers: z.array(
    z.strictObject({
      id: z.string(),
      question: z.string(),
      options: z.array(z.strictObject({ id: z.string(), label: z.string() })),
    }),
  ),
  sources: z.array(Source),
});
export type RecordBody = z.infer<typeof RecordBody>;

export type DecisionRecord = {
  id: string;
  number: number;
  at: string;
  memberId: string;
  ruleSetVersion: string;
  /** The number of the record that it replaces, and of the one that replaced it. */
  supersedes: number | null;
  supersededBy: number | null;
  body: RecordBody;
};

/** What a member saw last: the outcome of each layer, by option id or by status. */
export const SeenDecision = z.strictObject({
  ruleSetVersion: z.string(),
  layers: z.record(z.string(), z.string()),
  answers: Answers,
});
export type SeenDecision = z.infer<typeof SeenDecision>;

/** `last` moves on with each look; `before` is where the present visit began. */
export const VisitBody = z.strictObject({
  before: SeenDecision,
  beforeAt: z.iso.datetime(),
  last: SeenDecision,
});
export type VisitBody = z.infer<typeof VisitBody>;
