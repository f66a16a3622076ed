"use client";

import { useRouter } from "next/navigation";
import { type ClipboardEvent, type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useWords } from "#app/_words/client.tsx";
import type { RatingSource } from "#server/team/schema.ts";
import { faceOf } from "./cell-face.ts";
import { EditBar } from "./edit-bar.tsx";
import { GridHead } from "./grid-head.tsx";
import { buildRows, type GridColumn, type GridSkill } from "./grid-rows.ts";
import { makeEdit, type Wish } from "./make-edit.ts";
import { MatrixRow } from "./matrix-row.tsx";
import { readPasted } from "./read-pasted.ts";
import { type MatrixView, writeView } from "./read-view.ts";
import type { TeamNumbers } from "./team-data.ts";
import { useMatrixEdits } from "./use-matrix-edits.ts";
import {
  blockOf,
  copyBlock,
  focusCell,
  markBlock,
  nextSpot,
  rowsOf,
  type Spot,
  spotOf,
} from "./walk-grid.ts";

type Props = {
  projectId: string;
  base: string;
  view: MatrixView;
  skills: GridSkill[];
  groups: { id: string; name: string }[];
  columns: GridColumn[];
  levels: string[];
  numbers: TeamNumbers;
};

/** Of the columns beside those of people: id, skill, scale, gap, bus factor. */
const FIXED_PX = 36 + 200 + 104 + 170 + 80;
const COLUMN_PX = 32;

const LETTERS = { m: "must", s: "should", c: "could" } as const;

/** The heat grid: read by arrows, edited by digits, copied and pasted as a block. Rows are skills. */
export function MatrixGrid({
  projectId,
  base,
  view,
  skills,
  groups,
  columns,
  levels,
  numbers: drawn,
}: Props) {
  const { say } = useWords("team");
  const router = useRouter();
  const edits = useMatrixEdits(projectId, drawn);
  const { numbers, patches } = edits;
  const grid = useRef<HTMLDivElement>(null);
  const anchor = useRef<Spot>(undefined);
  const [active, setActive] = useState<Spot>();
  const [source, setSource] = useState<RatingSource>("peer");
  const [evidence, setEvidence] = useState("");
  const [reason, setReason] = useState("");
  const wanted = useRef<{ wishes: Wish[]; spot: Spot }>(undefined);
  const reasonField = useRef<HTMLInputElement>(null);
  const rows = useMemo(() => buildRows(numbers, skills, view), [numbers, skills, view]);
  const { show, by, withCould } = view;
  const frame = useMemo(
    () => ({ columns, view: { show, by, withCould }, levels, say }),
    [columns, show, by, withCould, levels, say],
  );
  const edited =
    show === "held" && by === "people"
      ? "rating"
      : show === "required" && by === "roles"
        ? "requirement"
        : null;
  const ordered = groups.flatMap((group) => rows.filter((row) => row.skill.group === group.id));
  const htmlRows = () => (grid.current ? rowsOf(grid.current) : []);

  const act = (wishes: Wish[], spot: Spot, because = reason): void => {
    if (edited === null || wishes.length === 0) return;
    if (edited === "requirement" && because.trim().length < 3) {
      wanted.current = { wishes, spot };
      edits.say(say("edit.whyFirst"));
      reasonField.current?.focus();
      return;
    }
    const given = { source, evidence: source === "evidence" ? evidence.trim() : "", reason: because.trim() };
    const made = wishes.map((wish) => {
      const row = ordered[wish.y];
      const column = columns[wish.x];
      if (!row || !column) return null;
      return makeEdit(wish, { row, column, at: wish.x, kind: edited, given, ...edits });
    });
    const missing = made.find((one) => one !== null && "undefinedLevel" in one);
    if (missing && "undefinedLevel" in missing) {
      edits.say(say("edit.noLevel", { skill: missing.skillId, level: missing.undefinedLevel }));
      return;
    }
    edits.edit(made.flatMap((one) => (one === null || "undefinedLevel" in one ? [] : [one])));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("td.cell") : null;
    if (!cell) return;
    const spot = spotOf(cell);
    const html = htmlRows();
    const next = nextSpot(spot, event, { width: columns.length, height: html.length });
    if (next) {
      event.preventDefault();
      anchor.current = event.shiftKey ? (anchor.current ?? spot) : undefined;
      focusCell(html, next);
      markBlock(html, blockOf(anchor.current ?? next, next));
      return;
    }
    const isCommand = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (isCommand && (key === "z" || key === "y")) {
      event.preventDefault();
      if (key === "y" || event.shiftKey) edits.redo();
      else edits.undo();
      return;
    }
    if (isCommand || event.altKey) return;
    const wish = wishOf(event.key);
    if (wish === null || edited === null) {
      if (event.key === "Enter")
        router.push(hrefOf(cell.closest("tr")?.dataset.skill ?? ""), { scroll: false });
      return;
    }
    event.preventDefault();
    act(
      eachSpot(spot, anchor.current).map((place) => ({ ...place, ...wish })),
      spot,
    );
  };

  const onPaste = (event: ClipboardEvent<HTMLElement>): void => {
    const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("td.cell") : null;
    if (!cell || edited === null) return;
    event.preventDefault();
    const pasted = readPasted(event.clipboardData.getData("text/plain"));
    if (!pasted.ok) {
      const { row, column, text } = pasted;
      edits.say(say("edit.pasteWrong", { row: String(row), column: String(column), text }));
      return;
    }
    const start = spotOf(cell);
    const width = Math.max(...pasted.block.map((row) => row.length));
    const fits = start.x + width <= columns.length && start.y + pasted.block.length <= ordered.length;
    if (!fits) {
      edits.say(say("edit.pasteTooLarge", { rows: pasted.block.length, columns: width }));
      return;
    }
    const wishes = pasted.block.flatMap((row, dy) =>
      row.flatMap((one, dx): Wish[] => {
        if (!one) return [];
        const importance = one.importance ? { importance: LETTERS[one.importance] } : {};
        return [{ x: start.x + dx, y: start.y + dy, level: one.level, ...importance }];
      }),
    );
    act(wishes, start);
  };

  const onCopy = (event: ClipboardEvent<HTMLElement>): void => {
    const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("td.cell") : null;
    if (!cell) return;
    event.preventDefault();
    const spot = spotOf(cell);
    event.clipboardData.setData("text/plain", copyBlock(htmlRows(), blockOf(anchor.current ?? spot, spot)));
  };

  const labelOf = (spot: Spot | undefined): string | null => {
    const row = ordered[spot?.y ?? -1];
    const column = columns[spot?.x ?? -1];
    const input = row?.inputs[spot?.x ?? -1];
    if (!row || !column || !input) return null;
    const patched = { ...input, ...patches[row.skill.id]?.[column.id] };
    const { label } = faceOf(patched, show, by, withCould, frame);
    return say("cell.name", { skill: row.skill.name, column: column.name, state: label });
  };
  const hrefOf = (skill: string) => `${writeView(base, { ...view, skill })}#skill`;
  const giveReason = () => {
    const { wishes, spot } = wanted.current ?? {};
    wanted.current = undefined;
    if (!wishes || !spot) return;
    focusCell(htmlRows(), spot);
    act(wishes, spot, reason);
  };

  return (
    <>
      {edited && (
        <EditBar
          kind={edited}
          label={labelOf(active)}
          levels={levels}
          onWish={(wish) => {
            if (active)
              act(
                eachSpot(active, anchor.current).map((spot) => ({ ...spot, ...wish })),
                active,
              );
          }}
          {...{ source, setSource, evidence, setEvidence, reason, setReason, reasonField, giveReason, edits }}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the cells inside. */}
      <div
        className="scroll"
        ref={grid}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onCopy={onCopy}
        onFocus={(event) => {
          const cell = event.target.closest<HTMLElement>("td.cell");
          if (cell) setActive(spotOf(cell));
        }}
        onMouseDown={() => {
          anchor.current = undefined;
          markBlock(htmlRows(), blockOf({ x: 0, y: 0 }, { x: 0, y: 0 }));
        }}
      >
        <table
          className={columns.length > 14 ? "matrix many" : "matrix"}
          // A fixed layout: a digit more or less in 2,400 cells measures no column anew.
          style={columns.length > 14 ? { width: FIXED_PX + columns.length * COLUMN_PX } : undefined}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the arrow keys walk its cells, as in a grid.
          role="grid"
          aria-label={say(`matrix.caption.${show}`)}
          aria-readonly={edited ? undefined : true}
          aria-multiselectable
        >
          <GridHead columns={columns} />
          {groups.map((group) => {
            const own = rows.filter((row) => row.skill.group === group.id);
            if (own.length === 0) return null;
            return (
              <tbody key={group.id}>
                <tr className="group">
                  <th scope="rowgroup" colSpan={columns.length + 5}>
                    {group.name}
                  </th>
                </tr>
                {own.map((row) => (
                  <MatrixRow
                    key={row.skill.id}
                    row={row}
                    patches={patches[row.skill.id]}
                    frame={frame}
                    href={hrefOf(row.skill.id)}
                    isHere={view.skill === row.skill.id}
                    isFirst={row === ordered[0]}
                  />
                ))}
              </tbody>
            );
          })}
        </table>
      </div>
    </>
  );
}

/** What a key wishes of a cell. */
function wishOf(key: string): Omit<Wish, "x" | "y"> | null {
  if (/^[0-4]$/.test(key)) return { level: Number(key) };
  if (/^(x|X|Delete|Backspace)$/.test(key)) return { level: null };
  const importance = LETTERS[key.toLowerCase() as keyof typeof LETTERS];
  return importance ? { importance } : null;
}

function eachSpot(spot: Spot, anchor: Spot | undefined): Spot[] {
  const { from, to } = blockOf(anchor ?? spot, spot);
  const spots: Spot[] = [];
  for (let y = from.y; y <= to.y; y++) for (let x = from.x; x <= to.x; x++) spots.push({ x, y });
  return spots;
}
