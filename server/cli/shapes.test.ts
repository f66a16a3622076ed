import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { PRESETS } from "#server/brief/presets.data.ts";
import { decide } from "./decide.ts";
import { judge } from "./judge.ts";
import { plan } from "./plan.ts";
import { listShapeFiles, SHAPES } from "./shapes.ts";
import { team } from "./team.ts";

const folder = mkdtempSync(join(tmpdir(), "pilotage-shape-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const answers = PRESETS.find(({ id }) => id === "rag_support")?.answers ?? {};
const project = {
  schemaVersion: 1,
  project: { name: "Support", kind: "rag", presetId: "rag_support" },
  answers,
};
const sample = { kind: "latency", quantile: 0.95, targetMs: 100, runs: Array(10).fill(Array(60).fill(20)) };

test.each(listShapeFiles())(
  "$path says what the program answers (else: npm run contracts)",
  ({ path, text }) => {
    expect(readFileSync(path, "utf8")).toBe(text);
  },
);

describe("what a command answers has the promised shape", () => {
  test.each([
    [decide, answers, []],
    [team, project, ["--as-of", "2026-11-20"]],
    [plan, project, ["--start", "2026-12-01"]],
    [judge, sample, []],
  ])("$name", async (command, input, options) => {
    const path = join(folder, `${command.name}.json`);
    writeFileSync(path, JSON.stringify(input));
    let answer: unknown;
    const io = { answer: (value: unknown) => (answer = value), progress: () => {} };
    expect(await command.run([path, ...options], io as never)).toBe(0);
    const shape = SHAPES.find(({ file }) => file === `${command.name}.output.schema.json`);
    expect(shape?.schema.safeParse(answer).error).toBeUndefined();
  });
});
