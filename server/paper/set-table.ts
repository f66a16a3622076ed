import { type Cell, ink, type Table } from "./blocks.ts";
import type { Sheet } from "./open-sheet.ts";

const size = 8.2;
const pad = 3;
const gap = 1.5;

/** Rows are never cut; a page that begins inside the table repeats its head. */
export function setTable(sheet: Sheet, { caption, columns, rows }: Table): void {
  const { doc, left, width } = sheet;
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => (share / shares) * width);
  const heads = columns.map(({ head }): Cell => ({ text: head, bold: true }));
  const table = doc.struct("Table");
  doc.addStructure(table);
  sheet.makeRoom(heightOf(heads) + heightOf(rows[0] ?? heads) + 30);
  if (caption !== "") setCaption();
  setRow(heads, "TH");
  for (const row of rows) {
    if (sheet.makeRoom(heightOf(row))) drawAside(() => drawRow(heads));
    setRow(row, "TD");
  }
  table.end();
  doc.y += 8;

  function setCaption(): void {
    const element = doc.struct("Caption", {}, [
      () => sheet.write("bold", 9.5).text(caption, left, doc.y, { width }),
    ]);
    table.add(element);
    element.end();
    doc.y += 3;
  }

  function setRow(cells: Cell[], tag: "TH" | "TD"): void {
    const top = doc.y;
    const height = heightOf(cells);
    drawAside(() => drawGround(cells, top, height));
    const row = doc.struct("TR");
    table.add(row);
    cells.forEach((cell, at) => {
      const element = doc.struct(tag, {}, [() => drawCell(cell, at, top)]);
      row.add(element);
      element.end();
    });
    row.end();
    drawAside(() => drawRule(top + height, tag === "TH" ? 1 : 0.5, tag === "TH" ? ink.text : ink.hair));
    doc.y = top + height;
  }

  function drawRow(cells: Cell[]): void {
    const top = doc.y;
    const height = heightOf(cells);
    cells.forEach((cell, at) => {
      drawCell(cell, at, top);
    });
    drawRule(top + height, 1, ink.text);
    doc.y = top + height;
  }

  function drawGround(cells: Cell[], top: number, height: number): void {
    cells.forEach((cell, at) => {
      const fill = typeof cell === "string" ? undefined : cell.fill;
      if (fill === undefined) return;
      doc.rect(leftOf(at) + gap / 2, top + gap / 2, (widths[at] ?? 0) - gap, height - gap).fill(fill);
    });
  }

  function drawCell(cell: Cell, at: number, top: number): void {
    const { text, bold = false, ink: colour = ink.text } = typeof cell === "string" ? { text: cell } : cell;
    const column = (widths[at] ?? 0) - 2 * pad;
    sheet.write(bold ? "bold" : "sans", size, colour).text(text, leftOf(at) + pad, top + pad, {
      width: column,
      lineGap: 1.5,
      align: columns[at]?.align ?? "left",
    });
  }

  function drawRule(y: number, weight: number, colour: string): void {
    doc
      .moveTo(left, y)
      .lineTo(left + width, y)
      .lineWidth(weight)
      .stroke(colour);
  }

  function drawAside(draw: () => void): void {
    doc.markContent("Artifact", { type: "Layout" });
    draw();
    doc.endMarkedContent();
  }

  function leftOf(at: number): number {
    return left + widths.slice(0, at).reduce((sum, one) => sum + one, 0);
  }

  function heightOf(cells: Cell[]): number {
    const heights = cells.map((cell, at) => {
      const { text, bold = false } = typeof cell === "string" ? { text: cell } : cell;
      return sheet.height(text, (widths[at] ?? 0) - 2 * pad, bold ? "bold" : "sans", size);
    });
    return Math.max(size, ...heights) + 2 * pad;
  }
}
