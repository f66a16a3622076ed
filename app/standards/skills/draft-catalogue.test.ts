import { expect, test } from "vitest";
import { SKILL_CATALOGUE } from "#server/team/read-catalogue.ts";
import { askedOf, askRole, changeAnchor, countChanges, nextVersion } from "./draft-catalogue.ts";

test("a requirement of a role is set, changed and taken away, and counted as one change", () => {
  const set = askRole(SKILL_CATALOGUE, "AIPE", "S17", { level: 2, importance: "could" });
  expect(askedOf(set, "AIPE", "S17")).toMatchObject({ level: 2, importance: "could" });
  expect(countChanges(SKILL_CATALOGUE, set)).toBe(1);
  expect(countChanges(SKILL_CATALOGUE, askRole(set, "AIPE", "S17", null))).toBe(0);
});

test("an emptied anchor is a level that does not exist", () => {
  const changed = changeAnchor(SKILL_CATALOGUE, "S20", 3, "  ");
  expect(changed.skills.find(({ id }) => id === "S20")?.anchors[3]).toBe(null);
  expect(countChanges(SKILL_CATALOGUE, changed)).toBe(1);
});

test("the next version is a minor one", () => {
  expect(nextVersion("1.9.2")).toBe("1.10.0");
});
