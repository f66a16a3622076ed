import { readFile } from "node:fs/promises";
import { PilotageError } from "#server/errors.ts";
import { exitCodes } from "./command.ts";

/** Reports of 100,000 requests stay well under it; anything larger is a mistake. */
const limitBytes = 50 * 1024 * 1024;

/**
 * Reads a JSON file; `-` is standard input.
 * @throws PilotageError INPUT_MISSING (66), FILE_EMPTY, FILE_TOO_LARGE, BODY_NOT_JSON (65)
 */
export async function readJson(path: string | undefined, what: string): Promise<unknown> {
  return parseJson(await readText(path, what), path ?? what);
}

export async function readText(path: string | undefined, what: string): Promise<string> {
  if (path === undefined) {
    throw new PilotageError("invalid", "ARGUMENT_MISSING", `Say which ${what} to read.`, {
      exitCode: exitCodes.usage,
      hint: "add --help for an example",
    });
  }
  const bytes = await readFile(path === "-" ? "/dev/stdin" : path).catch((error: NodeJS.ErrnoException) => {
    const reason =
      error.code === "EISDIR"
        ? "is a folder"
        : error.code === "EACCES"
          ? "may not be read"
          : "does not exist";
    throw new PilotageError("absent", "INPUT_MISSING", `${path} ${reason}.`, { exitCode: exitCodes.noInput });
  });
  if (bytes.length === 0) throw new PilotageError("invalid", "FILE_EMPTY", `${path} is empty.`);
  if (bytes.length > limitBytes)
    throw new PilotageError("invalid", "FILE_TOO_LARGE", `${path} is over 50 MiB.`);
  return bytes.toString("utf8");
}

export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "not JSON";
    throw new PilotageError("invalid", "BODY_NOT_JSON", `${path} is not valid JSON: ${reason}`);
  }
}
