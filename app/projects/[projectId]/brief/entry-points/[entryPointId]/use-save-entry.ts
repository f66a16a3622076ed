"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { SaveStatus } from "#app/_components/status-line.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import type { EntryBody, EntryPoint } from "#server/brief/entry-schema.ts";

export type EntryDraft = { title: string; body: EntryBody };
export type EntryConflict = { theirs: EntryDraft; version: number };
type Problem = { path: string; message: string };

/** Saves the whole candidate after each change, one save after the other; keeps what was typed when one fails. */
export function useSaveEntry(projectId: string, initial: EntryPoint) {
  const router = useRouter();
  const client = useTRPCClient();
  const explain = useExplain();
  const [draft, setDraft] = useState<EntryDraft>(() => toDraft(initial));
  const [status, setStatus] = useState<SaveStatus>({ kind: "idle" });
  const [problem, setProblem] = useState<Problem>();
  const [conflict, setConflict] = useState<EntryConflict>();
  const current = useRef(draft);
  const version = useRef(initial.version);
  const stored = useRef(JSON.stringify(toStored(draft)));
  const isSaving = useRef(false);
  const isDirty = useRef(false);
  // While two versions wait for a choice, leaving a field must not send the old one again.
  const isUndecided = useRef(false);

  /** On the page at once; stored by `save`. */
  function change(next: EntryDraft): void {
    current.current = next;
    setDraft(next);
  }

  async function save(): Promise<void> {
    if (isUndecided.current) return;
    if (isSaving.current) {
      isDirty.current = true;
      return;
    }
    isSaving.current = true;
    do {
      isDirty.current = false;
      const sent = toStored(current.current);
      const text = JSON.stringify(sent);
      if (text === stored.current) continue;
      setStatus({ kind: "saving" });
      try {
        const key = { projectId, entryPointId: initial.id, version: version.current };
        const saved = await client.entryPoints.save.mutate({ ...key, ...sent });
        version.current = saved.version;
        stored.current = text;
        setProblem(undefined);
        setStatus({ kind: "saved", at: saved.updatedAt });
        router.refresh();
      } catch (error) {
        tell(explain(error as Parameters<typeof explain>[0]));
        break;
      }
    } while (isDirty.current);
    isSaving.current = false;
  }

  function tell(body: { code: string; message: string; path?: string; data?: unknown }): void {
    setStatus({ kind: "idle" });
    if (body.code === "VERSION_CONFLICT") {
      const { theirs, version: present } = body.data as { theirs: EntryPoint; version: number };
      isUndecided.current = true;
      setConflict({ theirs: toDraft(theirs), version: present });
    } else if (body.path) setProblem({ path: body.path.replace(/^body\./, ""), message: body.message });
    else setStatus({ kind: "error", message: body.message, onRetry: () => void save() });
  }

  return {
    draft,
    status,
    problem,
    conflict,
    change,
    save,
    keepMine() {
      if (!conflict) return;
      isUndecided.current = false;
      version.current = conflict.version;
      setConflict(undefined);
      void save();
    },
    takeTheirs() {
      if (!conflict) return;
      isUndecided.current = false;
      version.current = conflict.version;
      stored.current = JSON.stringify(toStored(conflict.theirs));
      change(conflict.theirs);
      setConflict(undefined);
      router.refresh();
    },
  };
}

function toDraft(entry: EntryPoint): EntryDraft {
  const { presetId, problem, today, users, casesPerMonth, minutesSavedPerCase } = entry;
  const { impact, friction, fit, stops, scope, owner, business, technical } = entry;
  const facts = { presetId, problem, today, users, casesPerMonth, minutesSavedPerCase };
  return {
    title: entry.title,
    body: { ...facts, impact, friction, fit, stops, scope, owner, business, technical },
  };
}

/** A metric is a row on the page before it has a name; it is stored once it has one. */
function toStored({ title, body }: EntryDraft): EntryDraft {
  const named = <Metric extends { name: string }>(metrics: Metric[]) =>
    metrics.filter(({ name }) => name.trim() !== "");
  return { title, body: { ...body, business: named(body.business), technical: named(body.technical) } };
}
