"use client";

import { useRouter } from "next/navigation";
import { startTransition, useRef, useState } from "react";
import type { SaveStatus } from "#app/_components/status-line.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import type { Rating, RatingSource, RoleId } from "#server/team/schema.ts";
import type { RequirementValue } from "#server/team/staffing-schema.ts";
import type { AskedLevel, HeldLevel } from "./cell-face.ts";
import type { CellPatch } from "./matrix-row.tsx";
import type { TeamNumbers } from "./team-data.ts";

type Place = { skillId: string; columnId: string };
/** One cell, with what was kept before and after. Its reverse is the same with both exchanged. */
export type Edit = Place &
  (
    | {
        kind: "rating";
        source: RatingSource;
        before: Rating | null;
        after: Omit<Rating, "at"> | Rating | null;
        shownBefore: HeldLevel | null;
        shownAfter: HeldLevel | null;
      }
    | {
        kind: "requirement";
        reason: string;
        before: RequirementValue | null;
        after: RequirementValue | null;
        shownBefore: AskedLevel | null;
        shownAfter: AskedLevel | null;
      }
  );

/** The page around the grid (radar, plan, lead) follows when typing pauses for so long. */
const REST_MS = 800;

/** What was typed stands at once; it is saved in the background, in order, and answered with the numbers that follow. */
export function useMatrixEdits(projectId: string, drawn: TeamNumbers) {
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [base, setBase] = useState(drawn);
  const [numbers, setNumbers] = useState(drawn);
  const [patches, setPatches] = useState<Record<string, Record<string, CellPatch>>>({});
  const [status, setStatus] = useState<SaveStatus>({ kind: "idle" });
  const [stacks, setStacks] = useState<{ done: Edit[][]; undone: Edit[][] }>({ done: [], undone: [] });
  const waiting = useRef<Edit[]>([]);
  const busy = useRef(false);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  // What stands in a cell once everything typed is saved, by cell and source.
  const typed = useRef(new Map<string, Edit["after"]>());
  // The page was drawn again, from the database.
  if (base !== drawn) {
    setBase(drawn);
    if (!busy.current) setNumbers(drawn);
  }

  const show = (edits: Edit[]) => {
    setPatches((now) => {
      const next = { ...now };
      for (const edit of edits) {
        const patch: CellPatch =
          edit.kind === "rating" ? { held: edit.shownAfter } : { asked: edit.shownAfter };
        next[edit.skillId] = { ...next[edit.skillId], [edit.columnId]: patch };
      }
      return next;
    });
  };

  const send = async (edits: Edit[]) => {
    const ratings = edits.flatMap((edit) => {
      if (edit.kind !== "rating") return [];
      const { after } = edit;
      return [
        {
          personId: edit.columnId,
          skillId: edit.skillId,
          source: edit.source,
          level: after?.level ?? null,
          seen: edit.before?.level ?? null,
          ...(after && "at" in after ? { at: after.at } : {}),
          ...(after?.evidence ? { evidence: after.evidence } : {}),
        },
      ];
    });
    if (ratings.length > 0) return client.matrix.rate.mutate({ projectId, ratings });
    const requirements = edits.flatMap((edit) =>
      edit.kind === "requirement"
        ? [{ roleId: edit.columnId as RoleId, skillId: edit.skillId, value: edit.after, seen: edit.before }]
        : [],
    );
    const [first] = edits;
    const reason = first?.kind === "requirement" ? first.reason : "";
    return client.matrix.require.mutate({ projectId, reason, requirements });
  };

  const pump = async () => {
    if (busy.current) return;
    busy.current = true;
    clearTimeout(rest.current);
    setStatus({ kind: "saving" });
    try {
      while (waiting.current.length > 0) {
        const edits = joinEdits(waiting.current);
        waiting.current = [];
        const answer = await send(edits);
        const later = new Set(waiting.current.map(keyOf));
        const settled = edits.filter((edit) => !later.has(keyOf(edit)));
        for (const edit of settled) typed.current.delete(keyOf(edit));
        startTransition(() => {
          setNumbers((now) => mergeAnswer(now, answer));
          setPatches((now) => dropPatches(now, settled));
        });
      }
      setStatus({ kind: "saved", at: new Date() });
    } catch (error) {
      const { message } = explain(error as Parameters<typeof explain>[0]);
      // What is stored is shown again; nothing of what failed stays on the screen as if it were saved.
      waiting.current = [];
      typed.current.clear();
      setPatches({});
      setStacks({ done: [], undone: [] });
      setStatus({ kind: "error", message });
    }
    busy.current = false;
    rest.current = setTimeout(() => router.refresh(), REST_MS);
  };

  const apply = (edits: Edit[]) => {
    for (const edit of edits) typed.current.set(keyOf(edit), edit.after);
    waiting.current.push(...edits);
    show(edits);
    void pump();
  };

  return {
    numbers,
    patches,
    status,
    say: (message: string) => setStatus({ kind: "error", message }),
    canUndo: stacks.done.length > 0,
    canRedo: stacks.undone.length > 0,
    /** What stands in a cell by now; undefined where nothing was typed since the last answer. */
    typedIn: (edit: Place & { kind: Edit["kind"]; source?: RatingSource }) => typed.current.get(keyOf(edit)),
    edit: (edits: Edit[]) => {
      if (edits.length === 0) return;
      apply(edits);
      setStacks(({ done }) => ({ done: [...done, edits], undone: [] }));
    },
    undo: () => {
      const edits = stacks.done.at(-1);
      if (!edits) return;
      apply(edits.map(reverse));
      setStacks({ done: stacks.done.slice(0, -1), undone: [...stacks.undone, edits] });
    },
    redo: () => {
      const edits = stacks.undone.at(-1);
      if (!edits) return;
      apply(edits);
      setStacks({ done: [...stacks.done, edits], undone: stacks.undone.slice(0, -1) });
    },
  };
}

/** Who was not edited stays as they were, and is not drawn again. */
function mergeAnswer(now: TeamNumbers, { people, held, byHand, roles, gaps }: TeamNumbers): TeamNumbers {
  const changed = new Map(people.map((person) => [person.id, person]));
  return { held, byHand, roles, gaps, people: now.people.map((person) => changed.get(person.id) ?? person) };
}

function keyOf(edit: Place & { kind: string; source?: string }): string {
  return `${edit.kind} ${edit.skillId} ${edit.columnId} ${edit.source ?? ""}`;
}

function reverse(edit: Edit): Edit {
  const { before, after, shownBefore, shownAfter } = edit;
  return { ...edit, before: after, after: before, shownBefore: shownAfter, shownAfter: shownBefore } as Edit;
}

/** Typed twice in one cell before the first was sent: one edit, from what was stored to what was typed last. */
function joinEdits(edits: Edit[]): Edit[] {
  const joined = new Map<string, Edit>();
  for (const edit of edits) {
    const first = joined.get(keyOf(edit));
    joined.set(keyOf(edit), first ? ({ ...edit, before: first.before } as Edit) : edit);
  }
  return [...joined.values()];
}

function dropPatches(patches: Record<string, Record<string, CellPatch>>, settled: Edit[]) {
  const next = { ...patches };
  for (const { skillId, columnId } of settled) {
    const { [columnId]: _, ...others } = next[skillId] ?? {};
    next[skillId] = others;
    if (Object.keys(others).length === 0) delete next[skillId];
  }
  return next;
}
