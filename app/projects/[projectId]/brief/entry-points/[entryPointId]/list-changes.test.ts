import { expect, test } from "vitest";
import { listChanges } from "./list-changes.ts";
import type { EntryDraft } from "./use-save-entry.ts";

const draft = (title: string, body: object) => ({ title, body }) as EntryDraft;

test("two versions show each field they say differently, and no other", () => {
  const mine = draft("A", {
    scope: "One",
    impact: { time: 3, revenue: null },
    business: [{ name: "Tickets" }],
  });
  const theirs = draft("B", { scope: "One", impact: { time: null, revenue: null }, business: [] });
  expect(listChanges(mine, theirs)).toEqual([
    { path: "title", mine: "A", theirs: "B" },
    { path: "impact.time", mine: "3", theirs: "–" },
    { path: "business.0.name", mine: "Tickets", theirs: "–" },
  ]);
});

test("the same version shows nothing", () => {
  expect(listChanges(draft("A", { scope: "" }), draft("A", { scope: "" }))).toEqual([]);
});
