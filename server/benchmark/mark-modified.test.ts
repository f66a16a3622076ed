import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { acceptReport } from "./accept-report.ts";
import { markModified } from "./mark-modified.ts";

const written = readFileSync("pilot-templates/rag/contract/examples/report/valid/completed.json", "utf8");

test.each([true, false])(
  "a report says that its pilot was modified: %s, and changes in nothing else",
  (modified) => {
    const marked = markModified(written, modified);
    const differing = marked.split("\n").filter((line, at) => line !== written.split("\n")[at]);
    expect(differing).toEqual([`  "modified": ${modified},`]);
    expect(acceptReport(marked, { projectId: null, now: null })).toMatchObject({
      outcome: "accepted",
      report: { modified },
    });
  },
);

test.each([
  ["a pilot that claims something else", '{"modified": true}', '{"modified": false}'],
  ["no blanks", '{"modified":null,"value":1.0}', '{"modified":false,"value":1.0}'],
  [
    "an answer that speaks of it",
    '{"modified": null, "answer": "say \\"modified\\": null"}',
    '{"modified": false, "answer": "say \\"modified\\": null"}',
  ],
  ["the key twice", '{"modified": null, "modified": true}', '{"modified": false, "modified": false}'],
  ["a key spelt with escapes", '{"\\u006dodified": null}', '{"modified":false}'],
])("%s", (_title, text, marked) => {
  expect(markModified(text, false)).toBe(marked);
});
