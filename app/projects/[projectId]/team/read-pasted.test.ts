import { expect, test } from "vitest";
import { readPasted } from "./read-pasted.ts";

const level = (level: number | null, importance: string | null = null) => ({ level, importance });

test.each([
  ["3", [[level(3)]]],
  [
    "3\t\tx\r\n0\t4\t-\r\n",
    [
      [level(3), null, level(null)],
      [level(0), level(4), level(null)],
    ],
  ],
  ["3M\t2 s\t1 Aware, could", [[level(3, "m"), level(2, "s"), level(1, "c")]]],
  ["3 Practitioner\t4 Expert, must\tnot assessed", [[level(3), level(4, "m"), level(null)]]],
  ["2 Working, peer, stale", [[level(2)]]],
  ["", [[null]]],
])("%j on the clipboard is read as levels", (text, block) => {
  expect(readPasted(text)).toEqual({ ok: true, block });
});

test.each([
  ["3\t5", 1, 2, "5"],
  ["3\n=1+1", 2, 1, "=1+1"],
  ["good", 1, 1, "good"],
  ["-1", 1, 1, "-1"],
  ["2.5", 1, 1, "2.5"],
  ["33", 1, 1, "33"],
])("%j is refused with row and column", (text, row, column, word) => {
  expect(readPasted(text)).toEqual({ ok: false, row, column, text: word });
});
