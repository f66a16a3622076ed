import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { TemplateName } from "#server/scaffold/pilot-schema.ts";
import { makeReport } from "#server/testing/make-report.ts";
import { acceptReport } from "./accept-report.ts";
import { combineVerdicts } from "./combine-verdicts.ts";

const anyProject = { projectId: null, now: new Date("2026-11-20T12:00:00Z") };

describe.each(TemplateName.options)("a report of the %s pilot", (template) => {
  const examples = `pilot-templates/${template}/contract/examples/report`;
  const anyProject = { projectId: null, now: new Date("2026-11-22T12:00:00Z") };

  test.each(readdirSync(`${examples}/valid`))("%s is accepted", (name) => {
    const text = readFileSync(`${examples}/valid/${name}`, "utf8");
    expect(acceptReport(text, anyProject)).toMatchObject({ outcome: "accepted" });
  });

  test.each(readdirSync(`${examples}/disagreeing`))("%s", (name) => {
    const code = name.split(".")[1] ?? "";
    const accepted = acceptReport(readFileSync(`${examples}/disagreeing/${name}`, "utf8"), anyProject);
    expect(accepted.outcome === "refused" ? accepted.problems.map((problem) => problem.code) : []).toContain(
      code,
    );
  });

  test.each(readdirSync(`${examples}/invalid`))("%s is refused by its shape", (name) => {
    const accepted = acceptReport(readFileSync(`${examples}/invalid/${name}`, "utf8"), anyProject);
    expect(accepted.outcome).toBe("refused");
  });
});

const whole = JSON.stringify(makeReport());

describe("bad input is refused with the place at fault", () => {
  test.each([
    ["an empty file", "", "FILE_EMPTY", ""],
    ["half an object", "{", "BODY_NOT_JSON", ""],
    ["a list", "[]", "REPORT_INVALID", ""],
    ["an empty object", "{}", "REPORT_VERSION", "/schemaVersion"],
    ["a version from the future", '{"schemaVersion": 4}', "REPORT_VERSION", "/schemaVersion"],
    ["a version as text", '{"schemaVersion": "1"}', "REPORT_VERSION", "/schemaVersion"],
    [
      "an accuracy of NaN",
      whole.replace('"value":1,', '"value":NaN,'),
      "METRIC_NOT_FINITE",
      "/metrics/0/value",
    ],
    [
      "a percentile of minus infinity",
      whole.replace('"value":400,', '"value":-Infinity,'),
      "METRIC_NOT_FINITE",
      "/metrics/6/value",
    ],
    [
      "a number too large to read",
      whole.replace('"value":400,', '"value":1e999,'),
      "METRIC_NOT_FINITE",
      "/metrics/6/value",
    ],
    [
      "a stage time of infinity",
      whole.replace('"wallMs":500', '"wallMs":Infinity'),
      "METRIC_NOT_FINITE",
      "/stages/0/wallMs",
    ],
    [
      "a key that changes prototypes",
      whole.replace('{"schemaVersion"', '{"__proto__":{"x":1},"schemaVersion"'),
      "KEY_NOT_ALLOWED",
      "/__proto__",
    ],
    [
      "a misspelt key",
      whole.replace('"name":"sample"', '"name":"sample","nmae":1'),
      "UNKNOWN_FIELD",
      "/data/nmae",
    ],
    [
      "a day that does not exist",
      whole.replace('"2026-11-20T10:05:00Z"', '"2026-02-31T10:05:00Z"'),
      "TIME_INVALID",
      "/finishedAt",
    ],
    [
      "a run that finished in the future",
      whole.replace('"2026-11-20T10:05:00Z"', '"2026-11-20T12:06:00Z"'),
      "TIME_FUTURE",
      "/finishedAt",
    ],
    ["a metric as text", whole.replace('"value":1,', '"value":"1",'), "METRIC_INVALID", "/metrics/0/value"],
    ["forty levels of nesting", `${'{"a":'.repeat(40)}1${"}".repeat(40)}`, "BODY_TOO_DEEP", ""],
  ])("%s", (_name, text, code, path) => {
    const accepted = acceptReport(text, anyProject);
    expect(accepted.outcome === "refused" ? accepted.problems[0] : null).toMatchObject({ code, path });
  });
});

test("NaN inside a text is not a number and stays legal", () => {
  const text = whole.replace("Returns are accepted", "NaN, Infinity: returns are accepted");
  expect(acceptReport(text, anyProject).outcome).toBe("accepted");
});

test("a report of another project is refused, one handed out by the terminal is not", () => {
  const projectId = "prj_01JCXTESTPRJECT00000000000";
  const other = { ...anyProject, projectId: "prj_01JCXTESTPRJECT00000000001" };
  const owned = JSON.stringify(makeReport({ config: { projectId } }));
  expect(acceptReport(owned, { ...anyProject, projectId }).outcome).toBe("accepted");
  expect(acceptReport(owned, other)).toMatchObject({ problems: [{ code: "REPORT_SPEC_MISMATCH" }] });
  expect(acceptReport(whole, other).outcome).toBe("accepted");
});

test("a config that left a default out is hashed as it was written", () => {
  const report = JSON.parse(whole);
  const sealed = structuredClone(report);
  delete sealed.config.targets[0].confidence;
  expect(acceptReport(JSON.stringify(sealed), anyProject)).toMatchObject({
    problems: [{ code: "REPORT_CHECKSUM", path: "/configSha256" }],
  });
});

test("a report of 50,000 requests is read and checked within two seconds", () => {
  const workload = { ...makeReport().config.workload, runs: 10, requestsPerRun: 5000 };
  const text = JSON.stringify(makeReport({ config: { workload } }));
  const started = performance.now();
  expect(acceptReport(text, anyProject).outcome).toBe("accepted");
  expect(performance.now() - started).toBeLessThan(2000);
});

test.each([
  ["bundled-100", "fail"],
  ["support-100", "inconclusive"],
  ["encyclopaedia-120", "pass"],
])("the kept report %s of the first template is still read, and still judged %s", (name, outcome) => {
  const text = readFileSync(`docs/benchmarks/2026-11-20-rag-1.0.0/${name}.report.json`, "utf8");
  const accepted = acceptReport(text, { projectId: null, now: null });
  expect(accepted.outcome).toBe("accepted");
  if (accepted.outcome === "accepted") expect(combineVerdicts(accepted.report).outcome).toBe(outcome);
});
