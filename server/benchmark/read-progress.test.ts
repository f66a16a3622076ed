import { describe, expect, test } from "vitest";
import { BoundLog } from "./bound-log.ts";
import { readProgress } from "./read-progress.ts";

describe("a line of a pilot", () => {
  const log = (line: string) => ({ kind: "log", line });
  const load = { kind: "progress", phase: "load", done: 3, total: 10 };

  test.each([
    ["begins a phase", '{"phase":"ingest"}', [{ kind: "phase", phase: "ingest" }]],
    ["says how far it is, whatever else it says", '{"phase":"load","done":3,"total":10,"at":1.5}', [load]],
    [
      "says how far it is, and why it takes long",
      '{"phase":"load","done":3,"total":10,"message":"run 3 of 10"}',
      [load, log("run 3 of 10")],
    ],
    ["is log when it is not progress", '{"level":"info"}', [log('{"level":"info"}')]],
    [
      "is log when its numbers are not counts",
      '{"phase":"x","done":-1,"total":2}',
      [log('{"phase":"x","done":-1,"total":2}')],
    ],
    ["loses colours and controls", "\u001b[31mred\u001b[0m\u0000\u0007 ok\r", [log("red ok")]],
    ["is nothing when it is empty", "  \r", []],
    ["is cut when it is long", "x".repeat(5_000), [log(`${"x".repeat(999)}…`)]],
  ])("%s", (_title, line, bodies) => {
    expect(readProgress(line)).toEqual(bodies);
  });
});

describe("the log that is kept", () => {
  const line = (text: string) => ({ kind: "log" as const, line: text });

  test("is whole when it is short", () => {
    const log = new BoundLog();
    expect([log.take(line("a"), 0), log.take(line("b"), 0), log.end()].flat()).toEqual([
      line("a"),
      line("b"),
    ]);
  });

  test("of a pilot that prints without end is its head, its tail and a count of what is missing", () => {
    const log = new BoundLog();
    const told = Array.from({ length: 100_000 }, (_, i) => log.take(line(`line ${i}`), i)).flat();
    const tail = log.end().map((body) => (body.kind === "log" ? body.line : ""));
    expect(told[0]).toEqual(line("line 0"));
    expect(tail.at(-1)).toBe("line 99999");
    const bytes = [...told.map((body) => JSON.stringify(body)), ...tail].join("").length;
    expect(bytes).toBeLessThan(200_000);
    expect(tail[0]).toBe(`… ${100_000 - told.length - (tail.length - 1)} lines left out …`);
    expect(log.lastLines).toHaveLength(40);
  });

  test("shows four steps a second, every phase, and always the last step", () => {
    const log = new BoundLog();
    const step = (done: number) => ({ kind: "progress" as const, phase: "load", done, total: 1000 });
    const told = Array.from({ length: 1001 }, (_, done) => log.take(step(done), done)).flat();
    expect(told[0]).toEqual({ kind: "phase", phase: "load" });
    expect(told.at(-1)).toEqual(step(1000));
    expect(told.length).toBeLessThanOrEqual(7);
  });
});
