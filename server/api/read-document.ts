import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { findBodyProblem } from "./check-body.ts";

const say = sayRoom("errors");

/**
 * The text of a file that came as one string inside a request, whose own keys and depth nobody has looked at yet.
 * @throws PilotageError FILE_EMPTY, BODY_NOT_JSON, BODY_TOO_DEEP, KEY_NOT_ALLOWED
 */
export function readDocument(text: string): unknown {
  const json = text.replace(/^\uFEFF/, "");
  if (json.trim() === "") throw new PilotageError("invalid", "FILE_EMPTY", say("FILE_EMPTY.report"));
  const problem = findBodyProblem(json);
  if (problem) {
    const { code, message } = problem;
    throw new PilotageError("invalid", code, message, { hint: say("PROJECT_INVALID.hint") });
  }
  return JSON.parse(json);
}
