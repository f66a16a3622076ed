import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rootDir } from "#server/env.ts";
import { writePilot } from "./archive.ts";
import { assembleWorkSample } from "./assemble-work-sample.ts";
import { readTemplate } from "./read-template.ts";
import { WORK_SAMPLE_FIX } from "./work-sample-answers.data.ts";

const own = join(rootDir, ".tools", "uv", "bin", "uv");
const uv = existsSync(own) ? own : "uv";
const folder = mkdtempSync(join(tmpdir(), "pilotage-sample-"));

beforeAll(async () => {
  await writePilot(assembleWorkSample(await readTemplate("rag")), folder);
  await promisify(execFile)(uv, ["sync", "--frozen", "--quiet"], { cwd: folder });
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** How many tests failed, and which. */
async function runTests(): Promise<string[]> {
  const { PILOTAGE_EVAL_DATA: _, VIRTUAL_ENV: __, ...env } = process.env;
  const run = promisify(execFile)(uv, ["run", "--frozen", "pytest", "-q", "-rf", "-p", "no:cacheprovider"], {
    cwd: folder,
    env,
    maxBuffer: 32 * 1024 * 1024,
  });
  const said = await run.then(
    ({ stdout }) => stdout,
    (error: { stdout?: string; code?: number }) => {
      // 1: tests failed. Anything else: they did not run.
      if (error.code !== 1) throw error;
      return error.stdout ?? "";
    },
  );
  return [...said.matchAll(/^FAILED (\S+)/gm)].map((match) => match[1] ?? "");
}

test("the planted fault shows in the tests that come along, the fix of the answer sheet heals them all", async () => {
  expect(await runTests()).toContain(
    "tests/model/test_quality_floor.py::test_the_bundled_set_is_answered_as_well_as_before",
  );
  for (const { path, find, replace } of WORK_SAMPLE_FIX) {
    const file = join(folder, path);
    writeFileSync(file, readFileSync(file, "utf8").replace(find, replace));
  }
  expect(await runTests()).toEqual([]);
});
