import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { createContext } from "#server/api/context.ts";
import { refuse } from "#server/api/refuse.ts";
import { appRouter } from "#server/api/root.ts";
import { PilotageError } from "#server/errors.ts";

export const dynamic = "force-dynamic";

const bodyLimitBytes = 1024 * 1024;
/** A report holds every raw record; the catalogue allows uploads of 50 MiB. */
const uploadLimitBytes = 50 * 1024 * 1024;

async function handle(request: Request): Promise<Response> {
  const tooLarge = findTooLarge(request);
  if (tooLarge) return refuse(tooLarge);
  if (request.method === "POST" && !isJson(request)) {
    return new Response("Send JSON.", { status: 415 });
  }
  try {
    const context = await createContext(request.method, request.headers);
    return await fetchRequestHandler({
      endpoint: "/api/trpc",
      req: request,
      router: appRouter,
      createContext: () => context,
      maxBatchSize: 10,
    });
  } catch (error) {
    return refuse(error);
  }
}

export { handle as GET, handle as POST };

function isJson(request: Request): boolean {
  return request.headers.get("content-type")?.startsWith("application/json") ?? false;
}

function findTooLarge(request: Request): PilotageError | null {
  const bytes = Number(request.headers.get("content-length") ?? 0);
  const limit = request.url.includes("/api/trpc/reports.upload") ? uploadLimitBytes : bodyLimitBytes;
  if (bytes <= limit) return null;
  const mebibytes = (value: number) => `${(value / 1024 / 1024).toFixed(1)} MiB`;
  return new PilotageError(
    "invalid",
    "BODY_TOO_LARGE",
    `Body is ${mebibytes(bytes)}; the limit is ${mebibytes(limit)}.`,
  );
}
