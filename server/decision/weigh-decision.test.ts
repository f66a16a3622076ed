import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Answers } from "#server/brief/schema.ts";
import { countLanguages } from "./count-languages.ts";
import { findPairs } from "./find-pairs.ts";
import { judgeLayers } from "./judge-layers.ts";
import { judgeRisks } from "./judge-risks.ts";
import { pickLayers } from "./pick-layers.ts";
import { RULE_SET } from "./read-rule-set.ts";
import golden from "./scenarios.golden.json" with { type: "json" };
import type { LayerResult } from "./schema.ts";
import { weighDecision } from "./weigh-decision.ts";
import { weighRules } from "./weigh-rules.ts";

const base = golden.base as Answers;
const all = golden.scenarios.map(({ id, changes }) => ({ id, answers: { ...base, ...changes } as Answers }));

/** A layer of two rules: one for `a`, one for `b`, and a third that serves both. */
function judged(points: Record<string, Record<string, number>>, pick: string | null): LayerResult {
  const options = ["a", "b", "c"];
  const scores = options
    .map((option) => ({
      option,
      score: Object.values(points).reduce((sum, one) => sum + (one[option] ?? 0), 0),
      vetoed: false,
    }))
    .sort((one, other) => other.score - one.score);
  const fired = Object.entries(points).map(([rule, given]) => ({
    ...{ rule, kind: "score" as const, because: "", answers: {}, effects: {}, points: given, evidence: [] },
    ...{ weight: 2, confidence: "high" as const },
  }));
  return { ...(judgeLayers(RULE_SET, {})[0] as LayerResult), pick, scores, fired, flips: [] };
}

describe("weights", () => {
  test.each([
    // lead 4 of a contribution of 10: level when it counts 0.6 of what it does; b's own rule levels at 1 + 4/6.
    [
      { "TST-1": { a: 10 }, "TST-2": { b: 6 } },
      [
        ["TST-1", 0.6, "b"],
        ["TST-2", 1.6667, "b"],
      ],
      false,
    ],
    [
      { "TST-1": { a: 7 }, "TST-2": { b: 6 } },
      [
        ["TST-2", 1.1667, "b"],
        ["TST-1", 0.8571, "b"],
      ],
      false,
    ],
    // Whoever serves both alike changes nothing; a rule whose loss is not enough never flips.
    [{ "TST-1": { a: 9, b: 9 }, "TST-2": { a: 1 } }, [], true],
    [{ "TST-1": { a: 1 }, "TST-2": { a: 9, b: 5 } }, [], true],
  ])("%j draw level at %j", (points, expected, robust) => {
    const weighing = weighRules(judged(points as Record<string, Record<string, number>>, "a"));
    const found = weighing?.flips.map(({ rule, multiplier, rival }) => [rule, multiplier, rival]);
    expect([found, weighing?.robust]).toEqual([expected, robust]);
  });

  test("a layer without a pick has no weights to flip", () => {
    expect(weighRules(judged({ "TST-1": { a: 4, b: 4 } }, null))).toBeNull();
  });

  test("a pick that only its own rule carries is level with the others when that rule counts for nothing", () => {
    const weighing = weighRules(judged({ "TST-1": { a: 6 } }, "a"));
    expect(weighing).toMatchObject({ flips: [], robust: true, kept: 4, outOf: 4 });
  });

  test("at the stated weight both stand level, a little beyond it the rival leads", () => {
    for (const { answers } of all) {
      for (const result of pickLayers(RULE_SET, answers).layers) {
        for (const flip of weighRules(result)?.flips ?? []) {
          const lead = (multiplier: number) => leadAt(result, flip.rule, multiplier, flip.rival);
          expect(Math.abs(lead(flip.multiplier))).toBeLessThan(0.02);
          expect(lead(flip.multiplier + Math.sign(flip.multiplier - 1) * 0.01)).toBeLessThan(0);
        }
      }
    }
  });

  test("robust means that no weighting of the grid takes the pick away", () => {
    for (const { answers } of all) {
      for (const result of pickLayers(RULE_SET, answers).layers) {
        const weighing = weighRules(result);
        if (weighing?.robust) expect(weighing.kept).toBe(weighing.outOf);
      }
    }
  });
});

describe("pairs", () => {
  test("are looked for only where no single answer flips a close layer, and each one found happens", () => {
    const looked = all.flatMap(({ answers }) =>
      pickLayers(RULE_SET, answers).layers.flatMap((result) => {
        const search = findPairs(RULE_SET, answers, result);
        if (search === null) return [];
        expect(result.flips).toEqual([]);
        expect(result.margin).toBeLessThan(0.5);
        for (const { changes, pick, status } of search.pairs) {
          const changed = Object.fromEntries(
            changes.map(({ question, to }) => [question, to[0] ?? "unknown"]),
          );
          const then = judgeLayers(RULE_SET, { ...answers, ...changed }).find(
            (one) => one.layer === result.layer,
          );
          expect([then?.pick, then?.status]).toEqual([pick, status]);
        }
        return [search];
      }),
    );
    expect(looked.every(({ evaluations }) => evaluations <= 5000)).toBe(true);
  });

  test("a search that stops at its cap says so", () => {
    const [api] = pickLayers(RULE_SET, base).layers;
    const close = { ...(api as LayerResult), flips: [], margin: 0.2 };
    expect(findPairs(RULE_SET, base, close, 10)).toMatchObject({ evaluations: 10, complete: false });
    const search = findPairs(RULE_SET, base, close);
    expect(search?.complete).toBe(true);
    expect(search?.pairs[0]?.sentence).toMatch(/, if .+ \(now .+\) and .+ \(now .+\)\.$/);
  });
});

describe("cost and risk beside fitness", () => {
  test.each([
    ["A", "ideal", ["python"], [], 0],
    ["C", "ideal", ["go", "python", "rust"], [], 4],
    ["D", "ideal", ["go", "rust"], ["go"], 2],
    ["D", "team", ["python", "rust"], [], 2],
  ] as const)("scenario %s, %s picks: %j, missing %j", (id, which, languages, missing, days) => {
    const answers = all.find((one) => one.id === id)?.answers ?? {};
    expect(countLanguages(RULE_SET, judgeLayers(RULE_SET, answers), answers, which)).toEqual({
      languages,
      missing,
      handoffDaysPerMonth: days,
    });
  });

  test("nobody says which languages are missing while the team is unknown", () => {
    const { langs: _, ...rest } = base;
    expect(countLanguages(RULE_SET, judgeLayers(RULE_SET, rest), rest, "ideal").missing).toBeNull();
  });

  test("an unknown answer raises no risk", () => {
    const api = RULE_SET.layers.find((layer) => layer.id === "api");
    if (!api) throw new Error("no api layer");
    expect(judgeRisks(RULE_SET, api, {}).get("py_fastapi")).toEqual([]);
    const busy = judgeRisks(RULE_SET, api, { peak_rps: 5000, langs: ["python"] });
    expect(busy.get("py_fastapi")?.map(({ kind }) => kind)).toEqual(["scalability"]);
    expect(busy.get("rust")?.map(({ kind }) => kind)).toEqual(["team"]);
  });
});

test("the same answers weigh the same, byte for byte, and unanswered questions that decide are named", () => {
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.constantFrom(...Object.keys(base)), ({ answers }, left) => {
      const { [left]: _, ...rest } = answers;
      const decision = pickLayers(RULE_SET, rest);
      const weighed = weighDecision(RULE_SET, rest, decision);
      expect(JSON.stringify(weighDecision(RULE_SET, structuredClone(rest), decision))).toBe(
        JSON.stringify(weighed),
      );
      for (const { layer, decisive } of weighed.layers) {
        const flips = decision.layers.find((one) => one.layer === layer)?.flips ?? [];
        for (const question of decisive) expect(flips.map((flip) => flip.question)).toContain(question);
      }
    }),
    { seed: 2026, numRuns: 20 },
  );
});

function leadAt({ scores, fired, pick }: LayerResult, rule: string, multiplier: number, rival: string) {
  const points = fired.find((one) => one.rule === rule)?.points ?? {};
  const at = (option: string | null) =>
    (scores.find((one) => one.option === option)?.score ?? 0) +
    (points[option ?? ""] ?? 0) * (multiplier - 1);
  return at(pick) - at(rival);
}
