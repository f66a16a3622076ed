import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ClinicConfig } from "#server/scaffold/clinic-schema.ts";
import { RagPilotConfig } from "#server/scaffold/rag-schema.ts";
import { findPilotChanges } from "#server/scaffold/read-pilot.ts";
import { readTemplate } from "#server/scaffold/read-template.ts";
import { Manifest } from "#server/scaffold/schema.ts";
import { handOut } from "./hand-out.ts";
import { exitCodeOf } from "./say-error.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pilotage-hand-out-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(
  ...args: string[]
): Promise<{ exit: number; code?: string; path?: string; answer?: unknown }> {
  let answer: unknown;
  try {
    const exit = await handOut.run(args, { answer: (value) => (answer = value), progress: () => undefined });
    return { exit, answer };
  } catch (error) {
    const { code, detail } = error as { code?: string; detail?: { path?: string } };
    return { exit: exitCodeOf(error), code: code ?? "", ...(detail?.path ? { path: detail.path } : {}) };
  }
}

async function writeConfig(change: (config: Record<string, unknown>) => void): Promise<string> {
  const config = structuredClone((await readTemplate("rag")).config) as unknown as Record<string, unknown>;
  change(config);
  const path = join(folder, "my-pilot.json");
  await writeFile(path, JSON.stringify(config));
  return path;
}

describe("a pilot handed out by the terminal", () => {
  test("is the same as folder and as archive, and unchanged when looked at again", async () => {
    const zip = await run("rag", "--out", join(folder, "p.zip"));
    const dir = await run("rag", "--out", join(folder, "p"));
    expect(zip).toMatchObject({ exit: 0, answer: { template: "rag", path: join(folder, "p.zip") } });
    expect(dir.answer).toEqual({ ...(zip.answer as object), path: join(folder, "p") });
    const config = RagPilotConfig.parse(JSON.parse(await readFile(join(folder, "p/pilot.json"), "utf8")));
    expect(config.projectId).toBeNull();
    Manifest.parse(JSON.parse(await readFile(join(folder, "p/handover/manifest.json"), "utf8")));
    expect(await findPilotChanges(join(folder, "p"), config)).toEqual([]);
  });

  test("the clinic has the same bytes every time, too", async () => {
    const [first, second] = [
      await run("clinic", "--out", join(folder, "a.zip")),
      await run("clinic", "--out", join(folder, "b")),
    ];
    expect(first).toMatchObject({ exit: 0, answer: { template: "clinic" } });
    expect(second.answer).toEqual({ ...(first.answer as object), path: join(folder, "b") });
    const config = ClinicConfig.parse(JSON.parse(await readFile(join(folder, "b/pilot.json"), "utf8")));
    expect(await findPilotChanges(join(folder, "b"), config)).toEqual([]);
  });

  test("that somebody changed is known by each changed file", async () => {
    await run("rag", "--out", join(folder, "p"));
    const pilot = join(folder, "p");
    const config = RagPilotConfig.parse(JSON.parse(await readFile(join(pilot, "pilot.json"), "utf8")));
    await writeFile(join(pilot, "src/mine.py"), "x = 1\n");
    await rm(join(pilot, "Makefile"));
    await writeFile(join(pilot, "pilot.json"), JSON.stringify(config));
    await mkdir(join(pilot, "var"));
    await writeFile(join(pilot, "var/index.bin"), "what the pilot itself writes is no change");
    expect(await findPilotChanges(pilot, config)).toEqual([
      { path: "Makefile", change: "removed" },
      { path: "src/mine.py", change: "added" },
      { path: "pilot.json", change: "edited" },
    ]);
  });

  test("carries a configuration of one's own, whatever its title holds", async () => {
    const title = "\u0024{{ secrets.X }} $(id) 'quoted'";
    const path = await writeConfig((config) => Object.assign(config, { title }));
    expect((await run("rag", "--out", join(folder, "p"), "--config", path)).exit).toBe(0);
    expect(JSON.parse(await readFile(join(folder, "p/pilot.json"), "utf8")).title).toBe(title);
  });
});

describe("what cannot be handed out leaves nothing behind", () => {
  test.each<[string, (config: Record<string, unknown>) => void, string, string]>([
    ["a misspelt key", (c) => Object.assign(c, { tragets: [] }), "CONFIG_INVALID", "tragets"],
    [
      "a misspelt inner key",
      (c) => Object.assign(c.retrieval as object, { topk: 3 }),
      "CONFIG_INVALID",
      "retrieval.topk",
    ],
    [
      "a wrong type",
      (c) => Object.assign(c.retrieval as object, { k: "5" }),
      "CONFIG_INVALID",
      "retrieval.k",
    ],
    ["a missing key", (c) => delete c.workload, "CONFIG_INVALID", "workload"],
    [
      "an overlap as large as the chunk",
      (c) => Object.assign(c, { ingest: { chunkCharacters: 200, overlapCharacters: 200 } }),
      "CONFIG_INVALID",
      "ingest.overlapCharacters",
    ],
    [
      "a direction character in the title",
      (c) => Object.assign(c, { title: "a\u202Eb" }),
      "NAME_CHARACTERS",
      "title",
    ],
    [
      "a title of 10,000 characters",
      (c) => Object.assign(c, { title: "x".repeat(10_000) }),
      "CONFIG_INVALID",
      "title",
    ],
    [
      "another template version",
      (c) => Object.assign(c, { templateVersion: "9.9.9" }),
      "CONFIG_TEMPLATE",
      "templateVersion",
    ],
  ])("%s: exit 78 with its place", async (_title, change, code, at) => {
    const path = await writeConfig(change);
    const result = await run("rag", "--out", join(folder, "p"), "--config", path);
    expect(result).toEqual({ exit: 78, code, path: at });
    expect(await readdir(folder)).toEqual(["my-pilot.json"]);
  });

  test.each([
    ["an unknown pilot", ["robot", "--out", "x.zip"], 2],
    ["no pilot", ["--out", "x.zip"], 2],
    ["no place", ["rag"], 2],
    ["an unknown option", ["rag", "--output", "x.zip"], 2],
    ["a configuration that is not there", ["rag", "--out", "x.zip", "--config", "/nowhere/pilot.json"], 66],
    ["a folder that does not exist", ["rag", "--out", "/nowhere/at/all/x.zip"], 73],
  ])("%s", async (_title, args, exit) => {
    expect((await run(...args)).exit).toBe(exit);
  });

  test("an existing file, or a folder that holds something: exit 73, untouched", async () => {
    await writeFile(join(folder, "p.zip"), "mine");
    await mkdir(join(folder, "full"));
    await writeFile(join(folder, "full/mine"), "mine");
    await mkdir(join(folder, "empty"));
    expect(await run("rag", "--out", join(folder, "p.zip"))).toMatchObject({ exit: 73, code: "OUT_EXISTS" });
    expect(await run("rag", "--out", join(folder, "full"))).toMatchObject({ exit: 73, code: "OUT_EXISTS" });
    expect(await run("rag", "--out", join(folder, "empty"))).toMatchObject({ exit: 0 });
    expect(await readFile(join(folder, "p.zip"), "utf8")).toBe("mine");
    expect((await readdir(folder)).sort()).toEqual(["empty", "full", "p.zip"]);
  });

  test.skipIf(process.getuid?.() === 0)("a folder that may not be written: exit 77", async () => {
    await chmod(folder, 0o500);
    expect((await run("rag", "--out", join(folder, "p.zip"))).exit).toBe(77);
  });
});
