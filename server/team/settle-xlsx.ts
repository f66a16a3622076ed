import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from "fflate";

type Tint = { backgroundColor: string; textColor?: string };

export type XlsxSettings = {
  /** Names of the first sheets, whose heading rows stand on every printed page. */
  repeatRows: string[];
  headRows: number;
  /** Cells that hold a level, "3 Practitioner, must": tinted by it, also after somebody edits them. Counted from 1. */
  levels: { sheet: number; firstColumn: number; columns: number; rows: number }[];
  tints: Record<number, Tint>;
};

/**
 * The library stamps each entry with the time of writing and knows neither page set-up nor conditional fill. Entries
 * are packed again with one local date (a UTC date would move with the time zone), and each sheet prints on the width
 * of a page.
 */
export function settleXlsx(bytes: Uint8Array, settings: XlsxSettings): Uint8Array {
  const mtime = new Date(2020, 0, 1);
  const entries: Zippable = {};
  // Readers sniff the first entry, so the order of the library is kept: it does not vary.
  for (const [path, content] of Object.entries(unzipSync(bytes))) {
    const sheet = Number(/^xl\/worksheets\/sheet(\d+)\.xml$/.exec(path)?.[1] ?? 0);
    const settled =
      sheet > 0
        ? strToU8(fitToWidth(strFromU8(content), fillByLevel(sheet, settings)))
        : path === "xl/workbook.xml"
          ? strToU8(repeatHeads(strFromU8(content), settings))
          : path === "xl/styles.xml"
            ? strToU8(addTints(strFromU8(content), settings))
            : content;
    entries[path] = [settled, { mtime, level: 6 }];
  }
  return zipSync(entries);
}

/** A4 landscape, one page wide, as many pages long as it takes. Schema order: sheetPr first, pageSetup late. */
function fitToWidth(xml: string, fill: string): string {
  const set =
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>';
  const fitted = xml
    .replace(/<pageSetup[^>]*\/>/, "")
    .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
    .replace("</sheetData>", () => `</sheetData>${fill}${set}`);
  if (!fitted.includes("fitToHeight") || !fitted.includes("fitToPage"))
    throw new Error("the sheet has no place for a page set-up");
  return fitted;
}

function fillByLevel(sheet: number, { levels, headRows, tints }: XlsxSettings): string {
  const range = levels.find((one) => one.sheet === sheet);
  if (!range || range.columns === 0 || range.rows === 0) return "";
  const first = `${columnName(range.firstColumn)}${headRows + 1}`;
  const last = `${columnName(range.firstColumn + range.columns - 1)}${headRows + range.rows}`;
  const rules = Object.keys(tints).map(
    (level, at) =>
      `<cfRule type="expression" dxfId="${at}" priority="${at + 1}"><formula>LEFT(${first},1)="${level}"</formula></cfRule>`,
  );
  return `<conditionalFormatting sqref="${first}:${last}">${rules.join("")}</conditionalFormatting>`;
}

function addTints(xml: string, { tints }: XlsxSettings): string {
  const rgb = (colour: string) => `FF${colour.slice(1)}`;
  const styles = Object.values(tints).map(({ backgroundColor, textColor }) => {
    const font = textColor ? `<font><color rgb="${rgb(textColor)}"/></font>` : "";
    const fill = `<fill><patternFill><bgColor rgb="${rgb(backgroundColor)}"/></patternFill></fill>`;
    return `<dxf>${font}${fill}</dxf>`;
  });
  const dxfs = `<dxfs count="${styles.length}">${styles.join("")}</dxfs>`;
  const bare = xml.replace(/<dxfs[^>]*\/>/, "");
  const after = bare.includes("</cellStyles>") ? "</cellStyles>" : "</cellXfs>";
  if (!bare.includes(after)) throw new Error("the workbook has no place for its tints");
  return bare.replace(after, () => `${after}${dxfs}`);
}

/** The heading rows of the first sheets stand on every printed page. */
function repeatHeads(xml: string, { repeatRows, headRows }: XlsxSettings): string {
  const names = repeatRows.map(
    (sheet, index) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${sheet}!$1:$${headRows}</definedName>`,
  );
  return xml.replace("<definedNames/>", () => `<definedNames>${names.join("")}</definedNames>`);
}

/** 1 is A, 27 is AA. */
function columnName(column: number): string {
  const rest = (column - 1) % 26;
  const before = (column - 1 - rest) / 26;
  return `${before > 0 ? columnName(before) : ""}${String.fromCharCode(65 + rest)}`;
}
