import { expect, test } from "vitest";
import { boundRate } from "./bound-rate.ts";
import { chanceMeanAtMost } from "./chance-of-mean.ts";
import { drawSeeded } from "./draw-seeded.ts";
import { groupByDocument } from "./group-questions.ts";
import { judgeMean } from "./judge-mean.ts";
import { judgeRate } from "./judge-rate.ts";

const share = { least: 0, most: 1 };

/** Reciprocal ranks as a search gives them: 0.6 first, 0.2 not among five, else anywhere between. */
function drawScores(count: number, draw: () => number): { sum: number; size: number }[] {
  return Array.from({ length: count }, () => {
    const at = draw() / 2 ** 32;
    return { sum: at < 0.6 ? 1 : at >= 0.8 ? 0 : 1 / (2 + Math.floor((at - 0.6) * 20)), size: 1 };
  });
}
const truth = 0.6 + 0.05 * (1 / 2 + 1 / 3 + 1 / 4 + 1 / 5);

test.each([20, 100])(
  "a mean exactly on its target passes at most one time in twenty, with %d questions",
  (size) => {
    const draw = drawSeeded(size);
    let passes = 0;
    for (let at = 0; at < 1_000; at += 1) {
      if (chanceMeanAtMost(drawScores(size, draw), truth, 0) < 0.05) passes += 1;
    }
    // 0.05 and two standard errors of a thousand samples.
    expect(passes / 1_000).toBeLessThan(0.064);
  },
);

test("the promised number of questions tells it four times in five", () => {
  const draw = drawSeeded(4);
  const target = { comparison: "gt" as const, value: 0.6 };
  const seen = drawScores(100, draw);
  expect(judgeMean(seen, share, target, 0.05).verdict).toBe("inconclusive");
  // From a sample that looks like the truth: its need is the true need.
  const like = judgeMean(
    [0.6, 0.05, 0.05, 0.05, 0.05, 0.2].flatMap((part, at) =>
      Array.from({ length: part * 100 }, () => ({
        sum: [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5, 0][at] ?? 0,
        size: 1,
      })),
    ),
    share,
    target,
    0.05,
  );
  const needed = 100 + (like.moreQuestions ?? 0);
  let passes = 0;
  for (let at = 0; at < 400; at += 1) {
    if (chanceMeanAtMost(drawScores(needed, draw), target.value, 0) < 0.05) passes += 1;
  }
  expect(Math.abs(passes / 400 - 0.8)).toBeLessThan(0.06);
});

test.each([
  ["above", { comparison: "gt", value: 0.5 }, "pass"],
  ["under", { comparison: "lt", value: 0.5 }, "fail"],
  ["above", { comparison: "gt", value: 0.95 }, "fail"],
  ["under", { comparison: "lt", value: 0.95 }, "pass"],
] as const)("a mean of 0.8 against %s %j: %s", (_name, target, verdict) => {
  const groups = Array.from({ length: 60 }, (_, at) => ({ sum: at % 5 === 0 ? 0 : 1, size: 1 }));
  expect(judgeMean(groups, share, target, 0.05)).toMatchObject({ verdict, moreQuestions: 0 });
});

test("a mean exactly at its target needs more questions than there are", () => {
  const groups = Array.from({ length: 60 }, (_, at) => ({ sum: at % 5 === 0 ? 0 : 1, size: 1 }));
  expect(judgeMean(groups, share, { comparison: "gt", value: 0.8 }, 0.05).moreQuestions).toBeNull();
});

test("questions are grouped by their first gold document, those without stand alone", () => {
  const questions = [
    { relevant: ["d1", "d2"], score: 1 },
    { relevant: [], score: 0.5 },
    { relevant: ["d1"], score: 0 },
    { relevant: [], score: 0.25 },
    { relevant: ["constructor"], score: 1 },
  ];
  expect(groupByDocument(questions)).toEqual([
    { sum: 1, size: 2 },
    { sum: 0.5, size: 1 },
    { sum: 0.25, size: 1 },
    { sum: 1, size: 1 },
  ]);
});

test("ten drained Poisson runs bound the rate about as often as they should", () => {
  const draw = drawSeeded(9);
  let above = 0;
  let below = 0;
  for (let at = 0; at < 2_000; at += 1) {
    const runs = Array.from({ length: 10 }, () => {
      let seconds = 0;
      for (let request = 0; request < 60; request += 1) seconds -= Math.log(1 - draw() / 2 ** 32);
      return { answered: 60, seconds };
    });
    const bounds = boundRate(runs, 0.05);
    if ((bounds?.low ?? 0) > 1) above += 1;
    if ((bounds?.high ?? 2) < 1) below += 1;
  }
  expect(above / 2_000).toBeLessThan(0.07);
  expect(below / 2_000).toBeLessThan(0.06);
});

test("a rate without two runs, or of runs without a length, has no bound", () => {
  expect(boundRate([{ answered: 6, seconds: 3 }], 0.05)).toBeNull();
  expect(boundRate(new Array(10).fill({ answered: 0, seconds: 0 }), 0.05)).toBeNull();
  const uneven = Array.from({ length: 3 }, (_, at) => ({ answered: 10, seconds: at === 0 ? 1000 : 1 }));
  expect(boundRate(uneven, 0.05)).toBeNull();
});

test("a load that offered less than the target says nothing against the server", () => {
  const runs = Array.from({ length: 10 }, (_, at) => ({
    requests: 60,
    answered: 60,
    seconds: 30 + at / 10,
    scheduledSeconds: 30,
  }));
  expect(judgeRate(runs, 3, 0.05)).toMatchObject({
    verdict: "inconclusive",
    tooLittleLoad: true,
    offered: 2,
  });
  expect(judgeRate(runs, 1.5, 0.05)).toMatchObject({ verdict: "pass", tooLittleLoad: false });
});

test("a handful of perfect answers needs at least as many as could show anything", () => {
  // 0.8 to the power of 14 is the first under 0.05.
  const three = Array.from({ length: 3 }, () => ({ sum: 1, size: 1 }));
  expect(
    judgeMean(three, share, { comparison: "gt", value: 0.8 }, 0.05).moreQuestions,
  ).toBeGreaterThanOrEqual(11);
});
