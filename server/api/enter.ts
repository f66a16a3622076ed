import { PilotageError } from "#server/errors.ts";
import { mayEnter } from "#server/identity/check-policy.ts";
import type { Policy, Session } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { type Context, createContext } from "./context.ts";
import { refuse } from "./refuse.ts";

const say = sayRoom("errors");

type Handler<Params> = (
  context: Context & { session: Session },
  params: Params,
  request: Request,
) => Promise<Response>;

/**
 * Wraps a route handler (files and streams; everything else is a procedure): proves identity, checks the declared
 * policy, turns errors into the envelope.
 *
 * export const GET = enter("read", async ({ db, session }, { projectId }) => …)
 */
export function enter<Params>(policy: Policy, handler: Handler<Params>) {
  const route = async (request: Request, { params }: { params: Promise<Params> }): Promise<Response> => {
    try {
      const context = await createContext(request.method, request.headers);
      const { session } = context;
      if (!session || !mayEnter(session.role, policy)) {
        throw new PilotageError("forbidden", "FORBIDDEN", say("FORBIDDEN.page"));
      }
      return await handler({ ...context, session }, await params, request);
    } catch (error) {
      return refuse(error);
    }
  };
  return Object.assign(route, { policy });
}

/** Headers of a file handed out: never rendered, never cached by others, its name safe for every system. */
export function downloadHeaders(fileName: string, contentType: string): Record<string, string> {
  const ascii = fileName.replace(/[^A-Za-z0-9._-]+/g, "-");
  return {
    "content-type": contentType,
    "content-disposition": `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, no-store",
  };
}
