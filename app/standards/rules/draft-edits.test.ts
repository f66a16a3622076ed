import { describe, expect, test } from "vitest";
import type { EditableRule } from "../standards-data.ts";
import { countEdits, editValue, raiseVersion } from "./draft-edits.ts";

const rule: EditableRule = {
  id: "API-4",
  kind: "score",
  layer: "api",
  because: "Go holds many connections.",
  weight: 2,
  confidence: "medium",
  effects: [{ option: "go", name: "Go", value: 3 }],
  thresholds: [{ question: "peak_rps", name: "Peak", unit: "requests/s", value: 1000, provenance: "house" }],
  reviewBy: "2027-11-20",
  overdue: false,
};

describe("edits of a rule, before they are published", () => {
  test("only what differs from the rule in force is an edit", () => {
    const edit = editValue(rule, undefined, { weight: 3, thresholds: { peak_rps: 300 }, effects: { go: 3 } });
    expect(edit).toEqual({ rule: "API-4", weight: 3, thresholds: { peak_rps: 300 } });
    expect(countEdits(edit)).toBe(2);
  });

  test("a value set back is no edit any more, the others stay", () => {
    const edit = editValue(rule, { rule: "API-4", weight: 3, confidence: "low" }, { weight: 2 });
    expect(edit).toEqual({ rule: "API-4", confidence: "low" });
  });

  test.each([
    ["1.0.0", "1.1.0"],
    ["2.9.4", "2.10.0"],
  ])("after %s comes %s", (version, next) => expect(raiseVersion(version)).toBe(next));
});
