import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { sayDiskError } from "#server/scaffold/archive.ts";
import { type JobError, JobErrorCode } from "./job-schema.ts";

const say = sayRoom("errors");

/** What went wrong around a run, in words for the page. The text of an unexpected error stays in the log. */
export function explainThrown(thrown: unknown): JobError {
  const error = sayDiskError(thrown, say("STORAGE_FULL.run"));
  if (error instanceof PilotageError) {
    const code = JobErrorCode.safeParse(error.code === "STORAGE_READ_ONLY" ? "STORAGE_FULL" : error.code);
    if (code.success) return { code: code.data, message: error.message, lastLines: [] };
  }
  return {
    code: "INTERNAL",
    message: say("INTERNAL.benchmark"),
    lastLines: [],
  };
}
