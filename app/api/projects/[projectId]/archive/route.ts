import * as z from "zod";
import { downloadHeaders, enter } from "#server/api/enter.ts";
import { archivesDir } from "#server/benchmark/local-executor.ts";
import { readProject } from "#server/brief/store.ts";
import { readSettings } from "#server/env.ts";
import { PilotageError } from "#server/errors.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { readArchive } from "#server/scaffold/archive.ts";
import { sha256Of } from "#server/scaffold/canonical-json.ts";
import { Scaffold } from "#server/scaffold/schema.ts";
import { listScaffolds, readScaffold } from "#server/scaffold/store.ts";

const say = sayRoom("errors");

const Query = z.strictObject({ scaffold: Scaffold.shape.id.optional() });

/** The bytes of a hand-out, as they were recorded: `?scaffold=scf_…`, or the newest. */
export const GET = enter<{ projectId: string }>("read", async ({ db, session }, params, request) => {
  const { workspaceId } = session;
  const projectId = readId(params.projectId);
  const query = Query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.handOut"));
  await readProject(db, workspaceId, projectId);
  const scaffold = query.data.scaffold
    ? await readScaffold(db, workspaceId, projectId, query.data.scaffold)
    : (await listScaffolds(db, workspaceId, projectId, 1))[0];
  if (!scaffold) throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.neverHandedOut"));
  const bytes = await readArchive(archivesDir(readSettings().dataDir), scaffold.archiveSha256);
  if (sha256Of(bytes) !== scaffold.archiveSha256) {
    throw new PilotageError("unavailable", "ARCHIVE_DAMAGED", say("ARCHIVE_DAMAGED.stored"), {
      hint: say("ARCHIVE_DAMAGED.storedHint"),
    });
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
  if (!parsed.success) throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.project"));
  return parsed.data;
}
