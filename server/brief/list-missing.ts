import type { EntryBody } from "./entry-schema.ts";

export type Missing = "scope" | "owner" | "business" | "baseline" | "technical";

/** What a chosen candidate still has to say before a pilot can be judged by it. */
export function listMissing({ scope, owner, business, technical }: EntryBody): Missing[] {
  const missing: [Missing, boolean][] = [
    ["scope", scope === ""],
    ["owner", owner === ""],
    ["business", business.length === 0],
    ["baseline", business.some(({ baseline }) => baseline === null)],
    // One technical target can be met by giving up another: accuracy by being slow, speed by being wrong.
    ["technical", technical.filter(({ target }) => target !== null).length < 2],
  ];
  return missing.filter(([, isMissing]) => isMissing).map(([name]) => name);
}
