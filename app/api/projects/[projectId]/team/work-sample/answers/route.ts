import { downloadHeaders, enter } from "#server/api/enter.ts";
import { readProject } from "#server/brief/store.ts";
import { WORK_SAMPLE } from "#server/scaffold/work-sample.data.ts";
import { WORK_SAMPLE_ANSWERS } from "#server/scaffold/work-sample-answers.data.ts";

export const dynamic = "force-dynamic";

/** For interviewers: whoever may only read does not get it. */
export const GET = enter<{ projectId: string }>("edit", async ({ db, session }, { projectId }) => {
  await readProject(db, session.workspaceId, projectId);
  return new Response(WORK_SAMPLE_ANSWERS, {
    headers: downloadHeaders(`${WORK_SAMPLE.name}-answers.md`, "text/markdown; charset=utf-8"),
  });
});
