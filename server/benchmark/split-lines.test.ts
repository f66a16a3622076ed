import fc from "fast-check";
import { expect, test } from "vitest";
import { LineSplitter } from "./split-lines.ts";

test("lines are the same however the stream was cut", () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-c]{0,9}$/)), fc.array(fc.nat(20)), (lines, cuts) => {
      const text = lines.join("\n");
      const splitter = new LineSplitter();
      const got: string[] = [];
      let from = 0;
      for (const cut of cuts) {
        got.push(...splitter.take(text.slice(from, from + cut)));
        from += cut;
      }
      got.push(...splitter.take(text.slice(from)));
      const rest = splitter.end();
      const expected = text.split("\n");
      expect(rest === null ? got : [...got, rest]).toEqual(
        expected.at(-1) === "" ? expected.slice(0, -1) : expected,
      );
    }),
  );
});

test("a line without an end keeps its beginning and takes no more memory", () => {
  const splitter = new LineSplitter();
  for (let piece = 0; piece < 1_000; piece++) expect(splitter.take("x".repeat(65_536))).toEqual([]);
  const [line = "", next] = splitter.take("y\r\nnext\r\n");
  expect(line).toBe("x".repeat(8_192));
  expect(next).toBe("next");
});
