import { readdirSync, readFileSync } from "node:fs";
import { TRPCError } from "@trpc/server";
import { describe, expect, test } from "vitest";
import type { Db } from "#server/db.ts";
import { mayEnter } from "#server/identity/check-policy.ts";
import { MemberId, type MemberRole, type Policy, WorkspaceId } from "#server/identity/schema.ts";
import { defaultLocale } from "#server/messages/schema.ts";
import { appRouter, createCaller } from "./root.ts";

const procedures = Object.entries(appRouter._def.procedures).map(([path, procedure]) => ({
  path,
  policy: (procedure as unknown as { _def: { meta?: { policy?: Policy } } })._def.meta?.policy,
  type: (procedure as unknown as { _def: { type: string } })._def.type,
}));

test("every procedure declares who may enter", () => {
  expect(procedures.length).toBeGreaterThan(20);
  expect(procedures.filter(({ policy }) => policy === undefined)).toEqual([]);
});

test("whoever changes something needs more than the right to read", () => {
  expect(procedures.filter(({ type, policy }) => type === "mutation" && policy === "read")).toEqual([]);
});

describe.each(procedures)("$path", ({ path, policy }) => {
  test.each([null, "viewer", "reviewer", "auditor", "editor", "owner"] as (MemberRole | null)[])(
    "lets %s in exactly as declared",
    async (role) => {
      const refused = await isRefused(path, role);
      expect(refused).toBe(role === null || !mayEnter(role, policy ?? "own"));
    },
  );
});

test("every route handler goes through the same door", () => {
  const handlers = readdirSync("app/api", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("route.ts") && !path.startsWith("trpc/"))
    .map((path) => ({ path, source: readFileSync(`app/api/${path}`, "utf8") }));
  expect(handlers.length).toBeGreaterThan(2);
  const open = handlers.filter(({ source }) =>
    [...source.matchAll(/export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE)\b(.*)/g)].some(
      ([, , rest]) => !rest?.includes('enter("') && !rest?.includes("enter<"),
    ),
  );
  expect(open.map(({ path }) => path)).toEqual([]);
});

/** Empty input: whoever is let in is stopped by the schema or by the absent database, never by the policy. */
async function isRefused(path: string, role: MemberRole | null): Promise<boolean> {
  const session = role && {
    workspaceId: WorkspaceId.parse(`wsp_${"0".repeat(26)}`),
    memberId: MemberId.parse(`mbr_${"0".repeat(26)}`),
    role,
    displayName: role,
    locale: defaultLocale,
  };
  const caller = createCaller({ db: {} as Db, session, now: () => new Date(0) });
  const call = path.split(".").reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], caller);
  try {
    await (call as (input: unknown) => Promise<unknown>)({});
  } catch (error) {
    return error instanceof TRPCError && error.code === "FORBIDDEN";
  }
  return false;
}
