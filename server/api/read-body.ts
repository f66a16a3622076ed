import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");

/**
 * The bytes of a request up to a limit. It stops reading there: a body of a gigabyte costs as much as one of the limit.
 * @throws PilotageError BODY_TOO_LARGE
 */
export async function readBody(request: Request, limitBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = Number(request.headers.get("content-length") ?? 0);
  if (size > limitBytes) throw tooLarge(size, limitBytes);
  size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > limitBytes) throw tooLarge(size, limitBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(size: number, limit: number): PilotageError {
  const values = { size: mebibytes(size), limit: mebibytes(limit) };
  return new PilotageError("invalid", "BODY_TOO_LARGE", say("BODY_TOO_LARGE.said", values));
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
