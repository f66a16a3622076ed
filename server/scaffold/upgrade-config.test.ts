import { expect, test } from "vitest";
import { makeConfig } from "#server/testing/make-report.ts";
import first from "./pilot-1.0.golden.json" with { type: "json" };
import { RagPilotConfig } from "./rag-schema.ts";
import { upgradeConfig, upgradeReport } from "./upgrade-config.ts";

test("a pilot.json of the first template is read, and keeps every value it had", () => {
  const upgraded = RagPilotConfig.parse(upgradeConfig(first));
  expect(upgraded).toMatchObject(first);
  expect(upgraded.retrieval.store).toBe("faiss_exact");
  expect(RagPilotConfig.safeParse(first).success).toBe(false);
});

test("today's configuration, and what is none, come back as they are", () => {
  const config = makeConfig();
  for (const value of [config, null, 3, [], {}, { templateVersion: "1.0.0", retrieval: 3 }]) {
    expect(upgradeConfig(value)).toBe(value);
  }
  expect(upgradeReport("text")).toBe("text");
});
