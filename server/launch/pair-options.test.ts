import { describe, expect, test } from "vitest";
import { configure, nameOf, OPTIONS, type Row } from "./configure-pilot.mjs";
import { listPairs, pairOptions, pairsOf } from "./pair-options.mjs";

const rows: Row[] = pairOptions(OPTIONS);

describe("the configurations of the pilot that are tried", () => {
  test("bring every two options together at least once", () => {
    const met = new Set(rows.flatMap((row) => pairsOf(row, Object.keys(OPTIONS))));
    expect([...listPairs(OPTIONS)].filter((pair) => !met.has(pair))).toEqual([]);
  });

  test("are few, the same each time, and each has a name of its own", () => {
    expect(rows.length).toBeLessThanOrEqual(20);
    expect(pairOptions(OPTIONS)).toEqual(rows);
    expect(new Set(rows.map(nameOf)).size).toBe(rows.length);
  });

  test("begin with one that asks no model and one that does, both without a server", () => {
    const first = rows.slice(0, 2);
    expect(first.map((row) => row.answer)).toEqual(["extractive", "endpoint"]);
    expect(first.every((row) => row.store.startsWith("faiss"))).toBe(true);
  });

  test("ask for a key where permissions are on, and name an endpoint only where one is asked", () => {
    const base = { workload: {}, retrieval: {}, answer: {}, serve: {} };
    for (const row of rows) {
      const config = configure(base, row, "http://127.0.0.1:1/v1");
      expect(config.serve.apiKeyVariable === null).toBe(row.permissions === "off");
      expect(config.answer.baseUrl === null).toBe(row.answer === "extractive");
    }
  });

  test("a kind with one option meets every option of the others", () => {
    expect(pairOptions({ one: ["a"], other: ["x", "y", "z"] })).toHaveLength(3);
  });
});
