import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { storeReport } from "#server/benchmark/store.ts";
import { createProject } from "#server/brief/store.ts";
import { newId } from "#server/new-id.ts";
import { makeReport } from "#server/testing/make-report.ts";
import { inWorkspace } from "./open-workspace.ts";
import { runs } from "./runs.ts";
import { exitCodeOf } from "./say-error.ts";
import { SHAPES } from "./shapes.ts";

const folder = mkdtempSync(join(tmpdir(), "pilotage-runs-"));
const before = process.env.PILOTAGE_DATA_DIR;
let projectId = "";
const runIds = [newId("run"), newId("run")];

beforeAll(async () => {
  process.env.PILOTAGE_DATA_DIR = folder;
  await inWorkspace(async (db, { workspaceId, memberId }) => {
    const at = new Date();
    projectId = (
      await createProject(db, workspaceId, memberId, { name: "Desk", presetId: "rag_support" }, at)
    ).id;
    for (const [index, runId] of runIds.entries()) {
      const report = makeReport({ latencyMs: () => 400 + 200 * index, overrides: { runId } });
      const run = { projectId, jobId: null, scaffoldId: null, source: "upload" as const, isolation: null };
      await storeReport(db, workspaceId, { ...run, modified: false, report, createdBy: memberId, at });
    }
  });
}, 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  if (before === undefined) delete process.env.PILOTAGE_DATA_DIR;
  else process.env.PILOTAGE_DATA_DIR = before;
});

async function call(args: string[]): Promise<{ exit: number; answer: unknown }> {
  let answer: unknown = null;
  const io = { answer: (value: unknown) => (answer = value), progress: () => undefined };
  const exit = await runs.run(args, io).catch(exitCodeOf);
  return { exit, answer };
}

function targets(value: number): string {
  const path = join(folder, `targets-${value}.json`);
  writeFileSync(
    path,
    JSON.stringify([{ metric: "latency_p95_ms", comparison: "lt", value, confidence: 0.95 }]),
  );
  return path;
}

describe("the terminal does with stored runs what the web does, in the promised shapes", () => {
  const [first = "", second = ""] = runIds;
  test.each([
    ["list", () => ["list", projectId], 0, [{ runId: second }, { runId: first }]],
    [
      "compare",
      () => ["compare", projectId, first, second],
      0,
      { base: { runId: first }, others: [{ comparison: { runs: [{ change: "worse" }, {}, {}] } }] },
    ],
    [
      "note",
      () => ["note", projectId, first, "--text", " the machine was busy "],
      0,
      { note: "the machine was busy" },
    ],
    ["note", () => ["note", projectId, first, "--text", ""], 0, { note: null }],
    ["judge", () => ["judge", projectId, first, "--targets", targets(300)], 1, { outcome: "fail" }],
    ["judge", () => ["judge", projectId, first, "--targets", targets(3000)], 0, { outcome: "pass" }],
  ])("%s", async (verb, args, exit, answer) => {
    const said = await call(args());
    expect(said).toMatchObject({ exit, answer });
    const shape = SHAPES.find(({ file }) => file === `runs.${verb}.schema.json`);
    expect(shape?.schema.safeParse(said.answer).error).toBeUndefined();
  });
});

describe("what cannot be done is said and nothing is written", () => {
  test.each([
    ["no verb", () => [], 2],
    ["an unknown verb", () => ["drop", projectId], 2],
    ["no project", () => ["list"], 2],
    ["a project id that is none", () => ["list", "desk"], 65],
    ["a project that is not here", () => ["list", newId("prj")], 66],
    ["one run to compare", () => ["compare", projectId, runIds[0] ?? ""], 2],
    ["a run with itself", () => ["compare", projectId, runIds[0] ?? "", runIds[0] ?? ""], 65],
    ["a run id that is none", () => ["note", projectId, "latest", "--text", "x"], 65],
    ["a run that is not here", () => ["note", projectId, newId("run"), "--text", "x"], 66],
    ["no text", () => ["note", projectId, runIds[0] ?? ""], 2],
    [
      "a note of 2,001 characters",
      () => ["note", projectId, runIds[0] ?? "", "--text", "x".repeat(2_001)],
      2,
    ],
    ["no targets", () => ["judge", projectId, runIds[0] ?? ""], 2],
    ["a run too many", () => ["note", projectId, ...runIds, "--text", "x"], 2],
  ])("%s", async (_title, args, exit) => {
    expect(await call(args())).toEqual({ exit, answer: null });
  });
});
