import { describe, expect, it, test } from "vitest";
import { loadCatalogue } from "./load-catalogue.ts";
import { SKILL_CATALOGUE } from "./read-catalogue.ts";
import type { SkillCatalogue } from "./schema.ts";

const [skill, ...skills] = SKILL_CATALOGUE.skills;
const [role, ...roles] = SKILL_CATALOGUE.roles;
const [overlay, ...overlays] = SKILL_CATALOGUE.overlays;

test("the catalogue that ships with the program is sound and survives being written as JSON", () => {
  expect(loadCatalogue(JSON.parse(JSON.stringify(SKILL_CATALOGUE)))).toEqual({
    ok: true,
    catalogue: SKILL_CATALOGUE,
  });
});

test("a level that does not exist is legal where nobody asks for it", () => {
  const [reads, writes, decides] = skill?.anchors ?? [];
  const shorter = { ...skill, anchors: [reads, writes, decides, null] };
  expect(loadCatalogue({ ...SKILL_CATALOGUE, skills: [shorter, ...skills] }).ok).toBe(true);
});

test("a catalogue of the first days, without references, still reads", () => {
  const old = SKILL_CATALOGUE.skills.map(({ guides: _, technologies: __, ...rest }) => rest);
  expect(loadCatalogue({ ...SKILL_CATALOGUE, skills: old }).ok).toBe(true);
});

describe("a catalogue that cannot be used is refused with the entry named", () => {
  const broken: [string, Partial<SkillCatalogue>, string][] = [
    [
      "a skill that stands there twice",
      { skills: [skill, skill, ...skills.slice(1)] as never },
      "S01 stands there twice",
    ],
    ["a role that asks for a skill that was taken out", { skills }, "there is no skill S01"],
    ["a group that was taken out", { groups: SKILL_CATALOGUE.groups.slice(1) }, "there is no group service"],
    ["a carrier that is no role", { roles }, "there is no role AIPE"],
    ["a ladder with a rung missing", { levels: SKILL_CATALOGUE.levels.slice(1) }, "five are needed"],
    [
      "a level nobody can have",
      { overlays: [{ ...overlay, rows: [{ skillId: "S03", level: 5 }] }, ...overlays] as never },
      "rows.0.level",
    ],
    [
      "a role that asks the same thing twice",
      {
        roles: [
          {
            ...role,
            requirements: [
              { skillId: "S03", level: 1, importance: "must" },
              { skillId: "S03", level: 2, importance: "could" },
            ],
          },
          ...roles,
        ] as never,
      },
      "roles AIPE: S03 stands there twice",
    ],
    [
      "a policy that asks for an unknown skill",
      { policyDemands: { "POL-1": [{ skillId: "S99", level: 1 }] } },
      "there is no skill S99",
    ],
    [
      "a skill id that is none",
      { policyDemands: { "POL-1": [{ skillId: "S100", level: 1 }] } },
      "S01 to S99",
    ],
    [
      "a requirement on a level that the skill does not have",
      { skills: [{ ...skill, anchors: ["Reads it.", null, null, null] }, ...skills] as never },
      "roles AIPE: S01 has no level 3",
    ],
    ["a version that is not one", { version: "next" }, "1.2.0"],
    ["a misspelt key", { skils: [] } as never, "skils"],
  ];
  it.each(broken)("%s", (_, change, said) => {
    const loaded = loadCatalogue({ ...SKILL_CATALOGUE, ...change });
    expect(loaded.ok ? [] : loaded.problems.join("\n")).toContain(said);
  });
});
