import { type Block, ink, type Paper } from "./blocks.ts";
import { type Face, openSheet, type Sheet } from "./open-sheet.ts";
import { setDrawing } from "./set-drawing.ts";
import { setTable } from "./set-table.ts";

/**
 * A paper as PDF: tagged, with title and language, its faces inside. The same paper gives the same bytes: nothing in it
 * tells when or where it was written.
 */
export async function writePdf(paper: Paper): Promise<Uint8Array> {
  const { sheet, bytes } = await openSheet(paper);
  setText(sheet, "H1", paper.title, { face: "serif", size: 20, above: 0, below: 8 });
  for (const block of paper.blocks) setBlock(sheet, block);
  setFeet(sheet, paper);
  sheet.doc.end();
  return bytes;
}

function setBlock(sheet: Sheet, block: Block): void {
  if (block.kind === "newPage") sheet.doc.addPage();
  else if (block.kind === "heading") setHeading(sheet, block);
  else if (block.kind === "text") setText(sheet, "P", block.text, styles[block.as ?? "body"]);
  else if (block.kind === "list") setList(sheet, block);
  else if (block.kind === "table") setTable(sheet, block);
  else if (block.kind === "lines") setLines(sheet, block.count);
  else setDrawing(sheet, block);
}

type Style = { face: Face; size: number; colour?: string; above: number; below: number };

const styles = {
  body: { face: "sans", size: 9.5, above: 0, below: 6 },
  lead: { face: "sans", size: 11, above: 0, below: 8 },
  reading: { face: "italic", size: 10, colour: ink.quiet, above: 0, below: 6 },
  note: { face: "sans", size: 7.6, colour: ink.quiet, above: 2, below: 6 },
} satisfies Record<string, Style>;

function setHeading(sheet: Sheet, { level, text }: Extract<Block, { kind: "heading" }>): void {
  const style: Style =
    level === 2
      ? { face: "serif", size: 13.5, above: 12, below: 6 }
      : { face: "bold", size: 10, above: 8, below: 3 };
  // A heading takes the beginning of what follows with it.
  sheet.makeRoom(style.above + 60);
  setText(sheet, `H${level}`, text, style);
}

function setText(
  sheet: Sheet,
  tag: "P" | "H1" | "H2" | "H3",
  text: string,
  { face, size, colour, above, below }: Style,
): void {
  const { doc, left, width } = sheet;
  const measure = Math.min(width, 34 * size * 1.45);
  sheet.makeRoom(above + sheet.height(text, measure, face, size));
  if (doc.y > doc.page.margins.top) doc.y += above;
  const element = doc.struct(tag, {}, [
    () => sheet.write(face, size, colour).text(text, left, doc.y, { width: measure, lineGap: 1.5 }),
  ]);
  doc.addStructure(element);
  element.end();
  doc.y += below;
}

function setList(sheet: Sheet, { items, numbered = false }: Extract<Block, { kind: "list" }>): void {
  const { doc, left, width } = sheet;
  const { face, size } = styles.body;
  const indent = 16;
  const measure = Math.min(width, 34 * size * 1.45) - indent;
  const list = doc.struct("L");
  doc.addStructure(list);
  items.forEach((text, index) => {
    sheet.makeRoom(sheet.height(text, measure, face, size) + 2);
    const top = doc.y;
    const label = numbered ? `${index + 1}.` : "–";
    const item = doc.struct("LI");
    list.add(item);
    const parts = [
      doc.struct("Lbl", {}, [() => sheet.write(face, size).text(label, left, top, { lineBreak: false })]),
      doc.struct("LBody", {}, [
        () => sheet.write(face, size).text(text, left + indent, top, { width: measure, lineGap: 1.5 }),
      ]),
    ];
    for (const part of parts) item.add(part);
    item.end();
    doc.y += 2;
  });
  list.end();
  doc.y += 6;
}

function setLines(sheet: Sheet, count: number): void {
  const { doc, left, width } = sheet;
  for (let line = 0; line < count; line++) {
    sheet.makeRoom(20);
    doc.y += 20;
    asArtifact(doc, () =>
      doc
        .moveTo(left, doc.y)
        .lineTo(left + width, doc.y)
        .lineWidth(0.5)
        .stroke(ink.hair),
    );
  }
  doc.y += 8;
}

function setFeet({ doc, left, width, write }: Sheet, { foot }: Paper): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page);
    const { margins, height } = doc.page;
    // The foot stands in the margin, where a text would otherwise open a new page.
    const kept = margins.bottom;
    margins.bottom = 0;
    asArtifact(doc, () =>
      write("sans", 7.6, ink.quiet).text(foot(page - start + 1, count), left, height - 42, {
        width,
        lineBreak: false,
      }),
    );
    margins.bottom = kept;
  }
}

/** What a screen reader passes over. */
function asArtifact(doc: PDFKit.PDFDocument, draw: () => unknown): void {
  doc.markContent("Artifact", { type: "Layout" });
  draw();
  doc.endMarkedContent();
}
