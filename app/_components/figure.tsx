"use client";

import { useWords } from "#app/_words/client.tsx";
import { FigureExport } from "./figure-export.tsx";

export type FigureProps = {
  number: number;
  title: string;
  /** One sentence: what the reader should see. */
  reading: string;
  /** Run, date, sample, interval. */
  source?: React.ReactNode;
  /** The numbers behind the drawing; every figure has them. */
  table: React.ReactNode;
  /**
   * The drawing: one `<svg role="img" aria-label=…>` with width, height and the same viewBox, drawn at the size it is
   * shown (896 across the sheet), so that its text keeps the size of the page. It only ever shrinks.
   */
  children: React.ReactNode;
};

/** A drawing from data with its number, title, reading, source, table and export. */
export function Figure({ number, title, reading, source, table, children }: FigureProps) {
  const { say } = useWords("common");
  return (
    <figure className="figure">
      <figcaption>
        <span className="title">
          <span>{say("figure.number", { number: String(number) })}</span>
          {title}
        </span>
        <FigureExport name={title} />
      </figcaption>
      <p className="reading">{reading}</p>
      <div className="plot">{children}</div>
      {source && <p className="source">{source}</p>}
      <details>
        <summary>{say("figure.table", { number: String(number) })}</summary>
        {table}
      </details>
    </figure>
  );
}
