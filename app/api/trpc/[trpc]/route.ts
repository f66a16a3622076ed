import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { findBodyProblem } from "#server/api/check-body.ts";
import { createContext } from "#server/api/context.ts";
import { refuse } from "#server/api/refuse.ts";
import { appRouter } from "#server/api/root.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");

export const dynamic = "force-dynamic";

const bodyLimitBytes = 1024 * 1024;
/** A report holds every raw record. */
const uploadLimitBytes = 50 * 1024 * 1024;
const batchLimit = 10;

async function handle(request: Request): Promise<Response> {
  try {
    const context = await createContext(request.method, request.headers);
    return await fetchRequestHandler({
      endpoint: "/api/trpc",
      req: await checkRequest(request),
      router: appRouter,
      createContext: () => context,
      maxBatchSize: batchLimit,
    });
  } catch (error) {
    return refuse(error);
  }
}

export { handle as GET, handle as POST };

/** @throws PilotageError BATCH_TOO_LARGE, TYPE_NOT_JSON, BODY_TOO_LARGE, BODY_NOT_JSON, BODY_TOO_DEEP, KEY_NOT_ALLOWED */
async function checkRequest(request: Request): Promise<Request> {
  const { pathname } = new URL(request.url);
  if (pathname.split(",").length > batchLimit) {
    throw new PilotageError(
      "invalid",
      "BATCH_TOO_LARGE",
      say("BATCH_TOO_LARGE.said", { most: String(batchLimit) }),
    );
  }
  if (request.method !== "POST") return request;
  if (!request.headers.get("content-type")?.startsWith("application/json")) {
    throw new PilotageError("invalid", "TYPE_NOT_JSON", say("TYPE_NOT_JSON.said"));
  }
  const limit = pathname.endsWith("/reports.upload") ? uploadLimitBytes : bodyLimitBytes;
  const text = await readText(request, limit);
  // A report's text is one string inside the body; its own reader looks at its keys and depth.
  const problem = findBodyProblem(text);
  if (problem) throw new PilotageError("invalid", problem.code, problem.message);
  return new Request(request.url, {
    method: "POST",
    headers: request.headers,
    body: text,
    signal: request.signal,
  });
}

/** Stops reading at the limit, whatever the length header says or leaves out. */
async function readText(request: Request, limit: number): Promise<string> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  const chunks: Uint8Array[] = [];
  let bytes = declared > limit ? declared : 0;
  if (bytes === 0) {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > limit) break;
      chunks.push(chunk);
    }
  }
  if (bytes <= limit) return Buffer.concat(chunks).toString("utf8");
  const mebibytes = (value: number) => `${(value / 1024 / 1024).toFixed(1)} MiB`;
  throw new PilotageError(
    "invalid",
    "BODY_TOO_LARGE",
    say("BODY_TOO_LARGE.said", { size: mebibytes(bytes), limit: mebibytes(limit) }),
  );
}
