import { expect, test } from "vitest";
import { findFalsePass } from "./find-false-pass.ts";

test.each([
  [60, 0.7, 0.18],
  [240, 0.7, 0.1],
  [1000, 0.7, 0.06],
  // Between two cells the worse one counts.
  [239, 0.6, 0.18],
  [5000, 0.05, 0.04],
  [59, 0.5, null],
  [60, 0.85, null],
])("%d requests a run at %d busy: %s", (requestsPerRun, utilisation, share) => {
  expect(findFalsePass(requestsPerRun, utilisation)).toBe(share);
});
