import { describe, expect, it } from "vitest";
import { explainSeverity } from "./explain-severity.ts";
import type { SkillGap } from "./schema.ts";

function gap(over: Partial<SkillGap>): SkillGap {
  return {
    skillId: "S05",
    required: 3,
    importance: "must",
    onOverlay: true,
    covered: 3,
    assessed: true,
    gap: 0,
    holders: ["a", "b"],
    busFactor: 2,
    severity: "low",
    stale: false,
    selfRated: false,
    ...over,
  };
}

describe("the weight of a gap, in words", () => {
  it.each([
    [
      "must, short by two",
      { gap: 2, severity: "blocker" },
      /short by 2.*From two levels on that is a blocker/,
    ],
    ["must of the pilot, short by one", { gap: 1, severity: "blocker" }, /of the pilot itself, short by one/],
    [
      "must elsewhere, short by one",
      { gap: 1, onOverlay: false, severity: "high" },
      /does not ask for\. High/,
    ],
    ["one holder", { busFactor: 1, severity: "high" }, /by one person alone/],
    ["two holders", {}, /^Covered by 2 people\.$/],
    ["should", { importance: "should", gap: 2, severity: "medium" }, /Expected, short by 2 levels\. Medium/],
    ["could", { importance: "could", gap: 1 }, /Useful, short by 1 level\b/],
    ["nobody assessed", { gap: 3, assessed: false }, /not the same/],
    ["own word", { gap: 1, selfRated: true }, /own word/],
    ["stale", { busFactor: 1, stale: true }, /older than 180 days/],
  ] as [string, Partial<SkillGap>, RegExp][])("%s", (_title, over, said) => {
    expect(explainSeverity(gap(over))).toMatch(said);
  });
});
