import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bootstrapClusters } from "./bootstrap-clusters.ts";
import { judgeReport } from "./judge-report.ts";
import { MlopsReport } from "./mlops-schema.ts";
import { recomputeMlops } from "./recompute-mlops.ts";
import { catchByDay, shareOfEntities, weighAveragePrecision } from "./score-alerts.ts";
import { summariseReport } from "./summarise-report.ts";

const read = (name: string) =>
  MlopsReport.parse(
    JSON.parse(readFileSync(`pilot-templates/mlops/contract/examples/report/valid/${name}.json`, "utf8")),
  );
const row = (day: number, entity: string, label: 0 | 1, score: number) => ({
  day: `2026-03-0${day}`,
  entity,
  label,
  score,
});

describe("alerts of a day", () => {
  test("go to the highest rows of that day, equal scores share the places", () => {
    const rows = [row(1, "a", 1, 0.9), row(1, "b", 0, 0.5), row(1, "c", 1, 0.5), row(2, "a", 1, 0.1)];
    expect(catchByDay(rows, 2)).toEqual([
      { day: "2026-03-01", caught: 1.5, positives: 2 },
      { day: "2026-03-02", caught: 1, positives: 1 },
    ]);
  });

  test("count a card once, and no more after it was found", () => {
    const rows = [row(1, "a", 0, 0.9), row(1, "a", 1, 0.2), row(1, "b", 0, 0.4), row(2, "a", 1, 0.9)];
    expect(shareOfEntities(rows, 1)).toEqual([1, 0]);
  });
});

test("average precision of all rows drawn once is that of the rows", () => {
  const report = read("classification");
  const weighed = weighAveragePrecision(report.scores)(new Uint16Array(report.scores.length).fill(1));
  expect(weighed).toBeCloseTo(recomputeMlops(report).averagePrecision().value ?? 0, 12);
});

test("cards are drawn as wholes: one card alone bounds nothing, and the seed fixes the interval", () => {
  const mean = (times: Uint16Array) => times.reduce((sum, one) => sum + one, 0) / times.length;
  expect(bootstrapClusters(["a", "a", "a"], mean, { seed: 1, alpha: 0.05 })).toBeNull();
  const entities = Array.from({ length: 40 }, (_, at) => `c${at % 8}`);
  const figure = (times: Uint16Array) => times[0] ?? 0;
  const drawn = bootstrapClusters(entities, figure, { seed: 7, alpha: 0.05 });
  expect(drawn).toEqual(bootstrapClusters(entities, figure, { seed: 7, alpha: 0.05 }));
  expect(drawn?.low).toBe(0);
});

describe("a target of the MLOps pilot", () => {
  const of = (
    metric: MlopsReport["config"]["targets"][number]["metric"],
    comparison: "gt" | "lt",
    value: number,
  ) => ({ metric, comparison, value, confidence: 0.95 });
  test.each([
    ["average precision well above it", "classification", of("averagePrecision", "gt", 0.1), "pass"],
    ["average precision well under it", "classification", of("averagePrecision", "gt", 0.999), "fail"],
    [
      "a target that looks the wrong way",
      "classification",
      of("averagePrecision", "lt", 0.9),
      "inconclusive",
    ],
    ["recall at the alert budget", "classification", of("recallAtBudget", "gt", 0.5), "pass"],
    ["few real ones among a hundred cards", "classification", of("cardPrecisionAt100", "gt", 0.5), "fail"],
    ["p95 of a score", "classification", of("p95Ms", "lt", 20), "inconclusive"],
    ["rows a second of the median batch", "classification", of("batchRowsPerSecond", "gt", 200_000), "pass"],
    ["a cost that nobody priced", "classification", of("costPerRunUsd", "lt", 1), "inconclusive"],
    ["a figure of the other task", "classification", of("owa", "lt", 0.5), "inconclusive"],
    ["OWA under it", "forecast-without-a-load", of("owa", "lt", 0.5), "pass"],
    ["OWA over it", "forecast-without-a-load", of("owa", "lt", 0.2), "fail"],
    ["sMAPE in percent", "forecast-without-a-load", of("smape", "lt", 10), "pass"],
  ])("%s", (_title, name, target, verdict) => {
    expect(judgeReport(read(name), [target])).toMatchObject([{ verdict, metric: target.metric }]);
  });

  test("after a failed run stays open", () => {
    const [judged] = judgeReport(read("failed-in-training"));
    expect(judged).toMatchObject({ verdict: "inconclusive" });
    expect(judged?.reason).toMatch(/loss is not a number/);
  });
});

test("the picture weighs alerts against misses and holds the baseline beside", () => {
  const report = read("classification");
  const picture = summariseReport(report, judgeReport(report));
  if (picture.kind !== "mlops") throw new Error("another picture");
  expect(picture.overBaseline?.value).toBeGreaterThan(0);
  const recalls = picture.alerts.map(({ recall }) => recall);
  expect(recalls).toEqual(recalls.toSorted((a, b) => a - b));
  expect(JSON.stringify(picture)).not.toContain('"entity"');
});
