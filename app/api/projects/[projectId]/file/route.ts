import { downloadHeaders, enter } from "#server/api/enter.ts";
import { exportProject } from "#server/plan/project-file-store.ts";

export const dynamic = "force-dynamic";

/** The whole project as one file: the same that the terminal exports and both doors import. */
export const GET = enter<{ projectId: string }>("read", async ({ db, session }, { projectId }) => {
  const file = await exportProject(db, session.workspaceId, projectId);
  const headers = downloadHeaders(`project-${file.project.name}.json`, "application/json; charset=utf-8");
  return new Response(`${JSON.stringify(file, null, 2)}\n`, { headers });
});
