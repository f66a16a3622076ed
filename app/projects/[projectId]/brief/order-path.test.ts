import { expect, test } from "vitest";
import type { Answer, AnswerSource } from "#server/brief/schema.ts";
import { type AskedQuestion, findNextQuestion, readPath, stepBack, stepOn, writeHref } from "./order-path.ts";

const asked = (question: string, source?: AnswerSource): AskedQuestion => ({
  question,
  answer: source ? ({ questionId: question, source } as Answer) : null,
});
const ordered = [asked("a"), asked("b"), asked("c", "user"), asked("d", "preset")];

test.each([
  ["the first open one comes first", null, [], "a"],
  ["the one at hand is never next", "a", [], "b"],
  ["what was skipped does not come back", "b", ["a"], "d"],
  ["what a person answered is not asked again, what the preset answered is", "b", ["a"], "d"],
  ["after the last one there is nothing left", "d", ["a", "b"], null],
])("%s", (_title, at, skipped, next) => {
  expect(findNextQuestion(ordered, { skipped }, at)).toBe(next);
});

test("each step on can be gone back, one after the other", () => {
  const start = { trail: [], skipped: ["d"] };
  const third = stepOn(stepOn(start, "a"), "b");
  expect(third).toEqual({ trail: ["a", "b"], skipped: ["d"] });
  const second = stepBack(third);
  expect(second).toEqual({ question: "b", path: { trail: ["a"], skipped: ["d"] } });
  expect(stepBack(second?.path ?? start)).toEqual({ question: "a", path: start });
  expect(stepBack(start)).toBe(null);
});

test("coming by a question twice does not lengthen the way back", () => {
  expect(stepOn(stepOn(stepOn({ trail: [], skipped: [] }, "a"), "b"), "a").trail).toEqual(["b", "a"]);
});

test("an address says where one is, and nonsense in it is dropped", () => {
  const href = writeHref("/brief", "b", { trail: ["c", "a"], skipped: ["a", "d"] });
  expect(href).toBe("/brief?q=b&from=c.a&skip=a.d");
  const query = Object.fromEntries(new URL(href, "http://x").searchParams);
  expect(readPath(query, ["a", "b", "c"])).toEqual({ trail: ["c", "a"], skipped: ["a"] });
  expect(readPath({ from: ["a", "b"], skip: "<script>" }, ["a"])).toEqual({ trail: [], skipped: [] });
});
