"use client";

import type { KeyboardEvent, ReactNode } from "react";

/** Tab enters the grid at one cell; arrows, Home and End walk through it. The table itself is drawn by the server. */
export function GridKeys({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the cells inside.
    <div className="scroll" onKeyDown={walk}>
      {children}
    </div>
  );
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("td.cell") : null;
  const row = cell?.parentElement;
  if (!cell || !row) return;
  const rows = [...event.currentTarget.querySelectorAll("tr")]
    .map(cellsOf)
    .filter((cells) => cells.length > 0);
  const y = rows.findIndex((cells) => cells.includes(cell));
  const x = rows[y]?.indexOf(cell) ?? 0;
  const last = (rows[y]?.length ?? 1) - 1;
  const moves: Record<string, HTMLElement | undefined> = {
    ArrowUp: rows[y - 1]?.[x],
    ArrowDown: rows[y + 1]?.[x],
    ArrowLeft: rows[y]?.[x - 1],
    ArrowRight: rows[y]?.[x + 1],
    Home: rows[event.ctrlKey ? 0 : y]?.[0],
    End: rows[event.ctrlKey ? rows.length - 1 : y]?.[last],
  };
  if (!(event.key in moves)) return;
  event.preventDefault();
  const next = moves[event.key];
  if (!next) return;
  cell.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function cellsOf(row: HTMLTableRowElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>("td.cell")];
}
