import { afterEach, beforeEach, expect, vi } from "vitest";

// A test that prints hides the one line that matters. What a rule wants to say it returns.
const methods = ["log", "info", "warn", "error", "debug"] as const;
let said: string[] = [];

beforeEach(() => {
  said = [];
  for (const method of methods) {
    vi.spyOn(console, method).mockImplementation((...words) => {
      said.push(`${method}: ${words.join(" ")}`);
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(said, "a test must not print").toEqual([]);
});
