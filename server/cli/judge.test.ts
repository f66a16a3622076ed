import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeQuestion, makeReport } from "#server/testing/make-report.ts";
import type { Command } from "./command.ts";
import { judge } from "./judge.ts";
import { exitCodeOf, sayError } from "./say-error.ts";
import { verdict } from "./verdict.ts";

const folder = mkdtempSync(join(tmpdir(), "pilotage-judge-"));

/** Runs a command as the terminal would and gives back what a script sees. */
async function call(
  command: Command,
  ...args: string[]
): Promise<{ exit: number; answer: unknown; said: string }> {
  let answer: unknown = null;
  try {
    const exit = await command.run(args, { answer: (value) => (answer = value), progress: () => {} });
    return { exit, answer, said: "" };
  } catch (error) {
    return { exit: exitCodeOf(error), answer, said: sayError(error, false).split("\n")[0] ?? "" };
  }
}

function file(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
  return path;
}

describe("judge", () => {
  const latency = { kind: "latency", quantile: 0.95, targetMs: 2000 };
  const scores = { kind: "scores", comparison: "gt", target: 0.8 };
  const documents = (found: number, perDocument: number) =>
    Array.from({ length: 50 / perDocument }, (_, document) =>
      Array.from({ length: perDocument }, (_, at) => (document * perDocument + at < found ? 1 : 0)),
    );
  const drained = (runs: number) =>
    Array.from({ length: runs }, (_, at) => ({
      requests: 60,
      answered: 60,
      seconds: 30 + at / 10,
      scheduledSeconds: 30,
    }));
  const sequence = { kind: "sequence", p0: 0.8, p1: 0.9 };
  const tenRuns = (ms: number | null) => Array.from({ length: 10 }, () => Array(6).fill(ms));
  test.each([
    [{ kind: "proportion", correct: 87, outOf: 100, target: 0.8 }, 0, { verdict: "pass", n: 100, needs: {} }],
    [{ kind: "proportion", correct: 72, outOf: 100, target: 0.8 }, 1, { verdict: "fail" }],
    [{ kind: "proportion", correct: 85, outOf: 100, target: 0.8 }, 3, { needs: { questions: 298 } }],
    [{ ...latency, runs: tenRuns(300) }, 0, { verdict: "pass", bound: 300, n: 60 }],
    [{ ...latency, runs: tenRuns(null) }, 1, { verdict: "fail", bound: null }],
    [{ ...latency, runs: [Array(59).fill(300)] }, 3, { verdict: "inconclusive", needs: { runs: 9 } }],
    [{ ...scores, documents: documents(45, 1) }, 0, { verdict: "pass", n: 50 }],
    [{ ...scores, documents: documents(45, 5) }, 3, { verdict: "inconclusive", n: 50 }],
    [{ ...scores, comparison: "lt", documents: documents(20, 1) }, 0, { verdict: "pass" }],
    [{ kind: "rate", target: 1.5, runs: drained(10) }, 0, { verdict: "pass", n: 600 }],
    [{ kind: "rate", target: 1.5, runs: drained(3) }, 3, { needs: { runs: 7 } }],
    [{ ...sequence, answers: Array(60).fill(true) }, 0, { verdict: "pass", n: 25 }],
    [{ ...sequence, answers: Array(60).fill(false) }, 1, { verdict: "fail", n: 5 }],
    [{ ...sequence, answers: [true, false] }, 3, { verdict: "inconclusive", n: 2 }],
  ])("%j exits %d", async (samples, exit, answer) => {
    expect(await call(judge, file("samples.json", samples))).toMatchObject({ exit, answer, said: "" });
  });

  test.each([
    ["{", 65, /BODY_NOT_JSON/],
    [{ kind: "proportion", correct: 11, outOf: 10, target: 0.8 }, 65, /More right answers than answers/],
    [{ kind: "proportion", correct: 1, outOf: 10, target: 80 }, 65, /SAMPLES_INVALID/],
    [{ kind: "median", runs: [] }, 65, /SAMPLES_INVALID/],
    [{ ...latency, runs: [["fast"]] }, 65, /SAMPLES_INVALID/],
    [{ ...latency, runs: tenRuns(1), extra: 1 }, 65, /SAMPLES_INVALID/],
    [{ ...scores, documents: [[1, 1.5]] }, 65, /outside of what scores can be/],
    [{ ...scores, documents: [[1]], target: 1 }, 65, /between the least and the highest/],
    [{ ...sequence, p1: 0.7, answers: [] }, 65, /p1 must be above p0/],
    [
      { kind: "rate", target: 1, runs: drained(10).map((run) => ({ ...run, answered: 61 })) },
      65,
      /More answers than requests/,
    ],
  ])("%j is bad data", async (samples, exit, said) => {
    const called = await call(judge, file("bad.json", samples));
    expect(called.exit).toBe(exit);
    expect(called.said).toMatch(said);
  });

  test.each([
    [["/nowhere/samples.json"], 66],
    [[], 2],
    [["--fast"], 2],
    [["a.json", "b.json"], 2],
  ] as const)("%j exits %d", async (args, exit) => {
    expect((await call(judge, ...args)).exit).toBe(exit);
  });
});

describe("verdict", () => {
  const wrong = Array.from({ length: 50 }, (_, at) => makeQuestion({ id: `q${at}`, correct: at < 20 }));
  test.each([
    ["good", makeReport(), [], 0],
    ["wrong answers", makeReport({ questions: wrong }), [], 1],
    ["one run", makeReport({ config: { workload: { ...makeReport().config.workload, runs: 1 } } }), [], 3],
  ] as const)("a report of %s exits with its outcome", async (_name, report, args, exit) => {
    const called = await call(verdict, file("report.json", report), ...args);
    expect(called).toMatchObject({ exit, answer: { verdicts: [{ metric: "answer_accuracy" }, {}] } });
  });

  test("targets of a file replace those of the report", async () => {
    const path = file("report.json", makeReport());
    const strict = file("targets.json", [{ metric: "latency_p95_ms", comparison: "lt", value: 300 }]);
    expect(await call(verdict, path, "--targets", strict)).toMatchObject({
      exit: 1,
      answer: { outcome: "fail", verdicts: [{ metric: "latency_p95_ms", verdict: "fail", n: 60 }] },
    });
  });

  test("a report that was touched up is not judged", async () => {
    const report = makeReport();
    const accuracy = report.metrics[0];
    if (accuracy) accuracy.value = 0.99;
    const called = await call(verdict, file("report.json", report));
    expect(called).toMatchObject({ exit: 65, answer: null });
    expect(called.said).toBe(
      "error[METRIC_DISAGREES]: answer_accuracy: the report says 0.99, its records give 1. (at /metrics/0/value)",
    );
  });

  test.each([
    ["targets of another shape", ["--targets", file("t1.json", [{ metric: "accuracy" }])], 65],
    ["targets that are not there", ["--targets", "/nowhere/targets.json"], 66],
    ["an unknown option", ["--target", "x"], 2],
  ] as const)("%s: exit code", async (_name, args, exit) => {
    expect((await call(verdict, file("report.json", makeReport()), ...args)).exit).toBe(exit);
  });
});
