import { expect, it } from "vitest";
import { listDifferences } from "./list-differences.ts";

const before = {
  version: "1.0.0",
  skills: [
    { id: "S01", name: "Async" },
    { id: "S02", name: "Contracts", tags: ["zod"] },
  ],
};

it.each([
  ["nothing changed", before, []],
  [
    "a changed name is named by its entry",
    { ...before, skills: [{ id: "S01", name: "Waiting" }, before.skills[1]] },
    [{ path: "skills.S01.name", before: "Async", after: "Waiting" }],
  ],
  [
    "an entry put in front changes no other",
    { ...before, skills: [{ id: "S00", name: "New" }, ...before.skills] },
    [
      { path: "skills.S00.id", before: null, after: "S00" },
      { path: "skills.S00.name", before: null, after: "New" },
    ],
  ],
  [
    "an entry taken out is shown with what it was",
    { ...before, skills: [before.skills[0]] },
    [
      { path: "skills.S02.id", before: "S02", after: null },
      { path: "skills.S02.name", before: "Contracts", after: null },
      { path: "skills.S02.tags.0", before: "zod", after: null },
    ],
  ],
])("%s", (_, after, differences) => {
  expect(listDifferences(before, after)).toEqual(differences);
});
