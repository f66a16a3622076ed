import PDFDocument from "pdfkit";
import { rootDir } from "#server/env.ts";
import { join, readFile } from "#server/untraced-files.ts";
import { ink, type Paper } from "./blocks.ts";

export type Face = "sans" | "bold" | "serif" | "italic";

const files: Record<Face, string> = {
  sans: "sans-400.ttf",
  bold: "sans-600.ttf",
  serif: "serif-600.ttf",
  italic: "serif-italic.ttf",
};

type Fonts = Record<Face, Uint8Array>;
let kept: Promise<Fonts> | undefined;

function readFonts(): Promise<Fonts> {
  kept ??= Promise.all(
    Object.entries(files).map(async ([face, file]) => [
      face,
      await readFile(join(rootDir, "server/paper/fonts", file)),
    ]),
  ).then(
    (entries) => Object.fromEntries(entries) as Fonts,
    (error) => {
      kept = undefined;
      throw error;
    },
  );
  return kept;
}

const margin = 42;
const footHeight = 24;

/** A document that is written from top to bottom. It knows where the pen stands and when a page is full. */
export type Sheet = {
  doc: PDFKit.PDFDocument;
  left: number;
  width: number;
  /** Tells whether something was cut off at the end of the page: a table then repeats its head. */
  makeRoom: (height: number) => boolean;
  write: (face: Face, size: number, colour?: string) => PDFKit.PDFDocument;
  height: (text: string, width: number, face: Face, size: number) => number;
};

/** `bytes` settles after `doc.end()`. */
export async function openSheet(paper: Paper): Promise<{ sheet: Sheet; bytes: Promise<Uint8Array> }> {
  const fonts = await readFonts();
  const doc = new PDFDocument({
    size: "A4",
    layout: paper.orientation,
    margins: { top: margin, left: margin, right: margin, bottom: margin + footHeight },
    pdfVersion: "1.7",
    lang: paper.language,
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    info: describe(paper),
    // Without a face of its own the library would read one from beside itself.
    font: fonts.sans as unknown as string,
  });
  for (const [face, bytes] of Object.entries(fonts)) doc.registerFont(face, bytes as Buffer);
  const width = doc.page.width - 2 * margin;
  const write = (face: Face, size: number, colour: string = ink.text) =>
    doc.font(face).fontSize(size).fillColor(colour);
  // A cell is measured for its row, for the page and once more when it is set.
  const heights = new Map<string, number>();
  const sheet: Sheet = {
    doc,
    left: margin,
    width,
    makeRoom: (height) => {
      if (doc.y + height <= doc.page.height - margin - footHeight) return false;
      doc.addPage();
      return true;
    },
    write,
    height: (text, column, face, size) => {
      const key = `${face} ${size} ${column} ${text}`;
      const known = heights.get(key);
      if (known !== undefined) return known;
      const height = write(face, size).heightOfString(text, { width: column, lineGap: 1.5 });
      heights.set(key, height);
      return height;
    },
  };
  return { sheet, bytes: collect(doc) };
}

function describe({ title, subject, day }: Paper): PDFKit.DocumentInfo {
  const at = new Date(`${day}T00:00:00Z`);
  const program = "Pilotage";
  return {
    Title: title,
    Subject: subject,
    Creator: program,
    Producer: program,
    CreationDate: at,
    ModDate: at,
  };
}

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  return new Promise((resolve, reject) => {
    doc.on("data", (part: Buffer) => parts.push(part));
    doc.on("end", () => resolve(new Uint8Array(Buffer.concat(parts))));
    doc.on("error", reject);
  });
}
