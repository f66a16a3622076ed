import { expect, test } from "vitest";
import { judgeReport } from "#server/benchmark/judge-report.ts";
import { PRESETS } from "#server/brief/presets.data.ts";
import { QUESTIONS } from "#server/brief/questions.data.ts";
import { pickLayers } from "#server/decision/pick-layers.ts";
import { RULE_SET } from "#server/decision/read-rule-set.ts";
import type { SkillGap } from "#server/team/schema.ts";
import { makeQuestion, makeReport } from "#server/testing/make-report.ts";
import { listUnknowns } from "./list-unknowns.ts";

const answers = PRESETS.find((preset) => preset.id === "rag_support")?.answers ?? {};
const gap = (skillId: string, assessed: boolean): SkillGap => ({
  skillId: skillId as SkillGap["skillId"],
  required: 3,
  importance: "must",
  onOverlay: true,
  covered: 0,
  assessed,
  gap: 3,
  holders: [],
  busFactor: 0,
  severity: "high",
  stale: false,
  selfRated: false,
});
const known = (given = answers) => ({
  questions: QUESTIONS,
  answers: given,
  decision: pickLayers(RULE_SET, given),
  gaps: [gap("S01", true)],
  verdicts: judgeReport(makeReport()),
});

test("a question nobody answered is printed with the layers it could change", () => {
  const { bound: _, ...without } = answers;
  const found = listUnknowns(known(without)).find((unknown) => unknown.what === "Bottleneck");
  expect(found).toMatchObject({ room: "brief" });
  expect(found?.why).toMatch(/^Could change .*hot path/);
});

test("no more than four questions are printed, those that could move most layers first", () => {
  const listed = listUnknowns(known({ project: "rag" })).filter((unknown) => unknown.room === "brief");
  expect(listed).toHaveLength(4);
});

test("nothing stored is an unknown of its own, an open verdict prints its reason", () => {
  expect(listUnknowns({ ...known(), verdicts: null }).at(-1)).toEqual({
    room: "benchmark",
    what: "Whether it does what was promised",
    why: "No run is stored.",
  });
  const questions = [makeQuestion()];
  const open = listUnknowns({ ...known(), verdicts: judgeReport(makeReport({ questions })) });
  expect(open).toContainEqual(expect.objectContaining({ room: "benchmark", what: "answer_accuracy" }));
  expect(listUnknowns(known()).filter((unknown) => unknown.room === "benchmark")).toEqual([]);
});

test("skills that nobody was assessed on are counted", () => {
  const some = { ...known(), gaps: [gap("S01", true), gap("S02", false)] };
  expect(listUnknowns(some).find((unknown) => unknown.room === "team")?.what).toBe(
    "1 of 2 skills that it needs",
  );
  const none = { ...known(), gaps: [gap("S02", false)] };
  expect(listUnknowns(none).find((unknown) => unknown.room === "team")?.what).toBe("Who can build it");
});
