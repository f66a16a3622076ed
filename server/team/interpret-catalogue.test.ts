import { describe, expect, test } from "vitest";
import { writeCatalogueCsv } from "./export-catalogue-csv.ts";
import { interpretCatalogue, nextVersion } from "./interpret-catalogue.ts";
import { loadCatalogue } from "./load-catalogue.ts";
import { parseCsv } from "./parse-csv.ts";
import { SKILL_CATALOGUE } from "./read-catalogue.ts";

function read(csv: string) {
  const parsed = parseCsv(new TextEncoder().encode(csv));
  if (!parsed.ok) return { problems: parsed.problems.map(({ message }) => message) };
  const said = interpretCatalogue(parsed.tables[0]?.rows ?? [], SKILL_CATALOGUE, "1.1.0");
  if (!said.ok) return { problems: said.problems.map(({ message }) => message) };
  const loaded = loadCatalogue(said.document);
  return loaded.ok ? { catalogue: loaded.catalogue } : { problems: loaded.problems };
}

const csv = () => writeCatalogueCsv(SKILL_CATALOGUE);

test("the catalogue that goes out as a table comes back the same, references and all", () => {
  const { catalogue } = read(csv());
  const order = new Map(catalogue?.skills.map((skill) => [skill.id, skill]));
  expect(catalogue).toMatchObject({ version: "1.1.0", roles: SKILL_CATALOGUE.roles });
  expect(SKILL_CATALOGUE.skills.map(({ id }) => order.get(id))).toEqual(SKILL_CATALOGUE.skills);
});

test("a level that does not exist is a dash, and comes back as one", () => {
  const short = csv().replace("Designs fleet updates and privacy.", "-");
  const { catalogue } = read(short);
  const skill = catalogue?.skills.find(({ id }) => id === "S20");
  expect(skill?.anchors[3]).toBe(null);
  expect(catalogue && writeCatalogueCsv(catalogue)).toContain(",–,ONNX Runtime");
});

test("a new skill and a changed requirement are taken, and columns that are missing leave what is there", () => {
  const head = "Skill ID,Skill,Group,Description,Level 1,Level 2,Level 3,Level 4,Tools,Other names";
  const more = `S25,Spoken interfaces,Language models and retrieval,Voice in and out.,Hears it.,-,-,-,,`;
  const rows = csv().split("\r\n").slice(1).filter(Boolean);
  const withRoles = (csv().split("\r\n")[0] ?? "").replace(head, "");
  const file = [`${head}${withRoles}`, ...rows, `${more}${",not required".repeat(7)}`].join("\n");
  expect(read(file).catalogue?.skills.at(-1)).toMatchObject({
    id: "S25",
    group: "language",
    anchors: ["Hears it.", null, null, null],
  });
  const ids = SKILL_CATALOGUE.skills.map(({ id }) => `${id},${id === "S18" ? "3M" : "2"}`);
  const { catalogue } = read(["Skill ID,Data Engineer", ...ids].join("\n"));
  expect(catalogue?.roles.find(({ id }) => id === "DE")?.requirements).toContainEqual({
    skillId: "S18",
    level: 3,
    importance: "must",
  });
  expect(catalogue?.roles[0]).toEqual(SKILL_CATALOGUE.roles[0]);
});

describe("a table that cannot be used says where", () => {
  test.each([
    ["Skill ID,Wizard\nS01,2\n", "Row 1, column B: “Wizard” is no role"],
    ["Skill,MLE\nS01,2\n", "no column is headed “Skill ID”"],
    ["Skill ID,MLE\nS01,2\nS01,3\n", "Row 3, column A: the skill S01"],
    ["Skill ID,MLE\nS01,9\n", "Row 2, column B: “9” is no level"],
    ["Skill ID,Level 4,MLE\nS01,-,4\n", "Row 2, column C: S01 has no level 4"],
    ["Skill ID,MLE\nS01,2\n", "there is no skill S02"],
    ["Skill ID,Skill\nT01,New\n", "S01 to S99"],
  ])("%j", (file, said) => {
    expect((read(file).problems ?? []).join("\n")).toContain(said);
  });
});

test("a version that nobody named is the next minor one", () => {
  expect(nextVersion("1.9.4")).toBe("1.10.0");
});
