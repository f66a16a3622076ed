import { describe, expect, test } from "vitest";
import { blockOf, nextSpot } from "./walk-grid.ts";

const size = { width: 7, height: 24 };
const key = (name: string, isFar = false) => ({ key: name, ctrlKey: isFar, metaKey: false });

describe("a key leads to the next cell and never off the table", () => {
  test.each([
    ["ArrowDown", false, { x: 2, y: 5 }],
    ["ArrowUp", false, { x: 2, y: 3 }],
    ["ArrowLeft", true, { x: 0, y: 4 }],
    ["ArrowRight", true, { x: 6, y: 4 }],
    ["Home", false, { x: 0, y: 4 }],
    ["End", false, { x: 6, y: 4 }],
    ["Home", true, { x: 0, y: 0 }],
    ["End", true, { x: 6, y: 23 }],
    ["PageUp", false, { x: 2, y: 0 }],
    ["PageDown", false, { x: 2, y: 14 }],
    ["Enter", false, null],
    ["3", false, null],
  ] as const)("%s", (name, isFar, spot) => {
    expect(nextSpot({ x: 2, y: 4 }, key(name, isFar), size)).toEqual(spot);
  });

  test("the edges hold", () => {
    expect(nextSpot({ x: 0, y: 0 }, key("ArrowUp"), size)).toEqual({ x: 0, y: 0 });
    expect(nextSpot({ x: 6, y: 23 }, key("ArrowRight"), size)).toEqual({ x: 6, y: 23 });
  });
});

test("a block is the same from whichever corner it is drawn", () => {
  const block = { from: { x: 1, y: 2 }, to: { x: 4, y: 6 } };
  expect(blockOf({ x: 4, y: 2 }, { x: 1, y: 6 })).toEqual(block);
  expect(blockOf({ x: 1, y: 6 }, { x: 4, y: 2 })).toEqual(block);
});
