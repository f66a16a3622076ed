import { downloadHeaders, enter } from "#server/api/enter.ts";
import { loadHiring } from "#server/api/load-hiring.ts";
import { writeTeamFile } from "#server/api/write-team-files.ts";

export const dynamic = "force-dynamic";

/** `xlsx`, `csv`, `long.csv`, `json`, `md`, `pdf`; with `?role=MLE` also `interview.*`, `job.*`, `greenhouse.json`, `ashby.json`. */
export const GET = enter<{ projectId: string; format: string }>(
  "read",
  async (context, { projectId, format }, request) => {
    const { db, session } = context;
    const team = await loadHiring(db, session.workspaceId, projectId, context.now());
    const role = new URL(request.url).searchParams.get("role");
    const { bytes, fileName, contentType } = await writeTeamFile(team, format, role);
    const body = typeof bytes === "string" ? bytes : Buffer.from(bytes);
    return new Response(body, { headers: downloadHeaders(fileName, contentType) });
  },
);
