import * as z from "zod";
import type { Locale } from "#server/messages/schema.ts";

/** Minted only where identity is proven; every store asks for it, so that no caller can forget the tenant. */
export const WorkspaceId = z
  .string()
  .regex(/^wsp_[0-9A-HJKMNP-TV-Z]{26}$/)
  .brand<"WorkspaceId">();
export type WorkspaceId = z.infer<typeof WorkspaceId>;

export const MemberId = z
  .string()
  .regex(/^mbr_[0-9A-HJKMNP-TV-Z]{26}$/)
  .brand<"MemberId">();
export type MemberId = z.infer<typeof MemberId>;

export const ProjectId = z
  .string()
  .regex(/^prj_[0-9A-HJKMNP-TV-Z]{26}$/, "A project id looks like prj_01H….");
export type ProjectId = z.infer<typeof ProjectId>;

export const MemberRole = z.enum(["owner", "editor", "reviewer", "viewer", "auditor"]);
export type MemberRole = z.infer<typeof MemberRole>;

/** Who is asking. */
export type Session = {
  workspaceId: WorkspaceId;
  memberId: MemberId;
  role: MemberRole;
  displayName: string;
  locale: Locale;
};

/** What a procedure or route handler asks of the session; declared on each, enumerated by a test. */
export type Policy =
  | "read"
  /** Keeps something about the caller alone, as what they saw last: nobody else's work changes. */
  | "self"
  | "edit"
  | "own";

/** One entry of the append-only history. `before` and `after` are whole values, so that undo needs no arithmetic. */
export const Change = z.strictObject({
  id: z.string(),
  projectId: z.string().nullable(),
  memberId: z.string(),
  entity: z.string(),
  entityId: z.string(),
  action: z.enum(["create", "update", "delete", "restore"]),
  before: z.unknown(),
  after: z.unknown(),
  at: z.iso.datetime(),
});
export type Change = z.infer<typeof Change>;
