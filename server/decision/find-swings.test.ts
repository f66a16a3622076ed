import { expect, test } from "vitest";
import type { Answers } from "#server/brief/schema.ts";
import { findSwings } from "./find-swings.ts";
import { pickLayers } from "./pick-layers.ts";
import { RULE_SET } from "./read-rule-set.ts";
import golden from "./scenarios.golden.json" with { type: "json" };

const base = golden.base as Answers;

test("the widest swing stands first, and now lies inside every bar", () => {
  const found = findSwings(RULE_SET, base, "retrieval");
  expect(found?.lead).toBe(12);
  const widths = found?.swings.map(({ worst, best }) => best.lead - worst.lead) ?? [];
  expect(widths).toEqual([...widths].sort((a, b) => b - a));
  for (const { worst, best } of found?.swings ?? []) {
    expect(worst.lead).toBeLessThanOrEqual(12);
    expect(best.lead).toBeGreaterThanOrEqual(12);
  }
});

test("a bar that crosses zero is an answer that flips the pick, and the other way round", () => {
  for (const { changes } of golden.scenarios.slice(0, 6)) {
    const answers = { ...base, ...changes } as Answers;
    for (const layer of pickLayers(RULE_SET, answers).layers) {
      const found = findSwings(RULE_SET, answers, layer.layer);
      const crossing =
        found?.swings.filter(({ worst }) => worst.lead < 0).map(({ question }) => question) ?? [];
      const flips = layer.flips.map((flip) => flip.question);
      expect(crossing.filter((question) => !flips.includes(question))).toEqual([]);
    }
  }
});

test("a layer without a pick has no lead to swing", () => {
  expect(findSwings(RULE_SET, {}, "api")).toBeNull();
});
