import { expect, test } from "vitest";
import type { Answer, AnswerSource } from "#server/brief/schema.ts";
import { type AskedQuestion, findNextQuestion, readPath, writeHref } from "./order-path.ts";

const asked = (question: string, source?: AnswerSource): AskedQuestion => ({
  question,
  answer: source ? ({ questionId: question, source } as Answer) : null,
});
const ordered = [asked("a"), asked("b"), asked("c", "user"), asked("d", "preset")];
const at = (from: string | null, ...skipped: string[]) => ({ from, skipped });

test.each([
  ["the first open one comes first", at(null), "a"],
  ["the one at hand is never next", at("a"), "b"],
  ["what was skipped does not come back", at("b", "a"), "d"],
  ["what a person answered is not asked again, what the preset answered is", at("b", "a"), "d"],
  ["after the last one there is nothing left", at("d", "a", "b"), null],
])("%s", (_title, path, next) => {
  expect(findNextQuestion(ordered, path)).toBe(next);
});

test("an address says where one is, and nonsense in it is dropped", () => {
  const href = writeHref("/brief", "b", at("a", "a", "d"));
  expect(href).toBe("/brief?q=b&from=a&skip=a.d");
  const query = Object.fromEntries(new URL(href, "http://x").searchParams);
  expect(readPath(query, ["a", "b", "c"])).toEqual({ from: "a", skipped: ["a"] });
  expect(readPath({ from: ["a", "b"], skip: "<script>" }, ["a"])).toEqual({ from: null, skipped: [] });
});
