import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { RULE_SET } from "#server/decision/read-rule-set.ts";
import golden from "#server/decision/scenarios.golden.json" with { type: "json" };
import type { Decision } from "#server/decision/schema.ts";
import { decide } from "./decide.ts";
import { exitCodeOf } from "./say-error.ts";

const folder = mkdtempSync(join(tmpdir(), "pilotage-decide-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(content: unknown, more: string[] = []) {
  const path = join(folder, "answers.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  const said: { answer?: unknown; progress: string[]; error?: Error; exitCode: number } = {
    progress: [],
    exitCode: 0,
  };
  const io = {
    answer: (value: unknown) => {
      said.answer = value;
    },
    progress: (line: string) => void said.progress.push(line),
  };
  try {
    said.exitCode = await decide.run([path, ...more], io);
  } catch (error) {
    said.error = error as Error;
    said.exitCode = exitCodeOf(error);
  }
  return said;
}

test("scenario A is decided as recorded, with everything a script is promised", async () => {
  const { answer, exitCode } = await run(golden.base);
  const { ruleSet, layers } = answer as Decision;
  expect(exitCode).toBe(0);
  expect(ruleSet).toMatchObject({ id: "layers", version: RULE_SET.version });
  expect(Object.fromEntries(layers.map((layer) => [layer.layer, layer.pick]))).toEqual(
    golden.scenarios[0]?.picks,
  );
  const keys = ["layer", "status", "pick", "teamPick", "margin", "fired", "vetoed", "flips"];
  for (const layer of layers) expect(Object.keys(layer)).toEqual(expect.arrayContaining(keys));
});

describe("bad answers", () => {
  test.each<[string, unknown, string, RegExp]>([
    ["a misspelt key", { bond: "io" }, "UNKNOWN_QUESTION", /"bond"/],
    ["a misspelt option", { bound: "oi" }, "ANSWER_INVALID", /io, cpu, gpu, mixed/],
    ["a list", [], "ANSWERS_NOT_AN_OBJECT", /object/],
    ["no JSON", "{", "BODY_NOT_JSON", /not valid JSON/],
    ["an empty file", "", "FILE_EMPTY", /empty/],
  ])("%s is an error of the data", async (_title, content, code, message) => {
    const { error, exitCode, answer } = await run(content);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect([exitCode, answer]).toEqual([65, undefined]);
  });

  test("a misspelt key names the one that was meant, and further problems are told too", async () => {
    const { error, progress } = await run({ latncy_ms: 3, weeks: "2" });
    expect(error).toMatchObject({ detail: { path: "latncy_ms", hint: 'Did you mean "latency_ms"?' } });
    expect(progress).toEqual([expect.stringMatching(/^also: weeks: "2" is not a number/)]);
  });

  test("a second file or an unknown option is a usage error", async () => {
    expect((await run({}, ["other.json"])).exitCode).toBe(2);
    expect((await run({}, ["--fast"])).exitCode).toBe(2);
  });
});

test("no answers at all is a legal question", async () => {
  const { answer, exitCode } = await run({});
  expect(exitCode).toBe(0);
  expect((answer as Decision).layers.filter((layer) => layer.status === "undecided")).toHaveLength(8);
});
