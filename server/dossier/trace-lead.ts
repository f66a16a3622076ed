import type { Outcome } from "#server/benchmark/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { TraceRow } from "./trace-project.ts";

const say = sayRoom("trace");

/** The trace in a few sentences: what is decided, what is short, what was measured, what waits. */
export function leadTrace(rows: readonly TraceRow[], verdicts: readonly Outcome[]): string {
  return [sayDecided(rows), sayShort(rows), sayMeasured(verdicts), sayWaiting(rows)]
    .filter(Boolean)
    .join(" ");
}

function sayDecided(rows: readonly TraceRow[]): string {
  const picked = rows.filter((row) => row.pick !== null).length;
  if (picked === 0) return say("lead.noneDecided");
  if (picked === rows.length) return say("lead.allDecided", { count: picked, number: capital(picked) });
  return say("lead.someDecided", { picked: capital(picked), all: word(rows.length) });
}

function sayShort(rows: readonly TraceRow[]): string {
  const gaps = new Map(rows.flatMap((row) => row.gaps.map((gap) => [gap.skillId, gap] as const)));
  if (gaps.size === 0) return "";
  if ([...gaps.values()].every((gap) => gap.held === null)) return say("lead.nobodyAssessed");
  const short = [...gaps.values()].filter((gap) => gap.short > 0).length;
  if (short === 0) return say("lead.noneShort");
  return say("lead.short", { count: short, number: capital(short) });
}

function sayMeasured(verdicts: readonly Outcome[]): string {
  if (verdicts.length === 0) return say("lead.nothingMeasured");
  const parts = (["pass", "fail", "inconclusive"] as const).flatMap((outcome) => {
    const count = verdicts.filter((verdict) => verdict === outcome).length;
    return count > 0
      ? [{ count, number: word(count), outcome: say(`lead.outcome.${outcome}`, { count }) }]
      : [];
  });
  const [only] = parts;
  if (parts.length === 1 && only) return say("lead.allTargets", only);
  const said = parts.map((part) => say("lead.counted", part));
  const last = said.pop() ?? "";
  return say("lead.targets", { all: word(verdicts.length), others: said.join(", "), last });
}

function sayWaiting(rows: readonly TraceRow[]): string {
  const count = rows.filter((row) => row.measured.kind === "contradicted").length;
  if (count === 0) return "";
  return say("lead.contradicted", { count, number: capital(count) });
}

function word(count: number): string {
  return say("lead.number", { count });
}

function capital(count: number): string {
  const said = word(count);
  return said.charAt(0).toUpperCase() + said.slice(1);
}
