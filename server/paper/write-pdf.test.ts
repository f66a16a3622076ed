import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Block, Paper } from "./blocks.ts";
import { writePdf } from "./write-pdf.ts";

const row = (at: number) => [`Zeile ${at}`, { text: "2 400 ms → ≥ 95 %", bold: true, fill: "#C9D5E0" }, "1"];

function paperOf(blocks: Block[]): Paper {
  return {
    title: "Łódź <&> =1+1",
    language: "en-GB",
    subject: "A test",
    day: "2026-11-21",
    orientation: "portrait",
    foot: (page, pages) => `foot ${page} of ${pages}`,
    blocks,
  };
}

const BLOCKS: Block[] = [
  { kind: "text", as: "lead", text: "What is proven." },
  { kind: "heading", level: 2, text: "A table" },
  {
    kind: "table",
    caption: "Rows and rows",
    columns: [
      { head: "Name", share: 2 },
      { head: "Level", share: 2 },
      { head: "n", share: 1, align: "right" },
    ],
    rows: Array.from({ length: 90 }, (_, at) => row(at)),
  },
  { kind: "list", numbered: true, items: ["first", "second"] },
  {
    kind: "drawing",
    alt: "A triangle",
    width: 100,
    height: 60,
    shapes: [
      {
        kind: "path",
        points: [
          [0, 0],
          [50, 60],
          [100, 0],
        ],
        closed: true,
        line: "#000000",
      },
      { kind: "text", at: [50, 20], text: "S05", align: "middle" },
    ],
  },
  { kind: "newPage" },
  { kind: "lines", count: 3 },
  { kind: "text", as: "note", text: "The end." },
];

/** The reader is Poppler's, where the machine has it. */
function readBy(program: string, bytes: Uint8Array, ...args: string[]): string | null {
  const path = join(mkdtempSync(join(tmpdir(), "pilotage-pdf-")), "paper.pdf");
  writeFileSync(path, bytes);
  try {
    return execFileSync(program, [...args, path, ...(program === "pdftotext" ? ["-"] : [])], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return null;
    throw error;
  }
}

describe("a paper as PDF", () => {
  it("has title, language and tags, and no moment of writing", async () => {
    const text = Buffer.from(await writePdf(paperOf(BLOCKS))).toString("latin1");
    expect(text).toMatch(/^%PDF-1\.7/);
    expect(text).toContain("/Lang (en-GB)");
    expect(text).toContain("/Marked true");
    expect(text).toContain("/DisplayDocTitle true");
    expect([...text.matchAll(/D:\d{14}Z/g)].map(([date]) => date)).toEqual(
      Array(2).fill("D:20261121000000Z"),
    );
    for (const tag of ["H1", "H2", "P", "Table", "TR", "TH", "TD", "L", "LI", "Figure"]) {
      expect(text, tag).toMatch(new RegExp(`/S /${tag}\\b`));
    }
    expect(text).toContain("/Alt (A triangle)");
  });

  it("is byte-identical for the same paper, in any zone", async () => {
    const zone = process.env.TZ;
    const first = await writePdf(paperOf(BLOCKS));
    try {
      for (const other of ["Pacific/Kiritimati", "America/Los_Angeles"]) {
        process.env.TZ = other;
        expect(Buffer.compare(await writePdf(paperOf(BLOCKS)), first)).toBe(0);
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it("repeats a table's head on each page and numbers the pages", async ({ skip }) => {
    const text = readBy("pdftotext", await writePdf(paperOf(BLOCKS)), "-layout");
    if (text === null) return skip("NOT RUN: pdftotext is not installed");
    const pages = text.split("\f").slice(0, -1);
    expect(pages.length).toBeGreaterThanOrEqual(4);
    pages.forEach((page, at) => {
      expect(page).toContain(`foot ${at + 1} of ${pages.length}`);
      if (page.includes("Zeile")) expect(page).toMatch(/Name\s+Level\s+n/);
    });
    for (let at = 0; at < 90; at++) expect(text).toMatch(new RegExp(`Zeile ${at}\\s+2 400 ms → ≥ 95 %`));
    expect(text).toContain("Łódź <&> =1+1");
    expect(text).toContain("The end.");
  });
});
