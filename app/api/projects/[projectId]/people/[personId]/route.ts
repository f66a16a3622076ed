import { downloadHeaders, enter } from "#server/api/enter.ts";
import { exportPerson } from "#server/team/person-file-store.ts";

export const dynamic = "force-dynamic";

/** Everything that is kept about one person, for that person: facts, ratings and their history. */
export const GET = enter<{ projectId: string; personId: string }>("edit", async (context, key) => {
  const file = await exportPerson(context.db, context.session.workspaceId, key, context.now());
  const headers = downloadHeaders(`person-${key.personId}.json`, "application/json; charset=utf-8");
  return new Response(`${JSON.stringify(file, null, 2)}\n`, { headers });
});
