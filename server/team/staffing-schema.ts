import * as z from "zod";
import { CalendarDate, Importance, RoleId, SkillId } from "./schema.ts";

/** What a role, or the pilot as a whole, asks of one skill. Level null: not required here. */
export const RequirementValue = z.strictObject({
  level: z.int().min(1).max(4).nullable(),
  importance: Importance,
});
export type RequirementValue = z.infer<typeof RequirementValue>;

/** Why somebody set a requirement by hand. Asked for, because the catalogue and the picks say otherwise. */
export const SetReason = z
  .string()
  .transform((text) => text.trim())
  .pipe(z.string().min(3, "A reason has 3 to 300 characters.").max(300, "A reason has 3 to 300 characters."));

/** One requirement of this project that a person set by hand; it wins over catalogue, overlay and picks. */
export const HandRequirement = RequirementValue.extend({
  /** Null: what the pilot needs of somebody, whoever it is. */
  roleId: RoleId.nullable(),
  skillId: SkillId,
  reason: z.string().min(3).max(300),
  at: CalendarDate,
});
export type HandRequirement = z.infer<typeof HandRequirement>;

/**
 * What people set by hand about staffing a project. Each part has one owner in the code, who parses it: requirements
 * the matrix; hiring (how a gap is closed, lead times) and pay the hiring plan.
 */
export const Staffing = z.strictObject({
  requirements: z.array(HandRequirement).max(800).default([]),
  hiring: z.record(z.string(), z.unknown()).default({}),
  pay: z.array(z.unknown()).default([]),
});
export type Staffing = z.infer<typeof Staffing>;

/** Version 0: nothing was set by hand yet. */
export const StoredStaffing = Staffing.extend({ version: z.int().min(0) });
export type StoredStaffing = z.infer<typeof StoredStaffing>;
