import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { PRESETS } from "#server/brief/presets.data.ts";
import { QUESTIONS } from "#server/brief/questions.data.ts";
import { RISKS } from "#server/plan/risks.data.ts";
import { PILOTS } from "#server/plan/tasks.data.ts";
import { INTERVIEW_QUESTIONS } from "#server/team/interview-questions.data.ts";
import { ROLES } from "#server/team/roles.data.ts";
import { SKILLS } from "#server/team/skills.data.ts";
import { CLAIMS } from "./claims.data.ts";
import { COVERAGE } from "./coverage.data.ts";
import { LAYER_RISKS } from "./layer-risks.data.ts";
import { LESSONS } from "./lessons.data.ts";
import { RULE_SET } from "./read-rule-set.ts";
import golden from "./scenarios.golden.json" with { type: "json" };
import { Claim, Lesson } from "./schema.ts";

const rows = COVERAGE.trim()
  .split("\n")
  .map((line) => {
    const [id = "", kinds = "", topic = "", places = ""] = line.split(" | ");
    return { id, kinds: kinds.split(" "), topic, places: places.split(" ") };
  });

const ids = (list: readonly { id: string }[]) => new Set(list.map(({ id }) => id));
const sources = ids(RULE_SET.sources);
const known: Record<string, Set<string>> = {
  question: ids(QUESTIONS),
  rule: ids(RULE_SET.rules),
  claim: ids(CLAIMS),
  lesson: ids(LESSONS),
  note: ids(LAYER_RISKS),
  risk: ids(RISKS),
  task: ids(Object.values(PILOTS).flatMap(({ tasks }) => tasks)),
  skill: ids(SKILLS),
  role: ids(ROLES),
  interview: ids(INTERVIEW_QUESTIONS),
  preset: ids(PRESETS),
  scenario: ids(golden.scenarios),
  option: new Set(RULE_SET.layers.flatMap((layer) => layer.options.map(({ id }) => `${layer.id}/${id}`))),
  threshold: new Set(
    RULE_SET.rules.flatMap((rule) =>
      Object.keys(rule.thresholds).map((question) => `${rule.id}/${question}`),
    ),
  ),
  page: new Set(
    ["brief", "decision", "team", "plan", "scaffold", "benchmark", "dossier"].filter((room) =>
      existsSync(`app/projects/[projectId]/${room}/page.tsx`),
    ),
  ),
};
/** Kinds that this program answers itself, and where it may answer them. */
const OURS = ["Q", "R", "T", "G", "X", "CL"];
const PLACES: Record<string, string[]> = { Q: ["question", "preset", "page"], CL: ["claim"] };

test("every row of the guides is there once, and every disagreement between them", () => {
  const expected = [
    ...Array.from({ length: 155 }, (_, at) => `A${at + 1}`),
    ...Array.from({ length: 23 }, (_, at) => `C${at + 1}`),
  ];
  expect(rows.map((row) => row.id)).toEqual(expected);
});

describe.each(rows)("$id, $topic", ({ kinds, places }) => {
  test("names places that exist", () => {
    const missing = places.filter((place) => {
      const [kind = "", id = ""] = place.split(":");
      return !known[kind]?.has(id);
    });
    expect(missing).toEqual([]);
  });

  test("has a place of the kind it is", () => {
    const found = places.map((place) => place.split(":")[0] ?? "");
    for (const kind of kinds.filter((one) => OURS.includes(one))) {
      const may = PLACES[kind] ?? Object.keys(known);
      expect(found.some((place) => may.includes(place))).toBe(true);
    }
  });
});

test("a claim and a lesson name sources that exist, and only evidence moves a claim", () => {
  for (const claim of CLAIMS) {
    expect(Claim.parse(claim)).toEqual(claim);
    expect(
      [claim.source, ...claim.evidence.map(({ source }) => source)].filter((id) => !sources.has(id)),
    ).toEqual([]);
    expect(claim.status === "unverified").toBe(claim.evidence.length === 0);
  }
  for (const lesson of LESSONS) {
    expect(Lesson.parse(lesson)).toEqual(lesson);
    expect(lesson.sources.filter((id) => !sources.has(id))).toEqual([]);
    expect(lesson.rows.every((row) => row.length === lesson.columns.length)).toBe(true);
  }
});

test("every risk beside fitness speaks of options and questions that exist", () => {
  for (const { layer, options, evidence, when } of LAYER_RISKS) {
    for (const option of options ?? []) expect(known.option?.has(`${layer}/${option}`)).toBe(true);
    expect(sources.has(evidence.source)).toBe(true);
    for (const [, id] of JSON.stringify(when).matchAll(/"q":"(\w+)"/g)) {
      expect(known.question?.has(id ?? "")).toBe(true);
    }
  }
});
