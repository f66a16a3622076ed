import { type ErrorKind, PilotageError } from "#server/errors.ts";
import { exitCodes } from "./command.ts";

const exitCodeOfKind = {
  invalid: exitCodes.data,
  forbidden: exitCodes.permission,
  absent: exitCodes.noInput,
  conflict: exitCodes.tryAgain,
  unavailable: exitCodes.unavailable,
  internal: exitCodes.internal,
} as const satisfies Record<ErrorKind, number>;

/** Usage errors (unknown option, missing argument) are 2, an expected error its sysexit, anything else 70. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof PilotageError) return error.detail.exitCode ?? exitCodeOfKind[error.kind];
  return isParseArgsError(error) ? exitCodes.usage : exitCodes.internal;
}

/** One line, a hint line where there is one, a stack only for `--debug`. */
export function sayError(error: unknown, debug: boolean): string {
  const stack = debug && error instanceof Error ? `${error.stack}\n` : "";
  if (error instanceof PilotageError) {
    const at = error.detail.path ? ` (at ${error.detail.path})` : "";
    const hint = error.detail.hint ? `hint: ${error.detail.hint}\n` : "";
    return `error[${error.code}]: ${error.message}${at}\n${hint}${stack}`;
  }
  if (isParseArgsError(error))
    return `error[USAGE]: ${error.message.split("\n")[0]}\nhint: add --help\n${stack}`;
  return `error[INTERNAL]: something in Pilotage went wrong; nothing was written.\nhint: run again with --debug\n${stack}`;
}

function isParseArgsError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
