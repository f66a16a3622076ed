import type { ManifestEntry } from "./schema.ts";

/** How a pilot on the disk differs from what was handed out. Sorted by path; empty = unchanged. */
export type PilotChange = { path: string; change: "edited" | "added" | "removed" };

/**
 * Compares the files of a pilot with the list they were handed out under. `ignored` are paths the app itself writes
 * anew for each hand-out.
 */
export function findChanges(
  found: ManifestEntry[],
  handedOut: ManifestEntry[],
  ignored: string[] = [],
): PilotChange[] {
  const changes: PilotChange[] = [];
  const known = new Map(handedOut.map((entry) => [entry.path, entry]));
  const present = new Set(found.map((entry) => entry.path));
  for (const entry of found) {
    const original = known.get(entry.path);
    if (ignored.includes(entry.path)) continue;
    if (!original) changes.push({ path: entry.path, change: "added" });
    else if (original.sha256 !== entry.sha256) changes.push({ path: entry.path, change: "edited" });
  }
  for (const entry of handedOut) {
    if (!present.has(entry.path) && !ignored.includes(entry.path))
      changes.push({ path: entry.path, change: "removed" });
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}
