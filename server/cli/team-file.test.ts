import { mkdtempSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exitCodeOf, sayError } from "./say-error.ts";
import { team } from "./team.ts";

const folder = mkdtempSync(join(tmpdir(), "pilotage-team-file-"));
const large = join(folder, "large.csv");
writeFileSync(large, "");
truncateSync(large, 5 * 2 ** 30);
const small = join(folder, "small.csv");
writeFileSync(small, "Skill ID,MLE\nS01,3\n");
const project = ["--project", `prj_${"0".repeat(26)}`];

/** Whatever is refused here is refused before a database is opened. */
describe("a file for the matrix is refused by name", () => {
  test.each([
    ["no file", [], 2, "error[USAGE]"],
    ["no project", [small], 2, "error[USAGE]"],
    ["somebody else's id", [small, "--project", "1 OR 1"], 2, "error[USAGE]"],
    ["an unknown source", [small, ...project, "--source", "oracle"], 2, "error[USAGE]"],
    ["a file that is not there", [join(folder, "none.csv"), ...project], 66, "error[INPUT_MISSING]"],
    ["a folder", [folder, ...project], 66, "error[INPUT_MISSING]"],
    ["five gigabytes", [large, ...project], 65, "error[FILE_TOO_LARGE]"],
    ["a second file", [small, small, ...project], 2, "error[ARGUMENT_UNKNOWN]"],
  ])("%s", async (_, args, exit, said) => {
    const io = { answer: () => {}, progress: () => {} };
    const error = await team.run(["import", ...args], io).catch((thrown: unknown) => thrown);
    expect(exitCodeOf(error)).toBe(exit);
    expect(sayError(error, false)).toContain(said);
  });
});
