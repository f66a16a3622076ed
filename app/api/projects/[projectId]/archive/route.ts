import * as z from "zod";
import { downloadHeaders, enter } from "#server/api/enter.ts";
import { archivesDir } from "#server/benchmark/local-executor.ts";
import { readProject } from "#server/brief/store.ts";
import { readSettings } from "#server/env.ts";
import { PilotageError } from "#server/errors.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { readArchive } from "#server/scaffold/archive.ts";
import { sha256Of } from "#server/scaffold/canonical-json.ts";
import { Scaffold } from "#server/scaffold/schema.ts";
import { listScaffolds, readScaffold } from "#server/scaffold/store.ts";

const Query = z.strictObject({ scaffold: Scaffold.shape.id.optional() });

/** The bytes of a hand-out, as they were recorded: `?scaffold=scf_…`, or the newest. */
export const GET = enter<{ projectId: string }>("read", async ({ db, session }, params, request) => {
  const { workspaceId } = session;
  const projectId = readId(params.projectId);
  const query = Query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) throw new PilotageError("absent", "NOT_FOUND", "Hand-out not found.");
  await readProject(db, workspaceId, projectId);
  const scaffold = query.data.scaffold
    ? await readScaffold(db, workspaceId, projectId, query.data.scaffold)
    : (await listScaffolds(db, workspaceId, projectId, 1))[0];
  if (!scaffold) throw new PilotageError("absent", "NOT_FOUND", "This project has not been handed out yet.");
  const bytes = await readArchive(archivesDir(readSettings().dataDir), scaffold.archiveSha256);
  if (sha256Of(bytes) !== scaffold.archiveSha256) {
    throw new PilotageError(
      "unavailable",
      "ARCHIVE_DAMAGED",
      "The stored archive was changed and is not handed out.",
      {
        hint: "hand the pilot out again",
      },
    );
  }
  return new Response(new Uint8Array(bytes), {
    headers: {
      ...downloadHeaders(`${scaffold.template}-pilot.zip`, "application/zip"),
      "content-length": String(bytes.length),
      etag: `"${scaffold.archiveSha256}"`,
    },
  });
});

function readId(projectId: string): string {
  const parsed = ProjectId.safeParse(projectId);
  if (!parsed.success) throw new PilotageError("absent", "NOT_FOUND", "Project not found.");
  return parsed.data;
}
