import * as z from "zod";
import { enter } from "#server/api/enter.ts";
import { compareImport, saveImport } from "#server/api/import-matrix-store.ts";
import { readBody } from "#server/api/read-body.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { IMPORT_LIMITS } from "#server/team/import-schema.ts";
import { RatingSource } from "#server/team/schema.ts";
import { SetReason } from "#server/team/staffing-schema.ts";

const say = sayRoom("errors");

export const dynamic = "force-dynamic";

const Asked = z.union([
  z.strictObject({ source: RatingSource }),
  z.strictObject({ source: RatingSource, digest: z.string().length(64), reason: SetReason }),
]);

/** The file is the body. Without a digest it says what would change; with the digest of that answer it is saved. */
export const POST = enter<{ projectId: string }>("edit", async (context, { projectId }, request) => {
  const asked = Asked.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) {
    const issue = asked.error.issues[0]?.message ?? "";
    throw new PilotageError(
      "invalid",
      "INVALID",
      say("INVALID.issue", { place: say("INVALID.input"), issue }),
    );
  }
  const bytes = await readBody(request, IMPORT_LIMITS.bytes);
  const { db, session } = context;
  const file = { projectId, bytes, ...asked.data };
  const diff =
    "digest" in file
      ? await saveImport(db, session, file, context.now())
      : await compareImport(db, session, file, context.now());
  return Response.json(diff, { headers: { "cache-control": "private, no-store" } });
});
