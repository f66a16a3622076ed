import type { EntryDraft } from "./use-save-entry.ts";

export type EntryChange = { path: string; mine: string; theirs: string };

/** Field by field what two versions of a candidate say differently. */
export function listChanges(mine: EntryDraft, theirs: EntryDraft): EntryChange[] {
  const [ours, others] = [flatten("", mine), flatten("", theirs)];
  const paths = [...new Set([...ours.keys(), ...others.keys()])];
  return paths
    .filter((path) => ours.get(path) !== others.get(path))
    .map((path) => ({
      path: path.replace(/^body\./, ""),
      mine: ours.get(path) ?? "–",
      theirs: others.get(path) ?? "–",
    }));
}

function flatten(path: string, value: unknown): Map<string, string> {
  if (value === null || typeof value !== "object")
    return new Map([[path, value === null || value === "" ? "–" : String(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...flatten(path ? `${path}.${key}` : key, inner)]),
  );
}
