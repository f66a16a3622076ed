import * as z from "zod";

export const ProjectKind = z.enum(["rag", "assistant", "agent", "classification", "forecast", "engine"]);
export type ProjectKind = z.infer<typeof ProjectKind>;

export const PresetId = z.enum([
  "rag_support",
  "summarisation",
  "internal_qa",
  "data_classification",
  "daily_classifier",
  "forecast",
  "agent_workflow",
  "on_device_assistant",
  "native_engine",
  "blank",
]);
export type PresetId = z.infer<typeof PresetId>;

/** A framework question's id, for example `bound`. The catalogue (`questions.data.ts`) says which exist. */
export const QuestionId = z.string().regex(/^[a-z][a-z0-9_]{0,40}$/);
export type QuestionId = z.infer<typeof QuestionId>;

/** `"unknown"` is an answer; a missing key means the same. Sets (languages) are lists of words. */
export const AnswerValue = z.union([
  z.string().min(1).max(60),
  z.number().min(-1e12).max(1e12),
  z.boolean(),
  z.array(z.string().min(1).max(60)).max(20),
]);
export type AnswerValue = z.infer<typeof AnswerValue>;

/** What the rules read: question id -> value. */
export const Answers = z.record(QuestionId, AnswerValue);
export type Answers = z.infer<typeof Answers>;

/** Weak to strong: preset and inferred may be overwritten by anybody, measured carries a run. */
export const AnswerSource = z.enum(["preset", "inferred", "user", "measured"]);
export type AnswerSource = z.infer<typeof AnswerSource>;

/** One entry of the append-only history. The latest of a question counts. */
export const Answer = z.strictObject({
  questionId: QuestionId,
  value: AnswerValue,
  source: AnswerSource,
  note: z.string().max(500).nullable(),
  /** The benchmark run that measured it; null for every other source. */
  runId: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: z.iso.datetime(),
});
export type Answer = z.infer<typeof Answer>;

/**
 * A name people type: trimmed, NFC, 1 to 120 code points, without control or direction characters
 * (they make a name look like another one, or break a terminal).
 */
export const DisplayName = z
  .string()
  .transform((name) => name.normalize("NFC").trim())
  .superRefine((name, ctx) => {
    const length = [...name].length;
    if (length < 1 || length > 120) {
      ctx.addIssue({
        code: "custom",
        params: { code: "NAME_LENGTH" },
        message: `A name has 1 to 120 characters; this one has ${length}.`,
      });
    }
    const at = [...name].findIndex((c) => /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(c));
    if (at >= 0) {
      ctx.addIssue({
        code: "custom",
        params: { code: "NAME_CHARACTERS" },
        message: `The name contains a control or direction character at position ${at + 1}.`,
      });
    }
  });
export type DisplayName = z.infer<typeof DisplayName>;

export const QuestionGroup = z.enum(["goal", "workload", "data", "model", "risk", "team", "measured"]);
export type QuestionGroup = z.infer<typeof QuestionGroup>;

/** One question of the framework. `unknown` is always a legal answer beside what stands here. */
export const Question = z.strictObject({
  id: QuestionId,
  group: QuestionGroup,
  /** Two or three words for tables and sentences: "Latency budget". */
  name: z.string().min(1).max(40),
  /** The sentence people read. */
  ask: z.string().min(1).max(160),
  /** Why it is asked, or what tells the options apart. */
  help: z.string().min(1).max(400),
  type: z.enum(["enum", "bool", "number", "set"]),
  /** For enum and set: the legal values in the order they are shown. Empty otherwise. */
  options: z.array(z.strictObject({ value: z.string().min(1).max(60), label: z.string().min(1).max(80) })),
  /** For numbers: the unit as shown, null when the number is a plain count or no number is asked. */
  unit: z.string().max(30).nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  integer: z.boolean(),
  /** Only a benchmark can answer it; the wizard never asks. */
  measuredOnly: z.boolean(),
  /** When nobody answered: `value of from * multiplyBy / divideBy`. */
  derive: z
    .strictObject({ from: QuestionId, multiplyBy: z.number().positive(), divideBy: z.number().positive() })
    .nullable(),
});
export type Question = z.infer<typeof Question>;

export const Preset = z.strictObject({
  id: PresetId,
  title: z.string().min(1).max(60),
  /** Null for the blank project, until its first question is answered. */
  kind: ProjectKind.nullable(),
  /** The problem in one sentence, as somebody who has it would say it. */
  problem: z.string().min(1).max(200),
  answers: Answers,
});
export type Preset = z.infer<typeof Preset>;

/** What is wrong with one answer. Collected, never thrown one at a time. */
export const AnswerIssue = z.strictObject({
  code: z.enum(["UNKNOWN_QUESTION", "ANSWER_INVALID", "ANSWERS_NOT_AN_OBJECT"]),
  /** The key at fault; empty when the whole document is. */
  path: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
});
export type AnswerIssue = z.infer<typeof AnswerIssue>;

/** `"unknown"`, and a missing key, both mean: nobody knows yet. */
export const UNKNOWN = "unknown";

/** A project as lists and headers show it. Null kind: a blank project whose kind nobody has answered yet. */
export const Project = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: ProjectKind.nullable(),
  presetId: PresetId,
  version: z.int().min(1),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** Off the list of what goes on; null while it is on it. */
  archivedAt: z.iso.datetime().nullable(),
});
export type Project = z.infer<typeof Project>;
