import { expect, it } from "vitest";
import { describeTeam } from "./describe-team.ts";
import { SKILL_CATALOGUE } from "./read-catalogue.ts";
import { reportTeam } from "./report-team.ts";
import { ROLES } from "./roles.data.ts";
import type { Person, RoleId } from "./schema.ts";

function sayFor(people: Person[]): string {
  const report = reportTeam({
    demand: { kind: "rag", onDevice: false, layers: [], policies: [] },
    catalogue: SKILL_CATALOGUE,
    people,
    borrowable: [],
    asOf: "2026-11-20",
    pilotStart: "2026-12-01",
  });
  return describeTeam(report, people.length);
}

function holderOf(roleId: RoleId, id: string): Person {
  const requirements = ROLES.find((role) => role.id === roleId)?.requirements ?? [];
  const ratings = requirements.map(({ skillId, level }) => ({
    skillId,
    level,
    source: "peer" as const,
    at: "2026-11-01",
  }));
  return { id, alias: id, roleId, availabilityPct: 100, ratings };
}

it.each([
  [
    "nobody",
    [],
    "11 skills are needed. Nobody is on the team yet, so all of them are open. One contract closes 11 gaps: an AI Product Engineer.",
  ],
  [
    "one Senior ML Engineer",
    [holderOf("MLE", "a")],
    "11 skills are needed: 1 is short, a blocker, and 10 rest on one person. One contract closes 1 gap: an AI Product Engineer.",
  ],
  ["a full team", [holderOf("AIPE", "a"), holderOf("AIPE", "b")], "11 skills are needed: none is short."],
] as [string, Person[], string][])("%s is said in two sentences", (_title, people, sentence) => {
  expect(sayFor(people)).toBe(sentence);
});
