import type { Answer } from "#server/brief/schema.ts";

export type AskedQuestion = { question: string; answer: Answer | null };
/** Where one is in the wizard: what was skipped on the way stays skipped until the end. */
export type Path = { from: string | null; skipped: string[] };

/** Questions nobody answered, then those that only the preset answered; null when a person has seen to all. */
export function findNextQuestion(ordered: AskedQuestion[], { from, skipped }: Path): string | null {
  const left = ordered.filter(({ question }) => question !== from && !skipped.includes(question));
  const open = left.find(({ answer }) => answer === null);
  const unchecked = left.find(({ answer }) => answer?.source === "preset");
  return (open ?? unchecked)?.question ?? null;
}

export function writeHref(base: string, q: string, { from, skipped }: Path): string {
  const query = new URLSearchParams({ q });
  if (from !== null) query.set("from", from);
  if (skipped.length > 0) query.set("skip", skipped.join("."));
  return `${base}?${query}`;
}

/** Reads the address; anything that is not a question id is dropped. */
export function readPath(query: Record<string, string | string[] | undefined>, ids: string[]): Path {
  const { from, skip } = query;
  const skipped = typeof skip === "string" ? skip.split(".").filter((id) => ids.includes(id)) : [];
  return { from: typeof from === "string" && ids.includes(from) ? from : null, skipped };
}
