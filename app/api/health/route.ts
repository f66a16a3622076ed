import { enter } from "#server/api/enter.ts";

export const dynamic = "force-dynamic";

/** Green only when the database answers. */
export const GET = enter("read", async ({ db }) => {
  await db.workspace.count();
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
});
