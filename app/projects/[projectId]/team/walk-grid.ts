/** Where a cell stands among those that can be walked, counted from 0. */
export type Spot = { x: number; y: number };
export type Block = { from: Spot; to: Spot };

export function rowsOf(grid: Element): HTMLElement[][] {
  return [...grid.querySelectorAll("tr[data-skill]")].map((row) => [
    ...row.querySelectorAll<HTMLElement>("td.cell"),
  ]);
}

export function spotOf(cell: HTMLElement): Spot {
  const row = cell.closest("tr");
  const rows = [...(cell.closest("table")?.querySelectorAll("tr[data-skill]") ?? [])];
  const x = [...(row?.querySelectorAll("td.cell") ?? [])].indexOf(cell);
  return { x, y: row ? rows.indexOf(row) : -1 };
}

/** Where a key leads, or null when it does not move. Rows and columns end at the edge. */
export function nextSpot(
  { x, y }: Spot,
  event: { key: string; ctrlKey: boolean; metaKey: boolean },
  size: { width: number; height: number },
): Spot | null {
  const [lastX, lastY] = [size.width - 1, size.height - 1];
  const far = event.ctrlKey || event.metaKey;
  const moves: Record<string, Spot> = {
    ArrowUp: { x, y: far ? 0 : y - 1 },
    ArrowDown: { x, y: far ? lastY : y + 1 },
    ArrowLeft: { x: far ? 0 : x - 1, y },
    ArrowRight: { x: far ? lastX : x + 1, y },
    Home: { x: 0, y: far ? 0 : y },
    End: { x: lastX, y: far ? lastY : y },
    PageUp: { x, y: y - 10 },
    PageDown: { x, y: y + 10 },
  };
  const wanted = moves[event.key];
  if (!wanted) return null;
  return { x: Math.min(lastX, Math.max(0, wanted.x)), y: Math.min(lastY, Math.max(0, wanted.y)) };
}

export function blockOf(a: Spot, b: Spot): Block {
  return {
    from: { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y) },
    to: { x: Math.max(a.x, b.x), y: Math.max(a.y, b.y) },
  };
}

/** Marks the cells of a block. React does not manage this attribute, so that selecting draws nothing anew. */
export function markBlock(rows: HTMLElement[][], { from, to }: Block): void {
  const isMany = from.x !== to.x || from.y !== to.y;
  for (const [y, row] of rows.entries()) {
    for (const [x, cell] of row.entries()) {
      const isIn = isMany && x >= from.x && x <= to.x && y >= from.y && y <= to.y;
      if (isIn) cell.setAttribute("aria-selected", "true");
      else if (cell.hasAttribute("aria-selected")) cell.removeAttribute("aria-selected");
    }
  }
}

/** The one cell that Tab reaches, with the focus. */
export function focusCell(rows: HTMLElement[][], { x, y }: Spot): void {
  const cell = rows[y]?.[x];
  if (!cell) return;
  for (const other of rows.flat()) if (other.tabIndex === 0) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
}

/** As a spreadsheet reads it: tabs between cells, line feeds between rows. */
export function copyBlock(rows: HTMLElement[][], { from, to }: Block): string {
  return rows
    .slice(from.y, to.y + 1)
    .map((row) =>
      row
        .slice(from.x, to.x + 1)
        .map((cell) => cell.dataset.value ?? "")
        .join("\t"),
    )
    .join("\n");
}
