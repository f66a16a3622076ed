import { PilotageError } from "#server/errors.ts";
import { exitCodes } from "./command.ts";

/** A second file would be ignored in silence; a script that passes one has a mistake in it. */
export function refuseMore(positionals: readonly string[], most: number): void {
  if (positionals.length <= most) return;
  throw new PilotageError("invalid", "ARGUMENT_UNKNOWN", `"${positionals[most]}" is one argument too many.`, {
    exitCode: exitCodes.usage,
    hint: "add --help for an example",
  });
}
