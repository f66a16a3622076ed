import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { PilotageError } from "#server/errors.ts";
import { readConfig } from "./read-config.ts";

const examples = "pilot-templates/rag/contract/examples/pilot";
const read = (path: string): unknown => JSON.parse(readFileSync(`${examples}/${path}`, "utf8"));

const clinic = "pilot-templates/clinic/contract/examples/pilot";

describe.each(["clinic", "mlops"])("a pilot.json of the %s pilot", (template) => {
  const folder = `pilot-templates/${template}/contract/examples/pilot`;
  test.each(readdirSync(`${folder}/disagreeing`))("is refused where it contradicts itself: %s", (name) => {
    const value: unknown = JSON.parse(readFileSync(`${folder}/disagreeing/${name}`, "utf8"));
    expect(() => readConfig(value, null)).toThrowError(PilotageError);
  });

  test.each(readdirSync(`${folder}/valid`))("is taken when it is consistent: %s", (name) => {
    const value: unknown = JSON.parse(readFileSync(`${folder}/valid/${name}`, "utf8"));
    expect(readConfig(value, null)).toMatchObject({ template });
  });
});

test("a configuration of another pilot is not handed out as this one", () => {
  const value: unknown = JSON.parse(readFileSync(`${clinic}/valid/defaults.json`, "utf8"));
  expect(readConfig(value, { template: "clinic", templateVersion: "1.0.0" })).toMatchObject({
    template: "clinic",
  });
  const rag = { template: "rag", templateVersion: "1.0.0" } as const;
  expect(() => readConfig(value, rag)).toThrowError(/configures the pilot clinic, not rag/);
});

/** The key that each file's name speaks of: the app names it as the pilot does. */
const PATHS: Record<string, string> = {
  "endpoint-without-a-model.json": "answer.model",
  "overlap-not-smaller-than-chunk.json": "ingest.overlapCharacters",
  "gpu-for-nothing-that-runs-on-it.json": "device",
  "precision-for-nothing-that-has-it.json": "precision",
  "limit-on-cost-without-prices.json": "answer.maxUsdPerQuestion",
  "local-model-without-a-name.json": "answer.model",
  "graph-built-narrower-than-twice-its-links.json": "retrieval.hnsw.efConstruction",
};

describe("a pilot.json that somebody wrote by hand", () => {
  test.each(readdirSync(`${examples}/disagreeing`))(
    "is refused by its key when it contradicts itself: %s",
    (name) => {
      const value = read(`disagreeing/${name}`);
      expect(() => readConfig(value, null)).toThrowError(PilotageError);
      try {
        readConfig(value, null);
      } catch (error) {
        expect(error).toMatchObject({ detail: { path: PATHS[name], exitCode: 78 } });
      }
    },
  );

  test.each(readdirSync(`${examples}/valid`))("is taken when it is consistent: %s", (name) => {
    expect(readConfig(read(`valid/${name}`), null)).toMatchObject({ template: "rag" });
  });
});
