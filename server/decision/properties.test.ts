import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { QUESTIONS } from "#server/brief/questions.data.ts";
import { type Answers, type AnswerValue, type Question, UNKNOWN } from "#server/brief/schema.ts";
import { judgeLayers } from "./judge-layers.ts";
import { RULE_SET } from "./read-rule-set.ts";
import type { RuleSet } from "./schema.ts";
import { prepareTries } from "./try-answer.ts";

/** Values on both sides of every threshold, not only the legal extremes. */
function anyAnswer(question: Question): fc.Arbitrary<AnswerValue> {
  switch (question.type) {
    case "enum":
      return fc.constantFrom(UNKNOWN, ...question.options.map((option) => option.value));
    case "set":
      return fc.subarray(question.options.map((option) => option.value));
    case "bool":
      return fc.constantFrom<AnswerValue>(true, false, UNKNOWN);
    case "number": {
      const steps = [0, 0.5, 1, 2, 4, 15, 25, 45, 60, 300, 1500, 50_000, 200_000, 2e6, 2e7];
      const legal = steps.filter(
        (value) => value <= (question.max ?? 1e12) && (!question.integer || value % 1 === 0),
      );
      return fc.constantFrom<AnswerValue>(UNKNOWN, ...legal);
    }
  }
}

const anyAnswers = fc.record(
  Object.fromEntries(QUESTIONS.map((question) => [question.id, anyAnswer(question)])),
  { requiredKeys: [] },
) as fc.Arbitrary<Answers>;
const sampled = { seed: 2026, numRuns: 150 };

describe("whatever is answered", () => {
  test("a vetoed option is never picked, by the rules or for the team", () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        for (const layer of judgeLayers(RULE_SET, answers)) {
          const out = layer.vetoed.map((veto) => veto.option);
          expect(out).not.toContain(layer.pick);
          expect(out).not.toContain(layer.teamPick);
          for (const option of layer.tied) expect(out).not.toContain(option);
        }
      }),
      sampled,
    );
  });

  test("scores are the sums of the points shown, and the pick has the most", () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        for (const layer of judgeLayers(RULE_SET, answers)) {
          for (const { option, score } of layer.scores) {
            const sum = layer.fired.reduce((total, rule) => total + (rule.points[option] ?? 0), 0);
            expect(score).toBeCloseTo(sum, 9);
          }
          const best = Math.max(...layer.scores.filter((one) => !one.vetoed).map((one) => one.score));
          if (layer.pick) expect(layer.scores.find((one) => one.option === layer.pick)?.score).toBe(best);
        }
      }),
      sampled,
    );
  });

  test("status and pick tell the same story", () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        for (const { status, pick, tied, margin, close } of judgeLayers(RULE_SET, answers)) {
          expect(pick !== null).toBe(status === "decided" || status === "fragile");
          expect(tied.length > 1).toBe(status === "tie");
          expect(close).toBe(status === "decided" && margin < 0.25);
          if (status === "fragile") expect(margin).toBeLessThan(0.1);
        }
      }),
      sampled,
    );
  });

  test("trying another answer says the same as giving it", () => {
    const change = fc
      .constantFrom(...QUESTIONS)
      .chain((question) => fc.tuple(fc.constant(question.id), anyAnswer(question)));
    fc.assert(
      fc.property(anyAnswers, fc.array(change, { minLength: 1, maxLength: 8 }), (answers, changes) => {
        const tryAnswer = prepareTries(RULE_SET, answers, judgeLayers(RULE_SET, answers));
        for (const [id, value] of changes) {
          expect(tryAnswer(id, value)).toEqual(judgeLayers(RULE_SET, { ...answers, [id]: value }));
        }
      }),
      sampled,
    );
  });

  test("an option that can't win changes no margin of the others", () => {
    const more: RuleSet = structuredClone(RULE_SET);
    const [api] = more.layers;
    api?.options.push({ id: "abacus", label: "Abacus", answer: "By hand.", languages: ["any"], skills: [] });
    more.rules.push({
      id: "TST-1",
      layer: "api",
      kind: "veto",
      when: { always: true },
      targets: ["abacus"],
      because: "It is slow.",
      evidence: [{ source: "house", place: "test" }],
      thresholds: {},
      reviewBy: "2027-01-01",
    });
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const [before, after] = [RULE_SET, more].map((ruleSet) => judgeLayers(ruleSet, answers)[0]);
        expect([after?.pick, after?.margin]).toEqual([before?.pick, before?.margin]);
      }),
      sampled,
    );
  });
});

test("the order of the rules never matters", () => {
  const count = RULE_SET.rules.length;
  const order = fc.shuffledSubarray(RULE_SET.rules, { minLength: count, maxLength: count });
  fc.assert(
    fc.property(anyAnswers, order, (answers, rules) => {
      const [as, shuffled] = [RULE_SET, { ...RULE_SET, rules }].map((set) =>
        judgeLayers(set, answers).map(({ fired, vetoed, couldMatter, ...ends }) => ({
          ...ends,
          fired: fired.map((rule) => rule.rule).sort(),
          vetoed: vetoed.map((veto) => `${veto.option} ${veto.rule}`).sort(),
          couldMatter: couldMatter.map((rule) => rule.rule).sort(),
        })),
      );
      expect(shuffled).toEqual(as);
    }),
    sampled,
  );
});

test("an option that no rule speaks for takes no pick away from another", () => {
  const more: RuleSet = structuredClone(RULE_SET);
  for (const layer of more.layers) {
    const abacus = {
      id: "abacus",
      label: "Abacus",
      answer: "By hand.",
      languages: ["any" as const],
      skills: [],
    };
    layer.options.push(abacus);
  }
  fc.assert(
    fc.property(anyAnswers, (answers) => {
      const after = judgeLayers(more, answers);
      for (const [at, before] of judgeLayers(RULE_SET, answers).entries()) {
        // Where every option stands under zero, one without points is not irrelevant.
        if (before.pick && (before.scores[0]?.score ?? 0) > 0) expect(after[at]?.pick).toBe(before.pick);
      }
    }),
    sampled,
  );
});

test("unknown never acts as a value: a rule that fires without an answer fires with each of its values", () => {
  const speaksOfUnknown = (rule: string) => {
    const found = RULE_SET.rules.find((one) => one.id === rule);
    return /"unknown"|"known"/.test(JSON.stringify(found?.when));
  };
  const question = fc.constantFrom(...QUESTIONS);
  const open = fc
    .tuple(anyAnswers, question)
    .chain(([answers, one]) =>
      fc.tuple(
        fc.constant({ ...answers, [one.id]: UNKNOWN } as Answers),
        fc.constant(one.id),
        anyAnswer(one),
      ),
    );
  fc.assert(
    fc.property(open, ([answers, id, value]) => {
      const filled = judgeLayers(RULE_SET, { ...answers, [id]: value });
      for (const [at, layer] of judgeLayers(RULE_SET, answers).entries()) {
        const fires = new Set(filled[at]?.fired.map((rule) => rule.rule));
        if (filled[at]?.status === "not_applicable") continue;
        for (const { rule } of layer.fired) if (!speaksOfUnknown(rule)) expect([...fires]).toContain(rule);
      }
    }),
    sampled,
  );
});

test("every option of every layer is the best one for somebody", () => {
  const won = new Set<string>();
  for (const answers of fc.sample(anyAnswers, { seed: 7, numRuns: 1500 })) {
    for (const layer of judgeLayers(RULE_SET, answers)) if (layer.pick) won.add(layer.pick);
  }
  const options = RULE_SET.layers.flatMap((layer) => layer.options.map((option) => option.id));
  expect(options.filter((option) => !won.has(option))).toEqual([]);
});

test("every rule can fire", () => {
  const fired = new Set<string>();
  for (const answers of fc.sample(anyAnswers, { seed: 7, numRuns: 1500 })) {
    for (const layer of judgeLayers(RULE_SET, answers)) for (const { rule } of layer.fired) fired.add(rule);
  }
  const rules = RULE_SET.rules.filter((rule) => rule.layer !== null).map((rule) => rule.id);
  expect(rules.filter((rule) => !fired.has(rule))).toEqual([]);
});
