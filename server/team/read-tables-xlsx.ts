import { strFromU8, unzipSync } from "fflate";
import readWorkbook from "read-excel-file/node";
import { sayRoom } from "#server/messages/say.ts";
import { type FileProblem, IMPORT_LIMITS, type ReadTables } from "./import-schema.ts";
import { tooLarge, tooManyRows } from "./parse-csv.ts";

const say = sayRoom("errors");
const sayTeam = sayRoom("team");

/** A workbook is a handful of parts; thousands of them are an attack or a mistake. */
const PARTS_AT_MOST = 200;

/**
 * A workbook from outside -> the text of its sheets. Sizes, cells far outside and formulas are looked for before the
 * library builds anything: a formula shows a stored result that nobody here can check.
 */
export async function readTables(bytes: Uint8Array): Promise<ReadTables> {
  if (bytes.length > IMPORT_LIMITS.bytes) return tooLarge();
  const looked = lookInside(bytes);
  if (!looked.ok) return looked;
  try {
    const sheets = await readWorkbook(Buffer.from(bytes));
    return {
      ok: true,
      tables: sheets.map(({ sheet, data }) => ({
        sheet,
        rows: data.map((row) => row.map((cell) => (cell === null ? "" : String(cell)))),
      })),
    };
  } catch {
    return unreadable();
  }
}

function lookInside(bytes: Uint8Array): { ok: true } | { ok: false; problems: FileProblem[] } {
  let [unpacked, parts] = [0, 0];
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        unpacked += originalSize;
        parts++;
        const isSmall = unpacked <= IMPORT_LIMITS.unpackedBytes && parts <= PARTS_AT_MOST;
        return isSmall && (name === "xl/workbook.xml" || /^xl\/worksheets\/[^/]+\.xml$/.test(name));
      },
    });
  } catch {
    return unreadable();
  }
  if (unpacked > IMPORT_LIMITS.unpackedBytes || parts > PARTS_AT_MOST) return tooLarge();
  const sheets = Object.entries(entries).filter(([name]) => name !== "xl/workbook.xml");
  if (!entries["xl/workbook.xml"] || sheets.length === 0) return unreadable();
  const problems: FileProblem[] = [];
  for (const [, content] of sheets) {
    for (const cell of strFromU8(content)
      .split(/<c(?=[\s>])/)
      .slice(1)) {
      const reference = /^[^>]*\br="([A-Z]{1,4})(\d+)"/.exec(cell);
      const [, column = "", row = "0"] = reference ?? [];
      if (Number(row) > IMPORT_LIMITS.rows) return tooManyRows();
      if (numberOf(column) > IMPORT_LIMITS.columns) return tooManyColumns();
      if (!/<f[\s/>]/.test(cell.split("</c>")[0] ?? "")) continue;
      const place = sayTeam("place.cell", { row, column });
      problems.push({ code: "FORMULA", path: place, message: say("FORMULA.said", { place }) });
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true };
}

function numberOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

function tooManyColumns() {
  const message = say("COLUMNS_TOO_MANY.said", { most: IMPORT_LIMITS.columns });
  return { ok: false as const, problems: [{ code: "COLUMNS_TOO_MANY", path: "", message }] };
}

function unreadable() {
  const message = say("FILE_TYPE_MISMATCH.matrix");
  return { ok: false as const, problems: [{ code: "FILE_TYPE_MISMATCH", path: "", message }] };
}
