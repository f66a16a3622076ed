import { describe, expect, test } from "vitest";
import { checkAnswers } from "#server/brief/check-answers.ts";
import { PRESETS } from "#server/brief/presets.data.ts";
import type { Answers } from "#server/brief/schema.ts";
import { pickLayers } from "./pick-layers.ts";
import { RULE_SET } from "./read-rule-set.ts";
import golden from "./scenarios.golden.json" with { type: "json" };
import { Decision } from "./schema.ts";

type Scenario = {
  id: string;
  title: string;
  changes: Answers;
  picks: Record<string, string>;
  teamPicks: Record<string, string | null>;
  margins: Record<string, number>;
  /** The guide or report it is derived from, and the rules that must fire per layer or beside them. */
  from?: { source: string; place: string };
  reasons?: Record<string, string[]>;
  guards?: string[];
  demands?: string[];
  /** Measured answers and what they change. */
  report?: { answers: Answers; picks: Record<string, string>; reasons: Record<string, string[]> };
};
const scenarios = golden.scenarios as unknown as Scenario[];
const base = golden.base as Answers;
const A = pickLayers(RULE_SET, base);
const layerOf = (decision: Decision, id: string) => {
  const layer = decision.layers.find((one) => one.layer === id);
  if (!layer) throw new Error(`no layer ${id}`);
  return layer;
};

describe.each(scenarios)("golden scenario $id, $title", (scenario) => {
  const { changes, picks, teamPicks, margins } = scenario;
  const answers = { ...base, ...changes };
  const decision = pickLayers(RULE_SET, answers);

  test("its answers are legal", () => {
    expect(checkAnswers(answers)).toMatchObject({ ok: true });
  });

  test("every layer ends as recorded", () => {
    const found = Object.fromEntries(
      decision.layers.map((layer) => [layer.layer, layer.pick ?? layer.status]),
    );
    expect(found).toEqual(picks);
  });

  test("the team builds the pick, except where recorded", () => {
    const expected = { ...picks, ...teamPicks };
    const applicable = decision.layers.filter((layer) => layer.status !== "not_applicable");
    expect(applicable.map((layer) => layer.teamPick)).toEqual(
      applicable.map((layer) => expected[layer.layer]),
    );
  });

  test("the margins are the recorded ones", () => {
    const applicable = decision.layers.filter((layer) => layer.status !== "not_applicable");
    expect(Object.fromEntries(applicable.map((layer) => [layer.layer, layer.margin]))).toEqual(margins);
  });

  test("the rules that it is about have fired", () => {
    const { from, reasons = {}, guards = [], demands = [] } = scenario;
    if (from) expect(RULE_SET.sources.map(({ id }) => id)).toContain(from.source);
    for (const [layer, rules] of Object.entries(reasons)) {
      expect(layerOf(decision, layer).fired.map((rule) => rule.rule)).toEqual(expect.arrayContaining(rules));
    }
    expect(decision.guards.map((guard) => guard.rule)).toEqual(expect.arrayContaining(guards));
    expect(decision.requires.map((demand) => demand.rule)).toEqual(expect.arrayContaining(demands));
  });

  test.runIf(scenario.report)("its report changes the picks that it speaks about", () => {
    const { report } = scenario;
    if (!report) throw new Error("runs only with a report");
    expect(checkAnswers({ ...answers, ...report.answers })).toMatchObject({ ok: true });
    const then = pickLayers(RULE_SET, { ...answers, ...report.answers });
    for (const [layer, pick] of Object.entries(report.picks)) {
      expect([layerOf(decision, layer).pick, layerOf(then, layer).pick]).toEqual([picks[layer], pick]);
      expect(pick).not.toBe(picks[layer]);
      const fired = layerOf(then, layer).fired.map((rule) => rule.rule);
      expect(fired).toEqual(expect.arrayContaining(report.reasons[layer] ?? []));
    }
  });

  test("the decision reads as its schema says", () => {
    expect(Decision.parse(decision)).toEqual(decision);
  });
});

test("the preset of the support assistant is scenario A, with more of it answered", () => {
  const answers = PRESETS.find((preset) => preset.id === "rag_support")?.answers ?? {};
  expect(answers).toMatchObject(base);
  const picks = (given: Answers) =>
    pickLayers(RULE_SET, given).layers.map(({ layer, pick }) => [layer, pick]);
  expect(picks(answers)).toEqual(picks(base as Answers));
});

test("a profile that finds the processor busy moves the hot path of A from asyncio to native libraries", () => {
  expect(layerOf(A, "hotpath").pick).toBe("py_asyncio");
  expect(layerOf(pickLayers(RULE_SET, { ...base, bound: "cpu" }), "hotpath").pick).toBe("py_native_libs");
});

test.each([
  ["api", "latency_ms", "rust"],
  ["orchestration", "autonomy", "py_graph"],
  ["orchestration", "project", "py_graph"],
  ["hotpath", "bound", "py_native_libs"],
  ["inference", "model_source", "py_runtime_native"],
  ["inference", "residency", "onnx_edge"],
  ["data", "legacy_pandas", "pandas"],
  ["data", "data_gb", "dask_spark"],
  ["retrieval", "corpus", null],
  ["retrieval", "residency", "on_device_index"],
  ["platform", "peak_rps", "containers_go_services"],
  ["client", "target", "ts_onnx_wasm"],
  ["model", "residency", "small_open_finetuned"],
])("A: the answer to %s / %s flips the pick to %s", (layer, question, pick) => {
  const flips = layerOf(A, layer).flips.filter((flip) => flip.question === question);
  expect(flips.map((flip) => flip.pick)).toContain(pick);
});

test("each flip that is claimed happens, and no other single answer flips anything", () => {
  for (const layer of A.layers) {
    for (const flip of layer.flips) {
      for (const value of flip.to) {
        const then = layerOf(pickLayers(RULE_SET, { ...base, [flip.question]: value }), layer.layer);
        expect([then.pick, then.status]).toEqual([flip.pick, flip.status]);
      }
    }
  }
  expect(layerOf(A, "hotpath").flips.map((flip) => flip.question)).toEqual(["bound"]);
});

test("a flip says from which value on it happens", () => {
  const [flip] = layerOf(A, "platform").flips;
  expect(flip?.range).toEqual({ min: 1000, minIncluded: true, max: 1_000_000, maxIncluded: true });
  expect(flip?.sentence).toBe(
    "Go services, if Peak load is at least 1\u00a0000\u00a0per second (now 20\u00a0per second).",
  );
});

test("requests a day flip the platform through the peak they imply", () => {
  const { peak_rps: _, ...rest } = base;
  const flips = layerOf(pickLayers(RULE_SET, { ...rest, requests_per_day: 1000 }), "platform").flips;
  expect(flips.find((flip) => flip.question === "requests_per_day")?.range?.min).toBe(8_640_000);
});

test("nobody's answers leave every layer undecided or on its stated default", () => {
  const blank = pickLayers(RULE_SET, {});
  const decided = blank.layers.filter((layer) => layer.status !== "undecided").map((layer) => layer.layer);
  expect(decided).toEqual(["data"]);
  expect(
    blank.layers.every((layer) => layer.teamFit === "languages_unknown" || layer.teamPick === null),
  ).toBe(true);
});

test("a missing answer and the word unknown mean the same", () => {
  const { bound: _, ...rest } = base;
  expect(pickLayers(RULE_SET, { ...rest, bound: "unknown" })).toEqual(pickLayers(RULE_SET, rest));
});

test("a rule kept silent by an unknown answer is listed with the question", () => {
  const { bound: _, ...rest } = base;
  const hotpath = layerOf(pickLayers(RULE_SET, rest), "hotpath");
  expect(hotpath.status).toBe("undecided");
  expect(hotpath.couldMatter).toContainEqual({ rule: "HOT-1", questions: ["bound"] });
});

test("a veto shows its reason and the points the option would have had", () => {
  const retrieval = layerOf(
    pickLayers(RULE_SET, { ...base, residency: "on_prem", corpus: 500_000 }),
    "retrieval",
  );
  expect(retrieval.pick).toBe("self_hosted_vector_db");
  expect(retrieval.vetoed.map((veto) => veto.option)).toEqual(["managed_vector_db"]);
  expect(retrieval.scores.at(-1)).toEqual({ option: "managed_vector_db", score: 16, vetoed: true });
});

test.each<[string, Answers, string, string[]]>([
  ["the wrapper misses the budget", { p95_over_target: 1.4, wrapper_share_pct: 55 }, "api", ["API-11"]],
  ["the model misses the budget", { p95_over_target: 1.4, wrapper_share_pct: 10 }, "api", ["API-12"]],
  ["a hosted model misses it", { p95_over_target: 1.4, wrapper_share_pct: 10 }, "inference", ["INF-9"]],
  ["answers cost more than they may", { usd_per_1k: 12, usd_per_1k_target: 5 }, "model", ["MOD-7"]],
  ["answers cost exactly what they may", { usd_per_1k: 5, usd_per_1k_target: 5 }, "model", []],
  [
    "accuracy is short and retrieval is why",
    { answer_accuracy_lower: 0.7, answer_accuracy_target: 0.8, error_class_main: "retrieval" },
    "retrieval",
    ["RET-7"],
  ],
  ["one instance carries less than the peak", { max_rps_at_target: 5 }, "api", ["API-13"]],
  ["the lock was on again", { gil_reenabled: true }, "hotpath", ["HOT-7b"]],
])("measured: %s", (_title, measured, layer, rules) => {
  const before = layerOf(A, layer).fired.map((rule) => rule.rule);
  const after = layerOf(pickLayers(RULE_SET, { ...base, ...measured }), layer).fired.map((rule) => rule.rule);
  expect(after.filter((rule) => !before.includes(rule))).toEqual(rules);
});

test("regulated classification demands a named approval and blocks nothing", () => {
  const decision = pickLayers(RULE_SET, { ...base, ...scenarios.find((one) => one.id === "B")?.changes });
  expect(decision.requires.map((demand) => [demand.rule, demand.stage, demand.met])).toEqual([
    ["POL-1", "promotion", null],
  ]);
  expect(decision.layers.some((layer) => layer.status === "blocked")).toBe(false);
});

test("data that stays on the device implies that the software runs there", () => {
  const { target: _, ...rest } = base;
  const decision = pickLayers(RULE_SET, { ...rest, residency: "on_device" });
  expect(decision.inferred.map((one) => [one.question, one.value])).toEqual([["target", "edge"]]);
});

test("the same answers in another order give the same decision", () => {
  const reversed = Object.fromEntries(Object.entries(base).reverse());
  expect(JSON.stringify(pickLayers(RULE_SET, reversed))).toBe(JSON.stringify(A));
});

test.each(PRESETS.filter((preset) => preset.id !== "blank"))(
  "the preset $title leaves at most one layer open, and blocks none",
  ({ answers }) => {
    const { layers } = pickLayers(RULE_SET, answers);
    const open = layers.filter((layer) => layer.pick === null && layer.status !== "not_applicable");
    expect(open.map((layer) => layer.status).filter((status) => status !== "undecided")).toEqual([]);
    expect(open.length).toBeLessThanOrEqual(1);
  },
);
