import { describe, expect, test } from "vitest";
import type { AskedLevel, HeldLevel } from "./cell-face.ts";
import { makeEdit } from "./make-edit.ts";

const peer: HeldLevel = { level: 3, rated: 3, source: "peer", stale: false };
const must: AskedLevel = { level: 3, importance: "must", origin: "table" };
const stored = { skillId: "S18", level: 3, source: "peer" as const, at: "2026-01-05" };

function place(kind: "rating" | "requirement", held: HeldLevel | null, asked: AskedLevel | null) {
  const skill = { id: "S18", name: "Go", group: "performance", levels: [true, true, true, false] };
  return {
    row: { skill, inputs: [{ held, asked, people: 1 }], gap: null, key: "" },
    column: { id: kind === "rating" ? "p" : "MLE", name: "", head: "", under: "", href: "" },
    at: 0,
    kind,
    numbers: { people: [{ id: "p", ratings: held ? [stored] : [] }], byHand: [] } as never,
    patches: {},
    given: { source: "peer" as const, evidence: "", reason: "because" },
    typedIn: () => undefined,
  };
}
const at = { x: 0, y: 0 };

describe("what is typed becomes an edit that can be turned round", () => {
  test("a level of a person", () => {
    const edit = makeEdit({ ...at, level: 1 }, place("rating", peer, null));
    expect(edit).toMatchObject({ before: stored, after: { level: 1 }, shownAfter: { level: 1 } });
  });

  test("their own word shows one lower", () => {
    const self = {
      ...place("rating", null, null),
      given: { source: "self" as const, evidence: "", reason: "" },
    };
    expect(makeEdit({ ...at, level: 3 }, self)).toMatchObject({ shownAfter: { level: 2, rated: 3 } });
  });

  test("taking away means the rating that is seen, whoever chose the source now", () => {
    const chosen = {
      ...place("rating", peer, null),
      given: { source: "manager" as const, evidence: "", reason: "" },
    };
    expect(makeEdit({ ...at, level: null }, chosen)).toMatchObject({ source: "peer", after: null });
  });

  test("an importance keeps the level, and a level keeps the importance", () => {
    const asked = place("requirement", null, must);
    expect(makeEdit({ ...at, importance: "could" }, asked)).toMatchObject({
      after: { level: 3, importance: "could" },
    });
    expect(makeEdit({ ...at, level: 1 }, asked)).toMatchObject({ after: { level: 1, importance: "must" } });
    expect(makeEdit({ ...at, level: 0 }, asked)).toMatchObject({ after: { level: null }, shownAfter: null });
  });

  test("what is there already changes nothing", () => {
    expect(makeEdit({ ...at, level: 3 }, place("rating", peer, null))).toBe(null);
    expect(makeEdit({ ...at, level: 3 }, place("requirement", null, must))).toBe(null);
    expect(makeEdit({ ...at, importance: "must" }, place("requirement", null, null))).toBe(null);
  });

  test("a level that the skill does not have is named", () => {
    expect(makeEdit({ ...at, level: 4 }, place("rating", peer, null))).toEqual({
      skillId: "S18",
      undefinedLevel: 4,
    });
  });
});
