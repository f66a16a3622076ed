import { expect, test } from "vitest";
import { makeQuestion, makeReport } from "#server/testing/make-report.ts";
import { writeQuestionsCsv, writeRequestsCsv } from "./export-records-csv.ts";

test("every request is a row, and what was not measured is an empty cell", () => {
  const report = makeReport({ latencyMs: (run, index) => (run === 0 && index === 0 ? null : 400) });
  const lines = writeRequestsCsv(report).split("\r\n");
  expect(lines).toHaveLength(1 + 60 + 1);
  expect(lines[1]).toBe("0,0,q1,0,0,,,error,HTTP 500");
  expect(lines[2]).toBe("0,1,q2,500,500,900,900,ok,");
});

test.each([
  ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["+49 30", "'+49 30"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ['He said "no", twice', '"He said ""no"", twice"'],
  ["two\nlines", '"two\nlines"'],
  ["plain = text", "plain = text"],
])("an answer %j does no harm in a spreadsheet", (answer, cell) => {
  const csv = writeQuestionsCsv({ questions: [makeQuestion({ answer })] });
  expect(csv.split("\r\n")[1]).toBe(`q1,common,gold_span,true,false,,d1 d2,d1,${cell}`);
});
