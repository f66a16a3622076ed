import { expect, test } from "vitest";
import { drawSeeded } from "./draw-seeded.ts";
import { findQueueDependence } from "./find-queue-dependence.ts";
import { chanceOfNormal, quantileOfNormal } from "./quantile-of-normal.ts";
import { chanceOfStudent, quantileOfStudent } from "./quantile-of-student.ts";
import { expectSprt, walkSprt } from "./walk-sprt.ts";

const plan = { p0: 0.8, p1: 0.9, alpha: 0.05, beta: 0.05 };

test("25 right answers in a row are enough, and so are five wrong ones", () => {
  expect(walkSprt(new Array<boolean>(60).fill(true), plan)).toMatchObject({
    decision: "accept_p1",
    stoppedAt: 25,
  });
  expect(walkSprt(new Array<boolean>(60).fill(false), plan)).toMatchObject({
    decision: "accept_p0",
    stoppedAt: 5,
  });
  expect(walkSprt([true, false], plan)).toMatchObject({ decision: "continue", stoppedAt: null });
});

test("stopping early holds the level that was declared, and takes about as long as promised", () => {
  const draw = drawSeeded(3);
  const walk = (truth: number) => {
    const answers = Array.from({ length: 3_000 }, () => draw() / 2 ** 32 < truth);
    return walkSprt(answers, plan);
  };
  const atLimit = Array.from({ length: 2_000 }, () => walk(0.8));
  const falsely = atLimit.filter((one) => one.decision === "accept_p1").length / 2_000;
  const questions = atLimit.reduce((sum, one) => sum + (one.stoppedAt ?? 3_000), 0) / 2_000;
  expect(falsely).toBeLessThan(0.055);
  expect(Math.abs(questions / expectSprt(plan).atP0 - 1)).toBeLessThan(0.2);
});

test.each([
  [0.95, 1.6448536269514722],
  [0.975, 1.959963984540054],
  [0.999, 3.090232306167813],
  [1e-6, -4.753424308822899],
  [0.5, 0],
])("the normal quantile of %d is %d", (p, z) => {
  expect(quantileOfNormal(p)).toBeCloseTo(z, 12);
  expect(chanceOfNormal(z)).toBeCloseTo(p, 12);
});

test.each([
  [0.975, 4, 2.7764451051977987],
  [0.95, 9, 1.8331129326536335],
  [0.95, 1, 6.313751514675043],
  [0.05, 10, -1.8124611228107335],
])("the quantile %d of Student's t with %d degrees of freedom is %d", (p, df, t) => {
  expect(quantileOfStudent(p, df)).toBeCloseTo(t, 9);
  expect(chanceOfStudent(t, df)).toBeCloseTo(p, 9);
});

test.each([
  ["an idle server adds nothing", 0.95, 60, 0.05, 1],
  ["nor does one 10 % busy", 0.95, 60, 0.1, 1],
  ["half busy", 0.95, 60, 0.5, 0.6 * 7.19],
  ["between two columns", 0.95, 60, 0.45, 0.6 * Math.sqrt(4.54 * 7.19)],
  ["between two run lengths the longer one counts", 0.95, 61, 0.5, 0.6 * 7.57],
  ["a very long run", 0.95, 9_999, 0.7, 0.6 * 25.7],
  ["past the table its last column", 0.95, 240, 1.5, 0.6 * 56],
  ["an unusual quantile counts as the next higher one", 0.9, 240, 0.7, 0.6 * 25.6],
])("the least dependence to count with: %s", (_name, quantile, requestsPerRun, utilisation, least) => {
  expect(findQueueDependence(quantile, requestsPerRun, utilisation)).toBeCloseTo(least, 9);
});
