import type { Answer } from "#server/brief/schema.ts";

export type AskedQuestion = { question: string; answer: Answer | null };
/**
 * Where one is in the wizard: the questions one came by, the newest last, so that each can be gone back to; what was
 * skipped on the way stays skipped until the end.
 */
export type Path = { trail: string[]; skipped: string[] };

/** Longer ways back than this only make the address long. */
const TRAIL_AT_MOST = 40;

/** Questions nobody answered, then those that only the preset answered; null when a person has seen to all. */
export function findNextQuestion(
  ordered: AskedQuestion[],
  { skipped }: Pick<Path, "skipped">,
  at: string | null = null,
): string | null {
  const left = ordered.filter(({ question }) => question !== at && !skipped.includes(question));
  const open = left.find(({ answer }) => answer === null);
  const unchecked = left.find(({ answer }) => answer?.source === "preset");
  return (open ?? unchecked)?.question ?? null;
}

/** One step on: the question at hand joins the way back. */
export function stepOn({ trail, skipped }: Path, from: string): Path {
  return { trail: [...trail.filter((id) => id !== from), from].slice(-TRAIL_AT_MOST), skipped };
}

/** One step back, to the question before; null where one began. */
export function stepBack({ trail, skipped }: Path): { question: string; path: Path } | null {
  const question = trail.at(-1);
  return question === undefined ? null : { question, path: { trail: trail.slice(0, -1), skipped } };
}

export function writeHref(base: string, q: string, { trail, skipped }: Path): string {
  const query = new URLSearchParams({ q });
  if (trail.length > 0) query.set("from", trail.join("."));
  if (skipped.length > 0) query.set("skip", skipped.join("."));
  return `${base}?${query}`;
}

/** Reads the address; anything that is not a question id is dropped. */
export function readPath(query: Record<string, string | string[] | undefined>, ids: string[]): Path {
  const read = (text: string | string[] | undefined) =>
    typeof text === "string" ? [...new Set(text.split("."))].filter((id) => ids.includes(id)) : [];
  return { trail: read(query.from).slice(-TRAIL_AT_MOST), skipped: read(query.skip) };
}
