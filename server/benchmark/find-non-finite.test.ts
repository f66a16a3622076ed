import { expect, test } from "vitest";
import { findNonFinite } from "./find-non-finite.ts";

test.each([
  ["NaN", "", "NaN"],
  ['{"a": NaN}', "/a", "NaN"],
  ['{"a": {"b": [1, "x,]}", -Infinity]}}', "/a/b/2", "-Infinity"],
  ['{"a": "Infinity", "b": Infinity}', "/b", "Infinity"],
  ['{"a": [[1], [], {"c": 1}, NaN], "b": 2}', "/a/3", "NaN"],
  ['{"a/b": {"~": NaN}}', "/a~1b/~0", "NaN"],
  ['{"quote\\"d": NaN}', '/quote"d', "NaN"],
])("%s is at %s", (text, pointer, token) => {
  expect(findNonFinite(text)).toEqual({ pointer, token });
});

test.each(['{"a": 1}', '{"NaN": "Infinity"}', "", '{"a": "unclosed NaN', "{Name: 1}"])(
  "%s has none",
  (text) => {
    expect(findNonFinite(text)).toBeNull();
  },
);
