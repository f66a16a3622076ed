import { describe, expect, it } from "vitest";
import { checkPeopleCoverage, checkRoleCoverage, findSmallestTeam } from "./check-coverage.ts";
import { writeWideCsv } from "./export-matrix-csv.ts";
import { SKILL_CATALOGUE } from "./read-catalogue.ts";
import { requireSkills } from "./require-skills.ts";
import { ROLES } from "./roles.data.ts";
import type { Person, RoleId } from "./schema.ts";

const needsOf = (kind: "rag" | "forecast") =>
  requireSkills({ kind, onDevice: false, layers: [], policies: [] }, SKILL_CATALOGUE);
const missingOf = (kind: "rag" | "forecast", id: RoleId) =>
  checkRoleCoverage(needsOf(kind).needs, ROLES)
    .find((one) => one.id === id)
    ?.missing.map(({ skillId, held, required }) => `${skillId} ${held} < ${required}`);

describe("who can hold a RAG pilot alone, by the default role table", () => {
  it("an AI Product Engineer holds every row", () => {
    expect(missingOf("rag", "AIPE")).toEqual([]);
  });

  it("a Senior ML Engineer lacks one level of API and streaming, nothing else", () => {
    expect(missingOf("rag", "MLE")).toEqual(["S03 2 < 3"]);
  });

  it("so the guide's one Senior ML Engineer is exported with S03 raised to 3", () => {
    const { needs, roles } = needsOf("rag");
    const engineer = roles.find((role) => role.id === "MLE");
    expect(engineer?.requirements.find((r) => r.skillId === "S03")).toMatchObject({
      level: 3,
      importance: "must",
      raisedBy: ["overlay:rag"],
    });
    expect(checkRoleCoverage(needs, roles).find((one) => one.id === "MLE")).toMatchObject({ alone: true });
    const line = writeWideCsv({ catalogue: SKILL_CATALOGUE, roles, asOf: "2026-12-01" })
      .split("\r\n")
      .find((row) => row.startsWith("S03,"));
    expect(line?.split('"')[3]).toBe("3 Practitioner, must");
  });

  it("a person is asked the same, by what counts of their ratings", () => {
    const { needs } = needsOf("rag");
    const ratings = ROLES.find((role) => role.id === "AIPE")?.requirements.map(({ skillId, level }) => ({
      skillId,
      level,
      source: "evidence" as const,
      at: "2026-11-01",
    }));
    const person: Person = {
      id: "a",
      alias: "A",
      roleId: null,
      availabilityPct: 100,
      ratings: ratings ?? [],
    };
    expect(checkPeopleCoverage(needs, [person], "2026-12-01")[0]?.alone).toBe(true);
    const busy = { ...person, availabilityPct: 19 };
    expect(checkPeopleCoverage(needs, [busy], "2026-12-01")).toEqual([]);
  });

  it("one role is the smallest team", () => {
    expect(findSmallestTeam(needsOf("rag").needs, ROLES)).toEqual(["AIPE"]);
  });
});

describe("who can hold an MLOps pilot", () => {
  it("no single role, neither by the table nor as this project raises it", () => {
    const { needs, roles } = needsOf("forecast");
    for (const table of [ROLES, roles]) {
      expect(checkRoleCoverage(needs, table).filter((one) => one.alone)).toEqual([]);
    }
  });

  it("the operator lacks data and training, the ML engineer pipelines, data and deployment", () => {
    expect(missingOf("forecast", "OPS")).toEqual(["S09 2 < 3", "S15 2 < 3"]);
    expect(missingOf("forecast", "MLE")).toEqual(["S09 2 < 3", "S13 2 < 3", "S14 2 < 3"]);
  });

  it("operator, ML engineer and data engineer hold it together, and no two roles do", () => {
    expect(findSmallestTeam(needsOf("forecast").needs, ROLES)).toEqual(["MLE", "OPS", "DE"]);
  });
});
