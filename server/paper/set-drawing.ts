import { type Drawing, ink, type Shape } from "./blocks.ts";
import type { Sheet } from "./open-sheet.ts";

const size = 8.2;

/** A figure whose text twin is read out in its place. */
export function setDrawing(sheet: Sheet, { alt, width, height, shapes }: Drawing): void {
  const { doc, left } = sheet;
  sheet.makeRoom(height);
  const top = doc.y;
  const figure = doc.struct("Figure", { alt }, [
    () => {
      doc.save().translate(left, top);
      for (const shape of shapes) draw(sheet, shape);
      doc.restore();
    },
  ]);
  doc.addStructure(figure);
  figure.end();
  doc.x = left;
  doc.y = top + height + 6;
  if (width > sheet.width) throw new Error("the drawing is wider than the page");
}

function draw(sheet: Sheet, shape: Shape): void {
  const { doc } = sheet;
  if (shape.kind === "text") {
    drawText(sheet, shape);
    return;
  }
  shape.points.forEach(([x, y], at) => {
    if (at === 0) doc.moveTo(x, y);
    else doc.lineTo(x, y);
  });
  if (shape.closed) doc.closePath();
  doc.lineWidth(shape.lineWidth ?? 1);
  if (shape.fill && shape.line) doc.fillAndStroke(shape.fill, shape.line);
  else if (shape.fill) doc.fill(shape.fill);
  else doc.stroke(shape.line ?? ink.text);
}

function drawText(
  sheet: Sheet,
  { text, at, align = "start", bold = false, ink: colour }: Extract<Shape, { kind: "text" }>,
): void {
  const pen = sheet.write(bold ? "bold" : "sans", size, colour);
  const width = pen.widthOfString(text);
  const shift = align === "middle" ? width / 2 : align === "end" ? width : 0;
  // The given point lies on the middle of the small letters.
  pen.text(text, at[0] - shift, at[1] - size * 0.55, { lineBreak: false });
}
