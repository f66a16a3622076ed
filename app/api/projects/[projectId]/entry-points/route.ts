import { downloadHeaders, enter } from "#server/api/enter.ts";
import { exportEntryPoints } from "#server/brief/entry-store.ts";
import { readProject } from "#server/brief/store.ts";

export const dynamic = "force-dynamic";

/** The candidates of a project, as the file that another project can read. */
export const GET = enter<{ projectId: string }>("read", async ({ db, session }, { projectId }) => {
  const { name } = await readProject(db, session.workspaceId, projectId);
  const file = await exportEntryPoints(db, session.workspaceId, projectId);
  const headers = downloadHeaders(`entry-points-${name}.json`, "application/json; charset=utf-8");
  return new Response(`${JSON.stringify(file, null, 2)}\n`, { headers });
});
