import { downloadHeaders, enter } from "#server/api/enter.ts";
import { readProject } from "#server/brief/store.ts";
import { packArchive } from "#server/scaffold/archive.ts";
import { assembleWorkSample } from "#server/scaffold/assemble-work-sample.ts";
import { readTemplate } from "#server/scaffold/read-template.ts";
import { WORK_SAMPLE } from "#server/scaffold/work-sample.data.ts";

export const dynamic = "force-dynamic";

/** The same archive for everybody: nothing of the project goes into it. */
export const GET = enter<{ projectId: string }>("read", async ({ db, session }, { projectId }) => {
  await readProject(db, session.workspaceId, projectId);
  const { bytes } = packArchive(assembleWorkSample(await readTemplate("rag")));
  return new Response(Buffer.from(bytes), {
    headers: downloadHeaders(`${WORK_SAMPLE.name}.zip`, "application/zip"),
  });
});
