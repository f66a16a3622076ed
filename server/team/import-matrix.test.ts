import { describe, expect, test } from "vitest";
import { asOf, bytesOf, changesOf, people, present, sheetOf } from "#server/testing/read-matrix.ts";
import { writeLongCsv, writeWideCsv } from "./export-matrix-csv.ts";
import type { FileTable } from "./import-schema.ts";
import { interpretMatrix } from "./interpret-matrix.ts";
import { writeMatrixXlsx } from "./matrix-xlsx.ts";
import { measureGaps } from "./measure-gaps.ts";
import { SKILL_CATALOGUE } from "./read-catalogue.ts";

const wide = () => writeWideCsv({ catalogue: SKILL_CATALOGUE, roles: present().roles, asOf });
const long = () => writeLongCsv({ catalogue: SKILL_CATALOGUE, roles: present().roles, asOf });
const book = () => {
  const { roles, needs } = present();
  const gaps = measureGaps(needs, people, asOf);
  return writeMatrixXlsx({ catalogue: SKILL_CATALOGUE, projectName: "Desk", asOf, roles, gaps, people });
};
describe("a file that comes back as it went out changes nothing", () => {
  test.each([
    ["the wide CSV", async () => bytesOf(wide())],
    [
      "the wide CSV as a spreadsheet saves it, with a byte order mark",
      async () => bytesOf(`\ufeff${wide()}`),
    ],
    ["the wide CSV with plain line ends", async () => bytesOf(wide().replaceAll("\r\n", "\n"))],
    ["the long CSV", async () => bytesOf(long())],
    ["the workbook, whatever people are called", book],
  ])("%s", async (_, file) => {
    expect(await changesOf(await file())).toEqual([]);
  });
});

describe("what was edited outside is what differs", () => {
  test("a level in the wide CSV", async () => {
    const edited = wide().replace(/^(S03,[^,]*,[^,]*),"3 Practitioner, must"/m, '$1,"4 Expert, should"');
    expect(await changesOf(bytesOf(edited))).toEqual([
      {
        kind: "requirement",
        roleId: "AIPE",
        skillId: "S03",
        before: { level: 3, importance: "must" },
        after: { level: 4, importance: "should" },
      },
    ]);
  });

  test.each([
    ["2", { level: 2, importance: "must" }],
    ["2C", { level: 2, importance: "could" }],
    ["practitioner, SHOULD", { level: 3, importance: "should" }],
    ["not required", { level: null, importance: "must" }],
    ["", { level: null, importance: "must" }],
    ["0", { level: null, importance: "must" }],
  ])("“%s” in a cell is read", async (cell, after) => {
    const file = `Skill ID,AI Product Engineer\nS03,"${cell}"\n`;
    expect(await changesOf(bytesOf(file))).toMatchObject([{ skillId: "S03", after }]);
  });

  test("a requirement in the long CSV", async () => {
    const edited = "role,skill id,skill level,importance\nSenior ML Engineer,S18,2 Working,should\n";
    expect(await changesOf(bytesOf(edited))).toMatchObject([
      { roleId: "MLE", skillId: "S18", before: { level: null }, after: { level: 2, importance: "should" } },
    ]);
  });

  test("levels, a new person and what is needed here in the workbook", async () => {
    const team = await sheetOf("Team", [
      ["Held levels."],
      ["Skill ID", "Skill", "Person A", "New One"],
      ["S05", "Retrieval and RAG", 4, "2 Working, self"],
      ["S03", "API and streaming services", null, "not assessed"],
    ]);
    expect(await changesOf(team)).toEqual([
      { kind: "person", alias: "New One" },
      {
        kind: "rating",
        personId: "a",
        alias: "Person A",
        skillId: "S05",
        source: "peer",
        before: 3,
        after: 4,
      },
      {
        kind: "rating",
        personId: null,
        alias: "New One",
        skillId: "S05",
        source: "self",
        before: null,
        after: 2,
      },
    ]);
    const matrix = await sheetOf("Matrix", [
      ["Skill ID", "Needed here"],
      ["S24", "3 Practitioner, must"],
    ]);
    expect(await changesOf(matrix)).toMatchObject([{ roleId: null, skillId: "S24", after: { level: 3 } }]);
  });
});

test("tables of other sheets are left alone", () => {
  const table: FileTable = { sheet: "Legend", rows: [["Word", "Meaning"]] };
  const matrix: FileTable = {
    sheet: "Matrix",
    rows: [
      ["Skill ID", "MLE"],
      ["S01", "2 Working, should"],
    ],
  };
  const said = interpretMatrix([matrix, table], {
    catalogue: SKILL_CATALOGUE,
    roles: present().roles,
    people,
  });
  expect(said).toMatchObject({ ok: true, content: { requirements: [{ roleId: "MLE", level: 2 }] } });
});
