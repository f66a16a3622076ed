import * as z from "zod";
import { EntryPointDrafts } from "#server/brief/entry-schema.ts";
import {
  AnswerSource,
  Answers,
  DisplayName,
  PresetId,
  ProjectKind,
  QuestionId,
} from "#server/brief/schema.ts";
import { People } from "#server/team/schema.ts";
import { PlanInput } from "./schema.ts";

/** The version of the file that this program writes, and the only one it reads. */
export const PROJECT_FILE_VERSION = 1;

/** Where an answer came from in the workspace that wrote the file. */
export const AnswerOrigin = z.strictObject({
  source: AnswerSource,
  note: z.string().max(500).nullable(),
  runId: z.string().max(60).nullable(),
});
export type AnswerOrigin = z.infer<typeof AnswerOrigin>;

/** A person's choice instead of the rules' pick. */
export const FiledOverride = z.strictObject({
  layer: z.string().min(1).max(60),
  option: z.string().min(1).max(60),
  reason: z.string().trim().min(1).max(500),
});
export type FiledOverride = z.infer<typeof FiledOverride>;

/** A whole project as a file: what the terminal reads, and what export and import carry. */
export const ProjectFile = z.strictObject({
  schemaVersion: z.literal(PROJECT_FILE_VERSION),
  /** `kind` is null until somebody has named it. */
  project: z.strictObject({ name: DisplayName, kind: ProjectKind.nullable(), presetId: PresetId }),
  answers: Answers,
  /** Left out: every answer that differs from the preset's is a person's. */
  origins: z.record(QuestionId, AnswerOrigin).optional(),
  /** Left out: the candidate that the preset brings. */
  entryPoints: EntryPointDrafts.optional(),
  overrides: z.array(FiledOverride).max(40).optional(),
  people: People.optional(),
  plan: PlanInput.optional(),
});
export type ProjectFile = z.infer<typeof ProjectFile>;

/** What a copy takes along beside answers, candidates and choices. */
export const CopyInput = z.strictObject({
  name: DisplayName,
  withPeople: z.boolean(),
  withPlan: z.boolean(),
});
export type CopyInput = z.infer<typeof CopyInput>;
