import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Box, type Labelled, overlaps, placeLabels } from "./place-labels.ts";

const frame: Box = { x: 44, y: 34, width: 804, height: 362 };
const corner: Box = { x: 52, y: 40, width: 90, height: 16 };
const dot = (x: number, y: number, width = 150): Labelled => ({
  box: { x: x - 5, y: y - 5, width: 10, height: 10 },
  width,
});

test("a label alone stands to the right of its mark", () => {
  expect(placeLabels([dot(300, 200)], [], frame)[0]).toMatchObject({ x: 309, y: 192.5 });
});

test("at the right edge it stands to the left", () => {
  expect(placeLabels([dot(840, 200)], [], frame)[0]?.x).toBe(840 - 5 - 4 - 150);
});

test("twelve labels of marks anywhere, also all in one place, never lie on each other", () => {
  const marks = fc.array(
    fc.record({
      x: fc.integer({ min: 44, max: 848 }),
      y: fc.integer({ min: 34, max: 396 }),
      width: fc.integer({ min: 20, max: 180 }),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const same = fc.record({ x: fc.integer({ min: 44, max: 848 }), y: fc.integer({ min: 34, max: 396 }) });
  const check = (all: Labelled[]) => {
    const labels = placeLabels(all, [corner], frame);
    expect(labels).toHaveLength(all.length);
    labels.forEach((label, index) => {
      expect(label.x).toBeGreaterThanOrEqual(frame.x);
      expect(label.x + label.width).toBeLessThanOrEqual(frame.x + frame.width);
      expect(label.y + label.height).toBeLessThanOrEqual(frame.y + frame.height);
      for (const other of [...labels.slice(index + 1), ...all.map(({ box }) => box), corner]) {
        expect(overlaps(label, other)).toBe(false);
      }
    });
  };
  fc.assert(fc.property(marks, (points) => check(points.map(({ x, y, width }) => dot(x, y, width)))));
  fc.assert(fc.property(same, ({ x, y }) => check(Array.from({ length: 12 }, () => dot(x, y)))));
});
