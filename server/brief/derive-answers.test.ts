import { expect, test } from "vitest";
import { deriveAnswers } from "./derive-answers.ts";
import { describeAnswer } from "./describe-answer.ts";
import { findNearestWord } from "./find-nearest-word.ts";
import { findQuestion } from "./find-question.ts";
import type { AnswerValue } from "./schema.ts";

test.each([
  ["the peak is ten times the mean of a day", { requests_per_day: 864_000 }, { peak_rps: 100 }],
  ["a direct answer wins over the inferred one", { requests_per_day: 864_000, peak_rps: 7 }, {}],
  ["an unknown peak is inferred too", { requests_per_day: 8640, peak_rps: "unknown" }, { peak_rps: 1 }],
  ["an unknown volume infers nothing", { requests_per_day: "unknown" }, {}],
])("%s", (_title, answers, inferred) => {
  expect(deriveAnswers(answers).inferred).toEqual(inferred);
});

test.each<[string, AnswerValue, string]>([
  ["latency_ms", 2000, "2\u00a0000\u00a0ms"],
  ["data_gb", 0.2, "0.2\u00a0GB"],
  ["answer_accuracy_lower", 0.778, "0.778"],
  ["bound", "io", "Waiting for network or disk"],
  ["bound", "unknown", "not known"],
  ["profiled", false, "no"],
  ["langs", ["python", "cpp"], "Python, C++"],
  ["langs", [], "none"],
])("%s %j reads %j", (id, value, words) => {
  const question = findQuestion(id);
  expect(question && describeAnswer(question, value)).toBe(words);
});

test.each([
  ["bond", "bound"],
  ["boudn", "bound"],
  ["BOUND", "bound"],
  ["latency", "latency_ms"],
  ["something else", null],
  ["x", null],
])("somebody who types %s meant %s", (typed, meant) => {
  expect(findNearestWord(typed, ["bound", "latency_ms", "goal"])).toBe(meant);
});

test("a key of ten thousand letters means nothing, at once", () => {
  expect(findNearestWord("x".repeat(10_000), ["bound"])).toBe(null);
});
