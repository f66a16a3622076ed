import { expect, test } from "vitest";
import { findChanges } from "./find-changes.ts";
import type { ManifestEntry } from "./schema.ts";

const entry = (path: string, content: string): ManifestEntry => ({
  path,
  sha256: content.repeat(64).slice(0, 64),
  bytes: 1,
  executable: false,
});
const handedOut = [entry("a.py", "a"), entry("b.py", "b"), entry("pilot.json", "c")];

test.each([
  ["an untouched pilot has no changes", handedOut, [], []],
  [
    "an edited file is named",
    [entry("a.py", "f"), ...handedOut.slice(1)],
    [],
    [{ path: "a.py", change: "edited" }],
  ],
  ["a new file is named", [...handedOut, entry("c.py", "c")], [], [{ path: "c.py", change: "added" }]],
  ["a removed file is named", handedOut.slice(1), [], [{ path: "a.py", change: "removed" }]],
  [
    "what the app writes anew is not a change",
    [entry("a.py", "a"), entry("b.py", "b"), entry("pilot.json", "9")],
    ["pilot.json"],
    [],
  ],
] as const)("%s", (_title, found, ignored, changes) => {
  expect(findChanges([...found], handedOut, [...ignored])).toEqual(changes);
});
