import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { RULE_SET } from "#server/decision/read-rule-set.ts";
import { SKILL_CATALOGUE } from "./read-catalogue.ts";
import { ONET } from "./references.data.ts";

const skills = SKILL_CATALOGUE.skills;

test("every skill says where the guides speak of it, and every guide named is a source of the rules", () => {
  const sources = new Set(RULE_SET.sources.map(({ id }) => id));
  expect(skills.filter(({ guides }) => guides.length === 0)).toEqual([]);
  expect(skills.flatMap(({ guides }) => guides).filter(({ source }) => !sources.has(source))).toEqual([]);
});

test("the ten skills of the guide are numbered as there", () => {
  const numbered = skills
    .flatMap(({ id, guides }) => guides.map(({ place }) => [id, /^skill (\d+)/.exec(place)?.[1]] as const))
    .filter(([, number]) => number !== undefined);
  expect(numbered.sort().map(([id, number]) => Number(id.slice(1)) === Number(number))).toEqual(
    Array(10).fill(true),
  );
});

test("a technology name belongs to a tool tag of its skill, and the licence asks for attribution", () => {
  const strange = skills.flatMap(({ id, toolTags, technologies }) =>
    technologies
      .filter(({ toolTag }) => !toolTags.includes(toolTag))
      .map(({ toolTag }) => `${id} ${toolTag}`),
  );
  expect(strange).toEqual([]);
  expect(ONET.attribution).toContain("USDOL/ETA");
  expect(ONET.attribution).toContain(ONET.licence);
});

const folder = process.env.PILOTAGE_EVAL_DATA;
const file = folder ? join(folder, "dev-onet", "technology_skills.tsv.gz") : null;
const isThere = file !== null && existsSync(file);

describe.skipIf(!isThere)(
  `technology names are those of O*NET${isThere ? "" : ": SKIPPED, PILOTAGE_EVAL_DATA has no dev-onet"}`,
  () => {
    const known = new Set(
      isThere
        ? gunzipSync(readFileSync(file))
            .toString("utf8")
            .split("\n")
            .map((line) => line.split("\t"))
            .map(([, name, code]) => `${name} | ${code}`)
        : [],
    );
    const named = skills.flatMap(({ technologies }) => technologies);

    test.each(named)("$toolTag is $name, commodity $commodityCode", ({ name, commodityCode }) => {
      expect(known).toContain(`${name} | ${commodityCode}`);
    });

    test("a skill without a name has none to find", () => {
      const names = [...known].map((row) => row.split(" | ")[0]?.toLowerCase());
      const missed = skills
        .filter(({ technologies }) => technologies.length === 0)
        .flatMap(({ id, toolTags }) =>
          toolTags.filter((tag) => names.includes(tag.toLowerCase())).map((tag) => `${id} ${tag}`),
        );
      expect(missed).toEqual([]);
    });
  },
);
