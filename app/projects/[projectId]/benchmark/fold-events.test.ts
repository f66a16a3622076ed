import { expect, test } from "vitest";
import type { JobEvent } from "#server/benchmark/job-schema.ts";
import { foldEvents } from "./fold-events.ts";

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 12, 0, second)).toISOString();
const event = (seq: number, body: JobEvent["body"]): JobEvent => ({ seq, attempt: 1, body, at: at(seq) });
const load = (seq: number, done: number) => event(seq, { kind: "progress", phase: "load", done, total: 600 });

test("a phase begins when it is first named, and progress counts in it", () => {
  const told = foldEvents(null, [event(1, { kind: "phase", phase: "load" }), load(2, 10), load(3, 20)], 9);
  expect(told).toMatchObject({ seq: 3, phase: "load", done: 20, total: 600, phaseAt: Date.parse(at(1)) });
});

test("a new phase starts from nothing", () => {
  const told = foldEvents(null, [load(1, 600), event(2, { kind: "phase", phase: "report" })], 9);
  expect(told).toMatchObject({ phase: "report", done: 0, total: 0 });
});

test("what was seen already counts once", () => {
  const line = event(1, { kind: "log", line: "reading" });
  const told = foldEvents(foldEvents(null, [line], 9), [line, event(2, { kind: "log", line: "done" })], 9);
  expect(told.lines).toEqual(["reading", "done"]);
});

test("only the last lines are kept", () => {
  const lines = [1, 2, 3].map((seq) => event(seq, { kind: "log", line: `line ${seq}` }));
  expect(foldEvents(null, lines, 2).lines).toEqual(["line 2", "line 3"]);
});
