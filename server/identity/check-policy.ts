import type { MemberRole, Policy } from "./schema.ts";

const allowed = {
  read: ["owner", "editor", "reviewer", "viewer", "auditor"],
  edit: ["owner", "editor"],
  own: ["owner"],
} as const satisfies Record<Policy, readonly MemberRole[]>;

export function mayEnter(role: MemberRole, policy: Policy): boolean {
  return (allowed[policy] as readonly MemberRole[]).includes(role);
}
