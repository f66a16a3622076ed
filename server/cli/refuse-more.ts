import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { exitCodes } from "./command.ts";

const say = sayRoom("errors");

/** A second file would be ignored in silence; a script that passes one has a mistake in it. */
export function refuseMore(positionals: readonly string[], most: number): void {
  if (positionals.length <= most) return;
  const message = say("ARGUMENT_UNKNOWN.said", { argument: positionals[most] ?? "" });
  throw new PilotageError("invalid", "ARGUMENT_UNKNOWN", message, {
    exitCode: exitCodes.usage,
    hint: say("USAGE.hint"),
  });
}
