import { initTRPC, TRPCError } from "@trpc/server";
import * as z from "zod";
import { explainStoreError } from "#server/db.ts";
import { httpStatus, PilotageError, trpcCode } from "#server/errors.ts";
import { mayEnter } from "#server/identity/check-policy.ts";
import type { Policy } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { Context } from "./context.ts";

const say = sayRoom("errors");

export type ErrorBody = { code: string; message: string; path?: string; hint?: string; data?: unknown };

const t = initTRPC
  .context<Context>()
  .meta<{ policy: Policy }>()
  .create({
    errorFormatter: ({ shape, error }) => ({
      message: explain(error).message,
      code: shape.code,
      data: {
        code: shape.data.code,
        httpStatus:
          error.cause instanceof PilotageError ? httpStatus[error.cause.kind] : shape.data.httpStatus,
        pilotage: explain(error),
      },
    }),
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Every procedure starts here and names who may enter. */
export function procedure(policy: Policy) {
  return t.procedure.meta({ policy }).use(async ({ ctx, next }) => {
    const { session } = ctx;
    if (!session) {
      throw toTrpcError(new PilotageError("forbidden", "SIGN_IN", say("SIGN_IN.said")));
    }
    if (!mayEnter(session.role, policy)) {
      throw toTrpcError(
        new PilotageError("forbidden", "FORBIDDEN", say("FORBIDDEN.role", { role: session.role })),
      );
    }
    const result = await next({ ctx: { ...ctx, session } });
    // What tRPC itself refuses (input, method) already has its code; anything a procedure threw is explained here.
    if (!result.ok && result.error.code === "INTERNAL_SERVER_ERROR") {
      throw toTrpcError(result.error.cause ?? result.error);
    }
    return result;
  });
}

function toTrpcError(thrown: unknown): TRPCError {
  if (thrown instanceof TRPCError) return thrown;
  const cause = explainStoreError(thrown);
  if (cause instanceof PilotageError) {
    return new TRPCError({ code: trpcCode[cause.kind], message: cause.message, cause });
  }
  return new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: say("INTERNAL.short"), cause });
}

/** What crosses to the browser: never a stack, a path, or the text of an unexpected error. */
function explain(error: TRPCError): ErrorBody {
  const { cause } = error;
  if (cause instanceof PilotageError) {
    const { path, hint, data } = cause.detail;
    return {
      code: cause.code,
      message: cause.message,
      ...(path === undefined ? {} : { path }),
      ...(hint === undefined ? {} : { hint }),
      ...(data === undefined ? {} : { data }),
    };
  }
  if (cause instanceof z.ZodError) return explainIssue(cause);
  if (error.code === "INTERNAL_SERVER_ERROR") {
    return { code: "INTERNAL", message: say("INTERNAL.said") };
  }
  return { code: error.code, message: error.message };
}

function explainIssue(error: z.ZodError): ErrorBody {
  const issue = error.issues[0];
  const path = issue?.path.join(".") ?? "";
  if (issue?.code === "custom") {
    const code = typeof issue.params?.code === "string" ? issue.params.code : "INVALID";
    return { code, message: issue.message, path };
  }
  if (issue?.code === "unrecognized_keys") {
    return {
      code: "UNKNOWN_FIELD",
      message: say("UNKNOWN_FIELD.input", { field: issue.keys[0] ?? "" }),
      path,
    };
  }
  const missing = issue?.code === "invalid_type" && issue.input === undefined;
  const place = path || say("INVALID.input");
  return {
    code: missing ? "REQUIRED" : "INVALID",
    message: say("INVALID.issue", { place, issue: issue?.message ?? "" }),
    path,
  };
}
