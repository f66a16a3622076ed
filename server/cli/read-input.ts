import { readFile } from "node:fs/promises";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { exitCodes } from "./command.ts";

const say = sayRoom("errors");
const sayTerminal = sayRoom("terminal");

export type Input = "answers" | "pilot" | "project" | "report" | "samples" | "targets";

/** Reports of 100,000 requests stay well under it; anything larger is a mistake. */
const limitBytes = 50 * 1024 * 1024;

/**
 * Reads a JSON file; `-` is standard input.
 * @throws PilotageError INPUT_MISSING (66), FILE_EMPTY, FILE_TOO_LARGE, BODY_NOT_JSON (65)
 */
export async function readJson(path: string | undefined, what: Input): Promise<unknown> {
  return parseJson(await readText(path, what), path ?? what);
}

export async function readText(path: string | undefined, what: Input): Promise<string> {
  if (path === undefined) {
    const message = say("ARGUMENT_MISSING.file", { what: sayTerminal(`input.${what}`) });
    throw new PilotageError("invalid", "ARGUMENT_MISSING", message, {
      exitCode: exitCodes.usage,
      hint: say("USAGE.hint"),
    });
  }
  const bytes = await readFile(path === "-" ? "/dev/stdin" : path).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === "EISDIR" ? "folder" : error.code === "EACCES" ? "forbidden" : "absent";
    const message = say(`INPUT_MISSING.${reason}`, { path });
    throw new PilotageError("absent", "INPUT_MISSING", message, { exitCode: exitCodes.noInput });
  });
  if (bytes.length === 0) throw new PilotageError("invalid", "FILE_EMPTY", say("FILE_EMPTY.file", { path }));
  if (bytes.length > limitBytes)
    throw new PilotageError("invalid", "FILE_TOO_LARGE", say("FILE_TOO_LARGE.file", { path }));
  return bytes.toString("utf8");
}

export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : say("BODY_NOT_JSON.notJson");
    throw new PilotageError("invalid", "BODY_NOT_JSON", say("BODY_NOT_JSON.file", { path, reason }));
  }
}
