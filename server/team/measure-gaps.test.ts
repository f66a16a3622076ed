import { describe, expect, it } from "vitest";
import { checkPeopleCoverage } from "./check-coverage.ts";
import { countLevel, measureGaps, measureHeld } from "./measure-gaps.ts";
import type { Need, Person, Rating } from "./schema.ts";

const TODAY = "2026-12-01";

function need(over: Partial<Need> = {}): Need {
  const sources: Need["sources"] = [{ kind: "overlay", ref: "rag", pick: null }];
  return { skillId: "S05", level: 3, importance: "must", onOverlay: true, sources, ...over };
}

function rated(level: number, source: Rating["source"] = "evidence", at = "2026-11-01"): Rating {
  return { skillId: "S05", level, source, at };
}

function person(id: string, ratings: Rating[], availabilityPct = 100): Person {
  return { id, alias: `Person ${id}`, roleId: null, availabilityPct, ratings };
}

function gapOf(people: Person[], over: Partial<Need> = {}) {
  const [gap] = measureGaps([need(over)], people, TODAY);
  if (!gap) throw new Error("no gap");
  return gap;
}

describe("the gap of a skill", () => {
  it.each([
    ["nobody at all", [], 0, 3, 0, "blocker"],
    ["one person by evidence", [person("a", [rated(3)])], 3, 0, 1, "high"],
    ["two people", [person("a", [rated(3)]), person("b", [rated(4)])], 4, 0, 2, "low"],
    ["a self-rating counts one level lower", [person("a", [rated(3, "self")])], 2, 1, 0, "blocker"],
    ["an expert by their own word", [person("a", [rated(4, "self")])], 3, 0, 1, "high"],
    [
      "a peer outranks the person's own word",
      [person("a", [rated(4, "self"), rated(2, "peer")])],
      2,
      1,
      0,
      "blocker",
    ],
    [
      "the newest word of others counts",
      [person("a", [rated(2, "peer", "2026-01-01"), rated(3, "manager")])],
      3,
      0,
      1,
      "high",
    ],
    [
      "on one day evidence outranks a peer",
      [person("a", [rated(2, "peer"), rated(3, "evidence")])],
      3,
      0,
      1,
      "high",
    ],
    ["a person with 20 % counts", [person("a", [rated(3)], 20)], 3, 0, 1, "high"],
    ["a person with 19 % does not", [person("a", [rated(3)], 19)], 0, 3, 0, "blocker"],
    ["levels are never averaged", [person("a", [rated(4)]), person("b", [rated(0)])], 4, 0, 1, "high"],
  ] as [string, Person[], number, number, number, string][])(
    "%s",
    (_title, people, covered, gap, busFactor, severity) => {
      expect(gapOf(people)).toMatchObject({ covered, gap, busFactor, severity });
    },
  );

  it.each([
    ["must, short by two", { importance: "must", onOverlay: false }, 1, "blocker"],
    ["must, short by one, on the overlay", { importance: "must", onOverlay: true }, 2, "blocker"],
    ["must, short by one, not on the overlay", { importance: "must", onOverlay: false }, 2, "high"],
    ["should, short by two", { importance: "should", onOverlay: false }, 1, "medium"],
    ["should, one holder", { importance: "should", onOverlay: false }, 3, "low"],
    ["could, short by three", { importance: "could", onOverlay: false }, 0, "low"],
  ] as [string, Partial<Need>, number, string][])("%s", (_title, over, level, severity) => {
    expect(gapOf([person("a", [rated(level)])], over).severity).toBe(severity);
  });

  it("not assessed is different from level 0", () => {
    expect(gapOf([person("a", [])])).toMatchObject({ assessed: false, covered: 0 });
    expect(gapOf([person("a", [rated(0)])])).toMatchObject({ assessed: true, covered: 0 });
  });

  it("a rating is stale after 180 days, not on the 180th", () => {
    expect(gapOf([person("a", [rated(3, "peer", "2026-06-04")])]).stale).toBe(false);
    expect(gapOf([person("a", [rated(3, "peer", "2026-06-03")])]).stale).toBe(true);
    const both = [person("a", [rated(3, "peer", "2026-01-01")]), person("b", [rated(3)])];
    expect(gapOf(both).stale).toBe(false);
  });

  it("says when it rests on people's own word alone", () => {
    expect(gapOf([person("a", [rated(4, "self")])]).selfRated).toBe(true);
    expect(gapOf([person("a", [rated(4, "self")]), person("b", [rated(3)])]).selfRated).toBe(false);
  });

  it("what the team holds is the best of those available, or not assessed", () => {
    const people = [person("a", [rated(2)]), person("b", [rated(4)], 10)];
    expect(measureHeld("S05", people, TODAY)).toBe(2);
    expect(measureHeld("S01", people, TODAY)).toBe(null);
  });

  it("a self-rating of 0 stays 0", () => {
    expect(countLevel(person("a", [rated(0, "self")]), "S05", TODAY)).toMatchObject({ level: 0, rated: 0 });
  });
});

describe("who can hold the pilot alone", () => {
  const needs = [need(), need({ skillId: "S03" }), need({ skillId: "S09", onOverlay: false, level: 4 })];
  const streaming: Rating = { skillId: "S03", level: 3, source: "evidence", at: "2026-11-01" };

  it("a person who holds every overlay row, whatever else is asked", () => {
    const [coverage] = checkPeopleCoverage(needs, [person("a", [rated(3), streaming])], TODAY);
    expect(coverage).toEqual({ id: "a", alone: true, missing: [] });
  });

  it("otherwise the rows that are missing are named", () => {
    const [coverage] = checkPeopleCoverage(needs, [person("a", [rated(2)])], TODAY);
    expect(coverage?.missing).toEqual([
      { skillId: "S05", required: 3, held: 2 },
      { skillId: "S03", required: 3, held: 0 },
    ]);
  });

  it("without an overlay there is no pilot to hold", () => {
    expect(
      checkPeopleCoverage([need({ onOverlay: false })], [person("a", [rated(3)])], TODAY)[0]?.alone,
    ).toBe(false);
  });
});
