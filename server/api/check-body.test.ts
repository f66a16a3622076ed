import { expect, test } from "vitest";
import { findBodyProblem } from "./check-body.ts";

test.each([
  ["an ordinary body", '{"name":"a [b] {c}"}', null, ""],
  ["a body that breaks off", '{"name": "abc', "BODY_NOT_JSON", "not valid JSON"],
  ["a body with an error on its second line", '{"a": 1,\n"b" 2}', "BODY_NOT_JSON", "line 2, column 5"],
  ["nothing", "", "BODY_NOT_JSON", "not valid JSON"],
  ["the token NaN", '{"a": NaN}', "BODY_NOT_JSON", "not valid JSON"],
  ["a thousand levels", "[".repeat(1000) + "]".repeat(1000), "BODY_TOO_DEEP", "deeper than 32 levels"],
  ["brackets inside a text", JSON.stringify("[".repeat(1000)), null, ""],
  [
    "a key that reaches for the prototype",
    '{"a":{"__proto__":{"role":"owner"}}}',
    "KEY_NOT_ALLOWED",
    "__proto__",
  ],
  ["a constructor key", '{"constructor":1}', "KEY_NOT_ALLOWED", "constructor"],
  ["the word as a value", '{"name":"__proto__"}', null, ""],
])("%s", (_title, text, code, words) => {
  const problem = findBodyProblem(text);
  expect(problem?.code ?? null).toBe(code);
  expect(problem?.message ?? "").toContain(words);
});
