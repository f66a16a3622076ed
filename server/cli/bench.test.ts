import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readTemplate } from "#server/scaffold/read-template.ts";
import { bench } from "./bench.ts";
import { exitCodeOf } from "./say-error.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pilotage-bench-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(args: string[]): Promise<{ exit: number; code: string }> {
  const io = { answer: () => undefined, progress: () => undefined };
  return bench.run(args, io).then(
    (exit) => ({ exit, code: "" }),
    (error: { code?: string }) => ({ exit: exitCodeOf(error), code: error.code ?? "" }),
  );
}

describe("bench refuses before anything is run", () => {
  test.each([
    ["no folder", ["--out", "r.json"], 2],
    ["two folders", ["a", "b", "--out", "r.json"], 2],
    ["no place for the report", ["."], 2],
    ["an unknown option", [".", "--outt", "r.json"], 2],
    ["a sweep's option without a sweep", [".", "--out", "r.json", "--rates", "5"], 2],
    ["a rate that is no number", [".", "--out", "d", "--preset", "sweep", "--rates", "5,fast"], 2],
    ["an unknown preset", [".", "--out", "r.json", "--preset", "fast"], 2],
    ["a folder that does not exist", ["/nowhere", "--out", "r.json"], 66],
    ["data that does not exist", [".", "--out", "r.json", "--data", "/nowhere"], 66],
    ["a place that does not exist", [".", "--out", "/nowhere/r.json"], 73],
    ["a folder that holds no pilot", ["server", "--out", "r.json"], 66],
  ])("%s", async (_title, args, exit) => {
    expect((await run(args)).exit).toBe(exit);
  });

  test.each([
    ["a misspelt key", { tragets: [] }, 78],
    ["an overlap as large as the chunk", { ingest: { chunkCharacters: 200, overlapCharacters: 200 } }, 78],
  ])("%s in pilot.json", async (_title, change, exit) => {
    const { config } = await readTemplate("rag");
    await writeFile(join(folder, "pilot.json"), JSON.stringify({ ...config, ...change }));
    expect(await run([folder, "--out", join(folder, "r.json")])).toEqual({ exit, code: "CONFIG_INVALID" });
    expect(await readdir(folder)).toEqual(["pilot.json"]);
  });

  test.each([
    ["a rate of 0", ["--rates", "0,5"]],
    ["k out of range", ["--k", "51"]],
    ["an unknown search", ["--modes", "bm25,splade"]],
    [
      "more points than a sweep has",
      ["--rates", "10,20", "--k", Array.from({ length: 31 }, (_, at) => at + 1).join()],
    ],
  ])("a sweep with %s", async (_title, options) => {
    const { config } = await readTemplate("rag");
    await writeFile(join(folder, "pilot.json"), JSON.stringify(config));
    const args = [folder, "--out", join(folder, "swept"), "--preset", "sweep", ...options];
    expect(await run(args)).toEqual({ exit: 2, code: "SWEEP_INVALID" });
    expect(await readdir(folder)).toEqual(["pilot.json"]);
  });

  test("a pilot.json that is not JSON", async () => {
    await writeFile(join(folder, "pilot.json"), "{");
    expect((await run([folder, "--out", join(folder, "r.json")])).exit).toBe(65);
  });
});
