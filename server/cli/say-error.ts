import { findNearestWord } from "#server/brief/find-nearest-word.ts";
import { type ErrorKind, PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { exitCodes } from "./command.ts";

const say = sayRoom("errors");
const sayTerminal = sayRoom("terminal");

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

/** One line, a hint line where there is one, a stack only for `--debug`. `usage` names the options there are. */
export function sayError(error: unknown, debug: boolean, usage = ""): string {
  const stack = debug && error instanceof Error ? `${error.stack}\n` : "";
  if (error instanceof PilotageError) {
    const { path, hint } = error.detail;
    const sentence = path ? sayTerminal("at", { message: error.message, path }) : error.message;
    return `error[${error.code}]: ${sentence}\n${hint ? `hint: ${hint}\n` : ""}${stack}`;
  }
  if (isParseArgsError(error)) {
    const [said = ""] = error.message.split("\n");
    const typed = said.match(/Unknown option '--?([^'\s]+)/)?.[1];
    const known = [...usage.matchAll(/--([a-z-]+)/g)].map((match) => match[1] ?? "");
    const nearest = typed === undefined ? null : findNearestWord(typed, known);
    const sentence = typed === undefined ? said : say("USAGE.option", { option: typed });
    const hint = nearest === null ? say("USAGE.shortHint") : say("USAGE.nearest", { option: nearest });
    return `error[USAGE]: ${sentence}\nhint: ${hint}\n${stack}`;
  }
  return `error[INTERNAL]: ${say("INTERNAL.terminal")}\nhint: ${say("INTERNAL.terminalHint")}\n${stack}`;
}

function isParseArgsError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
