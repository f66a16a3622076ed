export type Difference = { path: string; before: string | null; after: string | null };

/**
 * What differs between two JSON documents, leaf by leaf: `skills.S03.name`. Entries of a list are matched by their id
 * where they have one, so that an entry put in front does not make every other look changed. Null: not there.
 */
export function listDifferences(before: unknown, after: unknown): Difference[] {
  const then = flatten(before);
  const now = flatten(after);
  const paths = [...new Set([...then.keys(), ...now.keys()])];
  return paths
    .map((path) => ({ path, before: then.get(path) ?? null, after: now.get(path) ?? null }))
    .filter((leaf) => leaf.before !== leaf.after);
}

function flatten(value: unknown, path = "", into = new Map<string, string>()): Map<string, string> {
  if (typeof value !== "object" || value === null) {
    into.set(path, typeof value === "string" ? value : JSON.stringify(value));
    return into;
  }
  const entries = Array.isArray(value)
    ? value.map((entry: unknown, index): [string, unknown] => [idOf(entry) ?? String(index), entry])
    : Object.entries(value);
  for (const [key, entry] of entries) flatten(entry, path === "" ? key : `${path}.${key}`, into);
  return into;
}

function idOf(entry: unknown): string | null {
  if (typeof entry !== "object" || entry === null) return null;
  const { id, skillId } = entry as { id?: unknown; skillId?: unknown };
  return typeof id === "string" ? id : typeof skillId === "string" ? skillId : null;
}
