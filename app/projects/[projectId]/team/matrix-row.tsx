"use client";

import Link from "next/link";
import { memo } from "react";
import type { SayOf } from "#server/messages/say.ts";
import { type CellInput, faceOf } from "./cell-face.ts";
import type { GridColumn, GridRow } from "./grid-rows.ts";
import { BusFactor, GapWords, NeedAndHeld } from "./need-marks.tsx";
import type { MatrixView } from "./read-view.ts";

/** What every row shares; the same object as long as nothing of it changes. */
export type RowFrame = {
  columns: GridColumn[];
  view: Pick<MatrixView, "show" | "by" | "withCould">;
  levels: string[];
  say: SayOf<"team">;
};
export type CellPatch = Partial<Pick<CellInput, "asked" | "held">>;

type Props = {
  row: GridRow;
  /** What was typed here and not yet answered, by column. */
  patches: Record<string, CellPatch> | undefined;
  frame: RowFrame;
  href: string;
  isHere: boolean;
  isFirst: boolean;
};

/** One skill. A key pressed in it draws this row and no other. */
export const MatrixRow = memo(DrawnRow, (before, after) => {
  return (
    before.row.key === after.row.key &&
    before.patches === after.patches &&
    before.frame === after.frame &&
    before.href === after.href &&
    before.isHere === after.isHere &&
    before.isFirst === after.isFirst
  );
});

function DrawnRow({ row, patches, frame, href, isHere, isFirst }: Props) {
  const { skill, inputs, gap } = row;
  const { columns, view, levels, say } = frame;
  return (
    <tr className={isHere ? "here" : undefined} data-skill={skill.id}>
      <td className="sid">
        <code>{skill.id}</code>
      </td>
      <th scope="row">
        <Link
          className="name"
          href={href}
          aria-current={isHere ? "true" : undefined}
          prefetch={false}
          scroll={false}
        >
          {skill.name}
        </Link>
        {gap && (
          <span className="under">
            {say.rich("matrix.needs", { level: gap.required, gap: () => <GapWords gap={gap} say={say} /> })}
          </span>
        )}
      </th>
      {columns.map((column, at) => {
        const input = inputs[at];
        if (!input) return null;
        const patch = patches?.[column.id];
        const words = { say, levels };
        const face = faceOf(
          patch ? { ...input, ...patch } : input,
          view.show,
          view.by,
          view.withCould,
          words,
        );
        return (
          <td
            key={column.id}
            className={`cell ${face.tint}${face.classes ? ` ${face.classes}` : ""}`}
            tabIndex={isFirst && at === 0 ? 0 : -1}
            aria-label={say("cell.name", { skill: skill.name, column: column.name, state: face.label })}
            data-value={face.value}
            // Drawn by the style sheet: the cell's name says the word, and 2,400 cells stay 2,400 elements.
            data-letter={face.letter || undefined}
          >
            {face.text}
          </td>
        );
      })}
      <td className="scale">{gap && <NeedAndHeld gap={gap} />}</td>
      <td className="words">{gap ? <GapWords gap={gap} say={say} /> : null}</td>
      <td className="num">{gap && <BusFactor count={gap.busFactor} />}</td>
    </tr>
  );
}
