import * as z from "zod";
import { type Importance, PersonId, RatingSource, RoleId, SkillId, SkillLevel } from "./schema.ts";
import { RequirementValue } from "./staffing-schema.ts";

/** Larger than the matrix of the largest catalogue and team; whatever is above it is another file. */
export const IMPORT_LIMITS = {
  bytes: 2 * 1024 * 1024,
  rows: 5_000,
  columns: 256,
  unpackedBytes: 32 * 1024 * 1024,
};

/** Something in a file that stops the import: nothing of it is saved. The message names row and column. */
export const FileProblem = z.strictObject({ code: z.string(), path: z.string(), message: z.string() });
export type FileProblem = z.infer<typeof FileProblem>;

/** Rows of text, as the file has them. `sheet` is null for a CSV. */
export type FileTable = { sheet: string | null; rows: string[][] };
export type ReadTables = { ok: true; tables: FileTable[] } | { ok: false; problems: FileProblem[] };

/** What a file says, cell by cell, once every cell could be read. */
export type FileRequirement = {
  roleId: RoleId | null;
  skillId: SkillId;
  level: number | null;
  importance: Importance | null;
};
export type FileRating = {
  alias: string;
  skillId: SkillId;
  level: SkillLevel | null;
  source: RatingSource | null;
};
export type FileContent = { requirements: FileRequirement[]; ratings: FileRating[]; aliases: string[] };
export type ReadContent = { ok: true; content: FileContent } | { ok: false; problems: FileProblem[] };

/** One thing that would be different afterwards. */
export const MatrixChange = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("requirement"),
    roleId: RoleId.nullable(),
    skillId: SkillId,
    before: RequirementValue,
    after: RequirementValue,
  }),
  z.strictObject({ kind: z.literal("person"), alias: z.string() }),
  z.strictObject({
    kind: z.literal("rating"),
    /** Null for somebody who is new on the team. */
    personId: PersonId.nullable(),
    alias: z.string(),
    skillId: SkillId,
    source: RatingSource,
    before: SkillLevel.nullable(),
    after: SkillLevel.nullable(),
  }),
]);
export type MatrixChange = z.infer<typeof MatrixChange>;

/** What an import would change. The digest stands for exactly these changes: it is what a person confirms. */
export const MatrixDiff = z.strictObject({ digest: z.string(), changes: z.array(MatrixChange) });
export type MatrixDiff = z.infer<typeof MatrixDiff>;
