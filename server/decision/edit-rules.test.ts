import { describe, expect, test } from "vitest";
import type { RuleEdit } from "./draft-schema.ts";
import { editRules } from "./edit-rules.ts";
import { loadRuleSet } from "./load-rule-set.ts";
import { pickLayers } from "./pick-layers.ts";
import { RULE_SET } from "./read-rule-set.ts";
import type { RuleSet } from "./schema.ts";

const TODAY = "2026-11-21";
const edit = (...edits: RuleEdit[]) =>
  editRules(RULE_SET, { base: RULE_SET.version, version: "2.0.0", note: "Our own numbers", edits });
const ruleOf = (ruleSet: RuleSet, id: string) => ruleSet.rules.find((rule) => rule.id === id);

describe("rules edited by hand", () => {
  test("a threshold moves in its condition and becomes the workspace's own number", () => {
    const { ruleSet } = edit({ rule: "API-5", thresholds: { peak_rps: 300 } });
    expect(ruleOf(ruleSet, "API-5")).toMatchObject({
      when: {
        all: [
          { q: "peak_rps", gte: 300 },
          { q: "latency_ms", lt: 100 },
        ],
      },
      thresholds: {
        peak_rps: { value: 300, provenance: "user" },
        latency_ms: { value: 100, provenance: "house" },
      },
    });
    expect(loadRuleSet(ruleSet, TODAY).ok).toBe(true);
  });

  test("weight, confidence, effects and review date change; the rest of the set stays as it was", () => {
    const { ruleSet, strange } = edit({
      rule: "API-4",
      weight: 1,
      confidence: "low",
      effects: { go: 1 },
      reviewBy: "2028-01-31",
    });
    expect(strange).toEqual([]);
    expect(ruleOf(ruleSet, "API-4")).toMatchObject({ weight: 1, confidence: "low", reviewBy: "2028-01-31" });
    expect(ruleSet.rules.filter(({ id }) => id !== "API-4")).toEqual(
      RULE_SET.rules.filter(({ id }) => id !== "API-4"),
    );
    expect(ruleSet.changelog.at(-1)).toBe("2.0.0: Our own numbers");
  });

  test("an edited threshold decides as its new number says", () => {
    const answers = { project: "rag", peak_rps: 400 };
    const fires = (ruleSet: RuleSet) =>
      pickLayers(ruleSet, answers).layers.some(({ fired }) => fired.some(({ rule }) => rule === "API-4"));
    expect(fires(RULE_SET)).toBe(false);
    expect(fires(edit({ rule: "API-4", thresholds: { peak_rps: 300 } }).ruleSet)).toBe(true);
  });

  test.each<[string, RuleEdit]>([
    ["an option the layer does not have", { rule: "API-4", effects: { cobol: 3 } }],
    ["a threshold the rule does not read", { rule: "API-4", thresholds: { corpus: 5 } }],
  ])("%s is left for the loader to refuse", (_, strange) => {
    expect(loadRuleSet(edit(strange).ruleSet, TODAY).ok).toBe(false);
  });

  test("an edit of a rule that does not exist is named", () => {
    expect(edit({ rule: "XYZ-1", weight: 2 }).strange).toEqual(["XYZ-1"]);
  });
});
