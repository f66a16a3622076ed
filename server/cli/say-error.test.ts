import { parseArgs } from "node:util";
import { expect, test } from "vitest";
import { PilotageError } from "#server/errors.ts";
import { exitCodeOf, sayError } from "./say-error.ts";

const usage = "DIR --out report.json [--data DIR] [--preset quick|standard]";

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

test.each([
  [
    "a misspelt option",
    () => parseArgs({ args: ["--presett", "quick"], options: {} }),
    2,
    "did you mean --preset?",
  ],
  ["an option like no other", () => parseArgs({ args: ["--zzzzzz"], options: {} }), 2, "add --help"],
  [
    "wrong data",
    () => raise(new PilotageError("invalid", "X", "No.", { path: "a.b" })),
    65,
    "error[X]: No. (at a.b)",
  ],
  ["a missing file", () => raise(new PilotageError("absent", "X", "Gone.")), 66, "error[X]: Gone."],
  ["a busy database", () => raise(new PilotageError("unavailable", "X", "Busy.")), 69, "error[X]: Busy."],
  [
    "a fault of our own",
    () => raise(new TypeError("secret path /srv/x")),
    70,
    "something in Pilotage went wrong",
  ],
])("%s", (_title, work, exitCode, words) => {
  const error = thrownBy(work);
  expect(exitCodeOf(error)).toBe(exitCode);
  expect(sayError(error, false, usage)).toContain(words);
  expect(sayError(error, false, usage)).not.toMatch(/secret|\n\s+at /);
});

function raise(error: Error): never {
  throw error;
}
