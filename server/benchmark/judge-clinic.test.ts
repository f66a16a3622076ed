import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ClinicReport } from "./clinic-schema.ts";
import { compareForms, pickWorkers } from "./compare-rounds.ts";
import { judgeReport } from "./judge-report.ts";
import { offerAnswers } from "./offer-answers.ts";
import { summariseReport } from "./summarise-report.ts";

const read = () =>
  ClinicReport.parse(
    JSON.parse(readFileSync("pilot-templates/clinic/contract/examples/report/valid/completed.json", "utf8")),
  );
const form = (wallMs: number[]) => ({
  name: "serial" as const,
  workers: null,
  wallMs,
  cpuMs: wallMs,
  check: "a",
});

describe("a speed-up is the median of the rounds' own ratios", () => {
  test.each([
    // P(X <= 1) of ten fair coins is 0.011, P(X <= 2) is 0.055: the second-lowest round.
    ["ten rounds", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { value: 5.5, low: 2, high: 9, n: 10 }],
    ["twelve rounds", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], { value: 6.5, low: 3, high: 10, n: 12 }],
    ["four rounds, which bound nothing", [1, 2, 3, 4], { value: 2.5, low: null, high: null, n: 4 }],
    ["one slow round among equals", [2, 2, 2, 2, 2, 2, 2, 2, 2, 90], { value: 2, low: 2, high: 2, n: 10 }],
  ])("%s", (_title, ratios, expected) => {
    const compared = compareForms(form(ratios), form(ratios.map(() => 1)), 0.05);
    expect(compared).toEqual(expected);
  });

  test("a form that did not run is compared with nothing", () => {
    expect(compareForms(form([1]), undefined, 0.05)).toEqual({ value: null, low: null, high: null, n: 0 });
  });
});

test.each([
  [[1, 2, 4], 2, 2],
  [[1, 2, 4], 3, 2],
  [[4, 8], 2, 4],
  [[1, 2, 4], null, 1],
])("of the pools %j on %s cores the promise is about %i", (workers, cores, expected) => {
  expect(pickWorkers(workers, cores)).toBe(expected);
});

describe("a promised speed-up", () => {
  const target = (value: number, comparison: "gt" | "lt" = "gt") => ({
    metric: "gatherSpeedUp" as const,
    comparison,
    value,
    confidence: 0.95,
  });
  test.each([
    ["under the lower bound passes", target(5), "pass"],
    ["inside the bounds stays open", target(16), "inconclusive"],
    ["above the upper bound fails", target(40), "fail"],
    ["to stay under is no promise of the clinic", target(5, "lt"), "inconclusive"],
  ])("%s", (_title, promised, verdict) => {
    expect(judgeReport(read(), [promised])).toMatchObject([{ verdict }]);
  });

  test("of another kind of pilot is not judged", () => {
    const foreign = { ...target(1), metric: "mrr" as const };
    expect(judgeReport(read(), [foreign])).toMatchObject([
      { verdict: "inconclusive", value: null, reason: "This kind of pilot does not measure mrr." },
    ]);
  });
});

describe("what the clinic answers in the brief", () => {
  test("comes from one's own code alone", () => {
    expect(offerAnswers(read(), {})).toMatchObject([{ questionId: "bound", value: "cpu" }]);
  });

  test("is nothing without one's own code", () => {
    const report = read();
    const examples = report.examples.filter(({ id }) => id !== "workload");
    expect(offerAnswers({ ...report, examples }, {})).toEqual([]);
  });
});

test("the picture holds each form with its spread, and no raw round", () => {
  const report = read();
  const picture = summariseReport(report, judgeReport(report));
  expect(picture).toMatchObject({
    kind: "clinic",
    rounds: 10,
    workers: 2,
    examples: [{ id: "waiting" }, { id: "computing" }, { id: "hot_function" }, { id: "workload" }],
  });
  expect(JSON.stringify(picture)).not.toContain("wallMs");
});
