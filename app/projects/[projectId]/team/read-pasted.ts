export type PastedCell = {
  level: number | null;
  /** First letter of must, should, could; null where the text does not say. */
  importance: "m" | "s" | "c" | null;
};
export type Pasted =
  /** Null: an empty cell, which leaves what is there. */
  { ok: true; block: (PastedCell | null)[][] } | { ok: false; row: number; column: number; text: string };

const NOTHING = /^(x|-|–|—|·|not (assessed|required|needed))$/i;
const LEVEL = /^([0-4])(?:\s*([msc])\b|\s+\p{L}[\p{L}\s-]*?)?(?:,\s*(must|should|could)\b.*|,.*)?$/iu;

/** What a spreadsheet puts on the clipboard: rows of cells parted by tabs. One cell that is no level refuses them all. */
export function readPasted(text: string): Pasted {
  const rows = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  const block: (PastedCell | null)[][] = [];
  for (const [row, line] of rows.entries()) {
    const cells: (PastedCell | null)[] = [];
    for (const [column, cell] of line.split("\t").entries()) {
      const word = cell.trim().replace(/^"(.*)"$/, "$1");
      if (word === "") cells.push(null);
      else if (NOTHING.test(word)) cells.push({ level: null, importance: null });
      else {
        const found = LEVEL.exec(word);
        if (!found) return { ok: false, row: row + 1, column: column + 1, text: word.slice(0, 40) };
        const letter = (found[2] ?? found[3]?.[0])?.toLowerCase() as PastedCell["importance"] | undefined;
        cells.push({ level: Number(found[1]), importance: letter ?? null });
      }
    }
    block.push(cells);
  }
  return { ok: true, block };
}
