import type { JobEvent } from "#server/benchmark/job-schema.ts";

/** What a job has said so far, as the page shows it. */
export type Told = {
  seq: number;
  phase: string | null;
  done: number;
  total: number;
  /** When the phase began, in ms since the epoch. */
  phaseAt: number | null;
  lines: string[];
};

const NOTHING: Told = { seq: 0, phase: null, done: 0, total: 0, phaseAt: null, lines: [] };

/** Adds events in order; one that was seen already (after a cut, both sides may repeat) counts once. */
export function foldEvents(sofar: Told | null, events: readonly JobEvent[], mostLines: number): Told {
  const told = { ...(sofar ?? NOTHING), lines: [...(sofar?.lines ?? [])] };
  for (const { seq, body, at } of events) {
    if (seq <= told.seq) continue;
    told.seq = seq;
    if (body.kind === "log") {
      told.lines.push(body.line);
      continue;
    }
    if (body.phase !== told.phase) {
      Object.assign(told, { phase: body.phase, done: 0, total: 0, phaseAt: Date.parse(at) });
    }
    if (body.kind === "progress") Object.assign(told, { done: body.done, total: body.total });
  }
  return { ...told, lines: told.lines.slice(-mostLines) };
}
