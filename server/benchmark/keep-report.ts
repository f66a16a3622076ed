import type { Report } from "#server/benchmark/schema.ts";

/** A page asks for the same report several times; checking a thousand records each time takes longer than all the rest. */
const MOST_KEPT = 16;
/** About 5,000 requests; larger ones are read anew, so that a few of them cannot fill the memory. */
const MOST_CHARACTERS = 1_500_000;

const kept = new Map<string, Report>();

/** `key` names workspace, run and what is left of its records: under it a report never changes. */
export function recallReport(key: string): Report | null {
  const report = kept.get(key);
  if (report === undefined) return null;
  // Last asked for, last thrown away.
  kept.delete(key);
  kept.set(key, report);
  return report;
}

export function keepReport(key: string, text: string, report: Report): Report {
  if (text.length > MOST_CHARACTERS) return report;
  kept.set(key, report);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return report;
}
