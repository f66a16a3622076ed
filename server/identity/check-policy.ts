import type { MemberRole, Policy } from "./schema.ts";

const everybody = ["owner", "editor", "reviewer", "viewer", "auditor"] as const;

const allowed = {
  read: everybody,
  self: everybody,
  edit: ["owner", "editor"],
  own: ["owner"],
} as const satisfies Record<Policy, readonly MemberRole[]>;

export function mayEnter(role: MemberRole, policy: Policy): boolean {
  return (allowed[policy] as readonly MemberRole[]).includes(role);
}
