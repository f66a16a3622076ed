import { strFromU8, unzipSync } from "fflate";
import readXlsxFile from "read-excel-file/node";
import { describe, expect, it } from "vitest";
import { type MatrixBook, writeMatrixXlsx } from "./matrix-xlsx.ts";
import { measureGaps } from "./measure-gaps.ts";
import { SKILL_CATALOGUE } from "./read-catalogue.ts";
import { requireSkills } from "./require-skills.ts";
import type { Person } from "./schema.ts";

const ASOF = "2026-12-01";
const HOSTILE = '=HYPERLINK("http://x","y") <&> ]]> Zoë 李';
const PEOPLE: Person[] = [
  {
    id: "a",
    alias: HOSTILE,
    roleId: "MLE",
    availabilityPct: 100,
    ratings: [
      { skillId: "S03", level: 3, source: "self", at: "2026-11-01" },
      { skillId: "S05", level: 4, source: "evidence", at: "2026-01-01" },
    ],
  },
];

function bookOf(over: Partial<MatrixBook> = {}): MatrixBook {
  const { needs, roles } = requireSkills(
    { kind: "rag", onDevice: false, layers: [], policies: [] },
    SKILL_CATALOGUE,
  );
  const gaps = measureGaps(needs, PEOPLE, ASOF);
  return {
    catalogue: SKILL_CATALOGUE,
    projectName: "=1+1",
    asOf: ASOF,
    roles,
    gaps,
    people: PEOPLE,
    ...over,
  };
}

async function sheetOf(name: string, over: Partial<MatrixBook> = {}) {
  const sheets = await readXlsxFile(Buffer.from(await writeMatrixXlsx(bookOf(over))));
  const found = sheets.find(({ sheet }) => sheet === name);
  if (!found) throw new Error(`no sheet ${name}`);
  return found.data;
}

describe("the workbook, opened by another reader", () => {
  it("holds the matrix with labels, importance, need, held, gap and bus factor", async () => {
    const rows = await sheetOf("Matrix");
    expect(rows).toHaveLength(26);
    expect(rows[0]?.[0]).toBe(`Skills matrix: =1+1, ${ASOF}`);
    expect(rows[1]?.slice(0, 5)).toEqual([
      "Skill ID",
      "Skill",
      "Group",
      "AI Product Engineer (AIPE, R3-R4)",
      "Senior ML Engineer (MLE, R4)",
    ]);
    const streaming = rows.find((row) => row[0] === "S03");
    expect(streaming?.slice(3, 5)).toEqual(["3 Practitioner, must", "3 Practitioner, must"]);
    expect(streaming?.slice(-4)).toEqual([
      "3 Practitioner, must",
      "2 Working",
      "short 1, blocker, self-rated",
      0,
    ]);
    expect(rows.find((row) => row[0] === "S05")?.slice(-2)).toEqual(["one holder, high, stale", 1]);
    expect(rows.find((row) => row[0] === "S04")?.slice(-3)).toEqual(["not assessed", "short 3, blocker", 0]);
  });

  it("holds text, but for figures: no cell is a formula, whatever people typed", async () => {
    const matrix = await sheetOf("Matrix");
    const cells = matrix.map((row) => row.slice(0, -1)).concat(await sheetOf("Team"));
    expect(cells.flat().filter((cell) => cell !== null && typeof cell !== "string")).toEqual([]);
    const figures = matrix.slice(2).map((row) => row.at(-1));
    expect(figures.every((cell) => cell === null || typeof cell === "number")).toBe(true);
    expect((await sheetOf("Team"))[1]?.[2]).toBe(HOSTILE);
    const parts = unzipSync(await writeMatrixXlsx(bookOf()));
    for (const [path, content] of Object.entries(parts)) {
      if (path.startsWith("xl/worksheets/sheet")) expect(strFromU8(content)).not.toMatch(/<f[ >]/);
    }
  });

  it("explains every level and every anchor on its legend sheet", async () => {
    const rows = await sheetOf("Legend");
    expect(rows.map((row) => row[0])).toEqual(
      expect.arrayContaining(["0 None", "4 Expert", "must", "not assessed", "stale"]),
    );
    expect(rows.filter((row) => /^S\d\d /.test(String(row[0])))).toHaveLength(96);
  });

  it("works without people", async () => {
    expect((await sheetOf("Team", { people: [], gaps: [] }))[1]).toEqual(["Skill ID", "Skill"]);
  });
});

describe("the file itself", () => {
  it("is byte-identical for the same input, at any time and in any zone", async () => {
    const zone = process.env.TZ;
    const first = await writeMatrixXlsx(bookOf());
    try {
      for (const other of ["Pacific/Kiritimati", "America/Los_Angeles", "UTC"]) {
        process.env.TZ = other;
        expect(Buffer.compare(await writeMatrixXlsx(bookOf()), first)).toBe(0);
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it("tints a level also after somebody has edited it", async () => {
    const parts = unzipSync(await writeMatrixXlsx(bookOf()));
    const part = (path: string) => strFromU8(parts[path] ?? new Uint8Array());
    expect(part("xl/worksheets/sheet1.xml")).toContain('<conditionalFormatting sqref="D3:J26">');
    expect(part("xl/worksheets/sheet2.xml")).toContain('<conditionalFormatting sqref="C3:C26">');
    expect(part("xl/worksheets/sheet1.xml")).toContain('<formula>LEFT(D3,1)="4"</formula>');
    expect(part("xl/styles.xml")).toMatch(/<dxfs count="4">(<dxf>.*?<\/dxf>){4}<\/dxfs>/);
  });

  it("freezes the heading, repeats it in print and fits the width of a page", async () => {
    const parts = unzipSync(await writeMatrixXlsx(bookOf()));
    const part = (path: string) => strFromU8(parts[path] ?? new Uint8Array());
    expect(part("xl/worksheets/sheet1.xml")).toMatch(/<pane ySplit="2" xSplit="2"[^>]*state="frozen"/);
    expect(part("xl/workbook.xml")).toContain("Matrix!$1:$2");
    for (const sheet of [1, 2, 3]) {
      const xml = part(`xl/worksheets/sheet${sheet}.xml`);
      expect(xml.match(/<pageSetup[^>]*>/g)).toEqual([
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
      ]);
      expect(xml.indexOf("<sheetPr>")).toBeLessThan(xml.indexOf("<sheetViews>"));
    }
  });
});
