import { describe, expect, it } from "vitest";
import { writeLongCsv, writeWideCsv } from "./export-matrix-csv.ts";
import { SKILL_CATALOGUE } from "./read-catalogue.ts";
import { requireSkills } from "./require-skills.ts";
import type { RequiredRole } from "./schema.ts";

const { roles } = requireSkills({ kind: "rag", onDevice: false, layers: [], policies: [] }, SKILL_CATALOGUE);
const ASKED = { catalogue: SKILL_CATALOGUE, roles, asOf: "2026-12-01" };

/** RFC 4180, read by hand. */
function parse(csv: string): string[][] {
  return [...csv.matchAll(/((?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,(?:"(?:[^"]|"")*"|[^",\r\n]*))*)\r\n/g)].map(
    (line) =>
      [...(line[1] ?? "").matchAll(/(?:^|,)("(?:[^"]|"")*"|[^",]*)/g)].map((cell) =>
        (cell[1] ?? "").replace(/^"([\s\S]*)"$/, "$1").replaceAll('""', '"'),
      ),
  );
}

function named(name: string): RequiredRole[] {
  return roles.slice(0, 1).map((role) => ({ ...role, name }));
}

describe("the wide table", () => {
  const [head, ...rows] = parse(writeWideCsv(ASKED));

  it("has a row a skill, a column a role, and labels instead of bare numbers", () => {
    expect(head).toEqual([
      "Skill ID",
      "Skill",
      "Group",
      "AI Product Engineer",
      "Senior ML Engineer",
      "MLOps Engineer",
      "Data Engineer",
      "Systems Engineer",
      "AI Security Engineer",
      "AI Product Lead",
    ]);
    expect(rows).toHaveLength(24);
    expect(rows.every((row) => row.length === 10)).toBe(true);
    expect(rows.find((row) => row[0] === "S03")).toEqual([
      "S03",
      "API and streaming services",
      "Service",
      "3 Practitioner, must",
      "3 Practitioner, must",
      "2 Working, should",
      "1 Aware, could",
      "3 Practitioner, should",
      "2 Working, should",
      "1 Aware, could",
    ]);
    expect(rows.find((row) => row[0] === "S18")?.[3]).toBe("not required");
  });

  it("begins with its first heading, without a byte order mark, and ends lines as the standard says", () => {
    const csv = writeWideCsv(ASKED);
    expect(csv.startsWith("Skill ID,")).toBe(true);
    expect(csv.split("\r\n")).toHaveLength(26);
    expect(csv.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });
});

describe("the long table", () => {
  const [head, ...rows] = parse(writeLongCsv(ASKED));

  it("has a row a requirement with the anchor of its level, the weight, the source and the day", () => {
    expect(head).toEqual([
      "role family",
      "role",
      "role level",
      "skill id",
      "skill name",
      "skill description",
      "skill level",
      "skill level description",
      "importance",
      "weight",
      "source",
      "as of",
    ]);
    expect(rows).toHaveLength(roles.reduce((sum, role) => sum + role.requirements.length, 0));
    expect(rows.find((row) => row[1] === "Senior ML Engineer" && row[3] === "S03")).toEqual([
      "Engineering",
      "Senior ML Engineer",
      "R4",
      "S03",
      "API and streaming services",
      "Serving a model behind an interface that streams, limits and is tested under load.",
      "3 Practitioner",
      "Streams tokens, caches, limits rates and load-tests to a stated objective.",
      "must",
      "3",
      "role table 1.0.0, raised by overlay:rag",
      "2026-12-01",
    ]);
  });
});

describe("text that a spreadsheet would run", () => {
  it.each([
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\0=1",
    "＝1",
    "＋1",
    "－1",
    "＠A",
    '=HYPERLINK("http://x","y")',
  ])("%j stays text", (name) => {
    const head = writeWideCsv({ ...ASKED, roles: named(name) });
    expect(head.includes(`'${name.replaceAll('"', '""')}`)).toBe(true);
  });

  it.each(["a=1", "C++", "a-b", "x@y", 'O\'Neil, "the" one', "a\nb", "Zoë, 李"])(
    "%j is unchanged",
    (name) => {
      expect(parse(writeLongCsv({ ...ASKED, roles: named(name) }))[1]?.[1]).toBe(name);
    },
  );
});
