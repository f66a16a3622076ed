import { describe, expect, test } from "vitest";
import { evaluateCondition } from "./evaluate-condition.ts";
import { judgeLayers } from "./judge-layers.ts";
import { loadRuleSet } from "./load-rule-set.ts";
import { orderQuestions } from "./order-questions.ts";
import { pickLayers } from "./pick-layers.ts";
import { RULE_SET } from "./read-rule-set.ts";
import { Comparison, type Condition, type Rule, type RuleSet } from "./schema.ts";

const TODAY = "2026-11-20";

const makeRule = (over: object): Rule =>
  ({
    id: "TST-1",
    layer: "api",
    kind: "score",
    when: { always: true },
    effects: { go: 5 },
    weight: 2,
    confidence: "high",
    because: "A test says so.",
    evidence: [{ source: "house", place: "test" }],
    thresholds: {},
    reviewBy: "2027-01-01",
    ...over,
  }) as Rule;

const makeSet = (...rules: object[]): RuleSet => ({
  ...structuredClone(RULE_SET),
  rules: rules.map(makeRule),
});

describe("loading a rule set", () => {
  test("the shipped one is sound, nothing is overdue and every question is used", () => {
    const loaded = loadRuleSet(RULE_SET, TODAY);
    expect(loaded).toMatchObject({ ok: true, unusedQuestions: [], overdueRules: [] });
  });

  test("it never outlives two years", () => {
    const years =
      (Date.parse(RULE_SET.expiresAt) - Date.parse(RULE_SET.effectiveFrom)) / (365.25 * 86_400_000);
    expect(years).toBeLessThanOrEqual(2.01);
  });

  test.each<[string, object, RegExp]>([
    ["a rule on a layer that is not there", { layer: "apx" }, /no layer apx/],
    ["an effect on an option that is not there", { effects: { gol: 1 } }, /no option gol/],
    ["a condition on a question that is not there", { when: { q: "bond", eq: "io" } }, /no question bond/],
    [
      "a condition on an option that is not there",
      { when: { q: "bound", in: ["ioo"] } },
      /"ioo" is not an option/,
    ],
    [
      "evidence from a source that is not there",
      { evidence: [{ source: "hearsay", place: "x" }] },
      /no source hearsay/,
    ],
    ["no evidence", { evidence: [] }, /rules\.0\.evidence/],
    ["no reason", { because: "" }, /rules\.0\.because/],
    ["an effect beyond ten", { effects: { go: 11 } }, /rules\.0\.effects/],
    ["two operators at once", { when: { q: "weeks", gte: 1, lt: 3 } }, /rules\.0/],
    [
      "a threshold its condition does not use",
      { thresholds: { weeks: { value: 9, provenance: "house" } } },
      /threshold weeks/,
    ],
  ])("refuses %s", (_title, over, problem) => {
    const loaded = loadRuleSet(makeSet(over), TODAY);
    expect(loaded.ok ? "" : loaded.problems.join("\n")).toMatch(problem);
  });

  test("refuses vetoes that leave a layer nothing whatever is answered", () => {
    const targets = ["py_fastapi", "go", "rust"];
    const veto = { kind: "veto", targets, effects: undefined, weight: undefined, confidence: undefined };
    const loaded = loadRuleSet(JSON.parse(JSON.stringify(makeSet(veto))), TODAY);
    expect(loaded.ok ? [] : loaded.problems).toEqual([
      "api: its vetoes leave no option, whatever is answered.",
    ]);
  });

  test("lists what is overdue and which questions no rule reads", () => {
    const loaded = loadRuleSet(makeSet({ reviewBy: "2026-01-01" }), TODAY);
    expect(loaded.ok && loaded.overdueRules).toEqual(["TST-1"]);
    expect(loaded.ok && loaded.unusedQuestions).toContain("bound");
  });
});

describe("conditions know three truths", () => {
  test.each<[string, Condition, unknown]>([
    ["an unknown answer decides nothing", { q: "bound", eq: "io" }, "unknown"],
    [
      "one false part settles all",
      {
        all: [
          { q: "bound", eq: "io" },
          { q: "weeks", gt: 9 },
        ],
      },
      false,
    ],
    [
      "one true part settles any",
      {
        any: [
          { q: "bound", eq: "io" },
          { q: "weeks", lte: 2 },
        ],
      },
      true,
    ],
    ["not unknown is unknown", { not: { q: "bound", eq: "io" } }, "unknown"],
    ["a rule that says unknown hears it", { q: "bound", in: ["cpu", "unknown"] }, true],
    ["a rule that excludes unknown hears it too", { q: "bound", nin: ["unknown"] }, false],
    ["known asks whether there is an answer", { q: "bound", known: false }, true],
    ["has looks into a list", { q: "langs", has: "go" }, true],
    ["lacks looks into a list", { q: "langs", lacks: "go" }, false],
    ["a number is held against another answer", { q: "weeks", lt: { q: "team_size" } }, true],
    ["against an unknown one it decides nothing", { q: "weeks", lt: { q: "budget" } }, "unknown"],
  ])("%s", (_title, condition, truth) => {
    expect(evaluateCondition(condition, { weeks: 2, team_size: 3, langs: ["go"] })).toBe(truth);
  });

  test("a comparison has exactly one operator", () => {
    expect(Comparison.safeParse({ q: "weeks" }).success).toBe(false);
  });
});

describe("statuses", () => {
  const api = (...rules: object[]) => judgeLayers(makeSet(...rules), { langs: ["python"] })[0];

  test.each<[string, object[], object]>([
    [
      "no score rule fired: undecided",
      [{ when: { q: "weeks", gt: 3 } }],
      { status: "undecided", pick: null },
    ],
    [
      "equal scores: a tie of those options",
      [{ effects: { go: 3, rust: 3 } }],
      { status: "tie", pick: null, tied: ["go", "rust"] },
    ],
    [
      "a tenth of the score is no longer fragile, but close",
      [{ effects: { go: 10 } }, { id: "TST-2", effects: { rust: 9 }, weight: 2 }],
      { status: "decided", close: true, margin: 0.1 },
    ],
    [
      "under a tenth: fragile, with a pick",
      [
        { effects: { go: 10 }, weight: 3 },
        { id: "TST-2", effects: { rust: 7 }, weight: 3 },
        { id: "TST-3", effects: { rust: 7 }, weight: 1 },
      ],
      { status: "fragile", pick: "go", margin: 0.0667 },
    ],
    [
      "one point against none is no full margin",
      [{ effects: { go: 1 }, weight: 1 }],
      { margin: 0.1667, close: true },
    ],
    ["confidence counts", [{ effects: { go: 10 }, weight: 1, confidence: "low" }], { margin: 0.6667 }],
    [
      "the team picks the best it can build",
      [{ effects: { go: 5, rust: 4, py_fastapi: -1 } }],
      { pick: "go", teamPick: "py_fastapi", teamFit: "differs" },
    ],
  ])("%s", (_title, rules, expected) => {
    expect(api(...rules)).toMatchObject(expected);
  });

  test("a demand that is not met blocks the pick until it is", () => {
    const demand = {
      id: "TST-2",
      kind: "require",
      stage: "pick",
      targets: ["go"],
      needs: { q: "profiled", eq: true },
      demands: "A profile.",
    };
    const held = pickLayers(makeSet({}, demand), {});
    expect(held.layers[0]).toMatchObject({ status: "blocked", pick: null });
    expect(held.requires[0]?.met).toBe(null);
    expect(pickLayers(makeSet({}, demand), { profiled: true }).layers[0]).toMatchObject({
      status: "decided",
      pick: "go",
    });
  });
});

describe("what to ask next", () => {
  test("a blank project is asked for its kind first", () => {
    expect(orderQuestions(RULE_SET, {})[0]?.question).toBe("project");
  });

  test("questions without an answer come before answered ones, and I don't know comes last", () => {
    const order = orderQuestions(RULE_SET, { project: "rag", bound: "io", residency: "unknown" }).map(
      (one) => one.question,
    );
    expect(order.slice(-3)).toEqual(["project", "bound", "residency"]);
  });

  test("the one on which most layers hang comes first", () => {
    const order = orderQuestions(RULE_SET, { project: "rag" }).slice(0, 20);
    const reach = order.map((one) => one.layers.length);
    expect(reach).toEqual(reach.toSorted((a, b) => b - a));
    expect(order[0]?.layers).toContain("Inference");
    expect(order[0]?.question).toBe("residency");
  });

  test("what only a benchmark can answer is never asked", () => {
    expect(orderQuestions(RULE_SET, {}).map((one) => one.question)).not.toContain("p95_over_target");
  });
});
