"use client";

export type Column = {
  /** Say the unit here, not in the cells. */
  head: string;
  /** Right-aligned, figures in a column. */
  numeric?: boolean;
};

export type Row = {
  key: string;
  cells: React.ReactNode[];
  /** A total stands under an ink rule, in semibold. */
  total?: boolean;
};

/**
 * Hairlines, no boxes. The first cell of a row names it. On a phone each row becomes a short list. It runs in the
 * browser too, so that a page sends the cells and not the markup around them a second time.
 */
export function Table({ caption, columns, rows }: { caption: string; columns: Column[]; rows: Row[] }) {
  return (
    <table className="stack">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.head} scope="col" className={column.numeric ? "num" : undefined}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className={row.total ? "total" : undefined}>
            {row.cells.map((cell, at) => {
              const column = columns[at];
              if (column === undefined) return null;
              if (at === 0) {
                return (
                  <th key={column.head} scope="row">
                    {cell}
                  </th>
                );
              }
              return (
                <td key={column.head} className={column.numeric ? "num" : undefined} data-head={column.head}>
                  {cell}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
