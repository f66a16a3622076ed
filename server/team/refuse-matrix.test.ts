import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import writeXlsxFile from "write-excel-file/node";
import { bytesOf, changesOf, read, sheetOf } from "#server/testing/read-matrix.ts";
import { SKILL_CATALOGUE } from "./read-catalogue.ts";
import { readMatrixFile } from "./read-matrix-file.ts";
import type { SkillCatalogue } from "./schema.ts";

describe("what cannot be read is refused with row and column, and nothing of the file counts", () => {
  const head = "Skill ID,Skill,AI Product Engineer,Person A";
  const cell = (text: string) => `${head}\nS01,,2,1\nS03,,"${text}",2\n`;
  const undefinedLevel: SkillCatalogue = {
    ...SKILL_CATALOGUE,
    skills: SKILL_CATALOGUE.skills.map((skill) =>
      skill.id === "S18" ? { ...skill, anchors: ["Reads it.", null, null, null] as const } : skill,
    ) as SkillCatalogue["skills"],
  };
  test.each([
    ["a level above 4", cell("5"), "LEVEL_RANGE", "Row 3, column C: “5” is no level from 0 to 4."],
    ["a level below 0", cell("-1"), "FORMULA", "Row 3, column C: “-1” begins like a formula"],
    ["half a level", cell("2.5"), "LEVEL_RANGE", "Row 3, column C"],
    ["a word that is no level", cell("good"), "LEVEL_UNREADABLE", "Row 3, column C: “good” is no level"],
    ["a number and another name", cell("3 Expert"), "LEVEL_MISMATCH", "that level is called Practitioner"],
    ["an importance that is none", cell("3, maybe"), "IMPORTANCE_UNKNOWN", "“maybe” is no importance"],
    ["a formula", cell("=1+2"), "FORMULA", "Row 3, column C: “=1+2” begins like a formula"],
    ["a formula behind another start", cell("@SUM(A1)"), "FORMULA", "Row 3, column C"],
    ["an unknown skill", `${head}\nS77,,2,1\n`, "SKILL_UNKNOWN", "Row 2, column A: “S77” is no skill"],
    ["a skill twice", `${head}\nS01,,2,1\nS01,,2,1\n`, "SKILL_TWICE", "Row 3, column A: the skill S01"],
    ["a column sorted alone", `${head}\nS01,Retrieval and RAG,2,1\n`, "SKILL_NAME", "Row 2, column B"],
    [
      "an unknown column",
      "Skill ID,Wizard\nS01,2\n",
      "COLUMN_UNKNOWN",
      "Row 1, column B: “Wizard” is no role",
    ],
    ["a person twice", "Skill ID,Person A,person a\nS01,2,2\n", "PERSON_TWICE", "Row 1, column C"],
    ["a role twice", "Skill ID,MLE,MLE\nS01,2,2\n", "COLUMN_TWICE", "Row 1, column C"],
    ["no header", "a,b\n1,2\n", "HEADER_MISSING", "no column is headed “Skill ID”"],
    [
      "semicolons",
      head.replaceAll(",", ";"),
      "CSV_SEPARATOR",
      "Line 1: the columns are parted by semicolons",
    ],
    ["tabs", head.replaceAll(",", "\t"), "CSV_SEPARATOR", "parted by tabs"],
    [
      "a short row",
      `${head}\nS01,,2,1\nS03,,2\n`,
      "CSV_RAGGED",
      "Line 3: 3 columns where the first line has 4",
    ],
    ["a quote that never ends", `${head}\nS01,,"2,1\n`, "CSV_QUOTE", "Line 2: a quote begins here"],
    [
      "an unknown role",
      "role,skill id,skill level,importance\nWizard,S01,2,must\n",
      "ROLE_UNKNOWN",
      "Row 2, column A",
    ],
    [
      "a requirement twice",
      "role,skill id,skill level,importance\nMLE,S01,2,must\nMLE,S01,3,must\n",
      "REQUIREMENT_TWICE",
      "Row 3, column B",
    ],
    ["an empty file", "", "FILE_EMPTY", "The file is empty."],
    ["a zero byte", `${head}\nS01,,2,\0\n`, "CSV_ENCODING", "UTF-16"],
  ])("%s", async (_, file, code, message) => {
    const said = await read(bytesOf(file));
    const [problem] = said.ok ? [] : said.problems;
    expect(problem?.code).toBe(code);
    expect(problem?.message).toContain(message);
  });

  test("a requirement on a level that the skill does not have", async () => {
    const said = await read(bytesOf("Skill ID,MLE\nS18,3\n"), undefinedLevel);
    expect(said.ok ? [] : said.problems).toMatchObject([
      { code: "LEVEL_UNDEFINED", message: "Row 2, column B: S18 has no level 3." },
    ]);
  });

  test("every wrong cell is named, not the first alone", async () => {
    const said = await read(bytesOf("Skill ID,MLE,OPS\nS01,7,=x\nS99,1,1\n"));
    expect(said.ok ? [] : said.problems.map(({ path }) => path)).toEqual([
      "Row 2, column B",
      "Row 2, column C",
      "Row 3, column A",
    ]);
  });

  test.each([
    ["UTF-16, little end first", "utf16le", [0xff, 0xfe], "UTF-16"],
    ["UTF-16 without a mark", "utf16le", [], "UTF-16"],
    ["Latin-1", "latin1", [], "Line 2, column 9"],
  ] as const)("%s", async (_, encoding, mark, message) => {
    const text = Buffer.from('Skill ID,Skill,MLE\nS01,,"1 é"\n', encoding);
    const said = await read(new Uint8Array([...mark, ...text]));
    expect(said.ok ? [] : said.problems).toMatchObject([{ code: "CSV_ENCODING" }]);
    expect(said.ok ? "" : said.problems[0]?.message).toContain(message);
  });

  test.each([
    ["a direction mark", "Eve\u202e", "direction character at position 4"],
    ["a line break", "Eve\nB", "control or direction character"],
    ["121 characters", "x".repeat(121), "1 to 120 characters"],
  ])("a new person whose name holds %s", async (_, name, message) => {
    const said = await read(
      await sheetOf("Team", [
        ["Skill ID", name],
        ["S01", 2],
      ]),
    );
    expect(said.ok ? [] : said.problems).toMatchObject([{ code: "NAME_CHARACTERS" }]);
    expect(said.ok ? "" : said.problems[0]?.message).toContain(message);
  });

  test("a new person whose name begins like a formula is taken as a name", async () => {
    const sheet = await sheetOf("Team", [
      ["Skill ID", "=HYPERLINK(1)"],
      ["S01", 2],
    ]);
    expect(await changesOf(sheet)).toMatchObject([{ alias: "=HYPERLINK(1)" }, { after: 2 }]);
  });

  test("a formula in a workbook, even one with a result", async () => {
    const workbook = await writeXlsxFile([
      {
        sheet: "Matrix",
        data: [
          ["Skill ID", "MLE"],
          ["S01", { value: "=1+1", type: "Formula" }],
        ],
      },
    ] as never).toBuffer();
    const said = await read(new Uint8Array(workbook));
    expect(said.ok ? [] : said.problems).toMatchObject([{ code: "FORMULA", path: "Row 2, column B" }]);
  });

  test.each([
    ["a million rows", () => bytesOf("a\n".repeat(1_000_000)), "ROWS_TOO_MANY"],
    ["a million rows of a matrix", () => bytesOf("S01,Async,3\n".repeat(1_000_000)), "FILE_TOO_LARGE"],
    ["a zip that is no workbook", () => bytesOf("PK\u0003\u0004 nothing"), "FILE_TYPE_MISMATCH"],
  ])("%s, at once", async (_, file, code) => {
    const bytes = file();
    const before = performance.now();
    const said = await read(bytes);
    expect(said.ok ? [] : said.problems.map((problem) => problem.code)).toEqual([code]);
    expect(performance.now() - before).toBeLessThan(500);
  });

  test("a workbook that unpacks to more than the limit is refused before anything is built from it", async () => {
    const workbook = zipSync(
      { "xl/workbook.xml": strToU8("<workbook/>"), "xl/worksheets/sheet1.xml": new Uint8Array(34 * 2 ** 20) },
      { level: 1 },
    );
    const before = performance.now();
    const said = await readMatrixFile(workbook);
    expect(said.ok ? [] : said.problems.map(({ code }) => code)).toEqual(["FILE_TOO_LARGE"]);
    expect(performance.now() - before).toBeLessThan(500);
  });

  test.each([
    ["A1048576", "ROWS_TOO_MANY"],
    ["XFD2", "COLUMNS_TOO_MANY"],
  ])("a workbook with one cell at %s", async (cell, code) => {
    const sheet = `<worksheet><sheetData><row><c r="${cell}"/></row></sheetData></worksheet>`;
    const workbook = zipSync({
      "xl/workbook.xml": strToU8("<workbook/>"),
      "xl/worksheets/sheet1.xml": strToU8(sheet),
    });
    const said = await readMatrixFile(workbook);
    expect(said.ok ? [] : said.problems.map((problem) => problem.code)).toEqual([code]);
  });
});
