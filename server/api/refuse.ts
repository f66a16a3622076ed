import { randomUUID } from "node:crypto";
import { explainStoreError } from "#server/db.ts";
import { httpStatus, PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");

/** The envelope of every refusal outside tRPC. Nothing unexpected is shown; the request id finds it in the log. */
export function refuse(thrown: unknown): Response {
  const error = explainStoreError(thrown);
  const requestId = randomUUID();
  if (error instanceof PilotageError) {
    const { path, hint, data } = error.detail;
    const status = statusOfCode[error.code] ?? httpStatus[error.kind];
    return Response.json(
      { code: error.code, message: error.message, path, hint, data, requestId },
      { status, headers: noStore },
    );
  }
  process.stderr.write(`${JSON.stringify({ requestId, error: String(error) })}\n`);
  return Response.json(
    { code: "INTERNAL", message: say("INTERNAL.said"), requestId },
    { status: 500, headers: noStore },
  );
}

/** Where the field's own status says more than the kind's. */
const statusOfCode: Record<string, number> = { BODY_TOO_LARGE: 413, TYPE_NOT_JSON: 415, STORAGE_FULL: 507 };

const noStore = { "cache-control": "private, no-store" };
