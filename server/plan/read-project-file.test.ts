import { describe, expect, test } from "vitest";
import { BLANK_ENTRY } from "#server/brief/entry-criteria.data.ts";
import { readEntryFile } from "#server/brief/read-entry-file.ts";
import { readProjectFile } from "./read-project-file.ts";

const file = {
  schemaVersion: 1,
  project: { name: "Desk", kind: "rag", presetId: "rag_support" },
  answers: { corpus: 100 },
};
const draft = { ...BLANK_ENTRY, title: "A", chosen: false };

test("a file that is right is read as it is", () => {
  expect(readProjectFile(file)).toEqual(file);
  expect(readProjectFile({ ...file, entryPoints: [draft] }).entryPoints).toEqual([draft]);
});

describe("a file that is wrong is told by what, where and what to do", () => {
  test.each([
    ["a list", [], "PROJECT_INVALID", undefined, /one JSON object/],
    ["nothing", null, "PROJECT_INVALID", undefined, /one JSON object/],
    [
      "a newer version",
      { ...file, schemaVersion: 2, somethingNew: 1 },
      "PROJECT_NEWER",
      "schemaVersion",
      /version 2/,
    ],
    ["an older version", { ...file, schemaVersion: 0 }, "INVALID", "schemaVersion", /schemaVersion/],
    ["a report", { runId: "run_1", requests: [] }, "PROJECT_FOREIGN", undefined, /benchmark report/],
    ["a rule set", { id: "layers", rules: [] }, "PROJECT_FOREIGN", undefined, /rule set/],
    ["a catalogue", { skills: [] }, "PROJECT_FOREIGN", undefined, /skill catalogue/],
    ["a pilot", { template: "rag", targets: [] }, "PROJECT_FOREIGN", undefined, /configuration of a pilot/],
    ["candidates alone", { schemaVersion: 1, entryPoints: [] }, "PROJECT_FOREIGN", undefined, /candidates/],
    ["no answers", { schemaVersion: 1, project: file.project }, "REQUIRED", "answers", /answers/],
    ["an unknown field", { ...file, owner: "x" }, "UNKNOWN_FIELD", undefined, /owner/],
    [
      "a name with a line break",
      { ...file, project: { ...file.project, name: "A\nB" } },
      "NAME_CHARACTERS",
      "project.name",
      /control/,
    ],
    [
      "an answer of the wrong type",
      { ...file, answers: { corpus: "many" } },
      "ANSWER_INVALID",
      "answers.corpus",
      /corpus|number/,
    ],
    [
      "an answer to no question",
      { ...file, answers: { moon: 1 } },
      "UNKNOWN_QUESTION",
      "answers.moon",
      /moon/,
    ],
    [
      "two chosen candidates",
      {
        ...file,
        entryPoints: [
          { ...draft, chosen: true },
          { ...draft, title: "B", chosen: true },
        ],
      },
      "ENTRY_TWO_CHOSEN",
      "entryPoints.1.chosen",
      /Two candidates are chosen/,
    ],
    [
      "a score out of range",
      { ...file, entryPoints: [{ ...draft, impact: { ...draft.impact, time: 7 } }] },
      "INVALID",
      "entryPoints.0.impact.time",
      /entryPoints.0.impact.time/,
    ],
    [
      "a choice without a reason",
      { ...file, overrides: [{ layer: "api", option: "go", reason: " " }] },
      "INVALID",
      "overrides.0.reason",
      /overrides.0.reason/,
    ],
  ])("%s", (_title, document, code, path, said) => {
    let thrown: unknown;
    try {
      readProjectFile(document);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code, detail: path === undefined ? {} : { path } });
    expect((thrown as Error).message).toMatch(said);
  });
});

describe("a file of candidates", () => {
  test.each([
    ["a whole project", file, /whole project/, /Import it as a new project/],
    ["a newer one", { schemaVersion: 2, entryPoints: [] }, /newer version/, /Update Pilotage/],
    [
      "a score out of range",
      { schemaVersion: 1, entryPoints: [{ ...draft, friction: { ...draft.friction, data: 0 } }] },
      /entryPoints.0.friction.data/,
      /Nothing was stored/,
    ],
    ["a text", "candidates", /The file/, /Nothing was stored/],
    ["nothing", null, /The file/, /Nothing was stored/],
  ])("%s is told by what, where and what to do", (_title, document, said, hint) => {
    let thrown: unknown;
    try {
      readEntryFile(document);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ kind: "invalid", code: "ENTRY_FILE" });
    expect((thrown as Error).message).toMatch(said);
    expect((thrown as { detail: { hint: string } }).detail.hint).toMatch(hint);
  });
});
