import { expect, test } from "vitest";
import { PRESETS } from "#server/brief/presets.data.ts";
import type { Answers } from "#server/brief/schema.ts";
import { orderQuestions } from "#server/decision/order-questions.ts";
import { pickLayers } from "#server/decision/pick-layers.ts";
import { RULE_SET } from "#server/decision/read-rule-set.ts";
import { WorkspaceId } from "#server/identity/schema.ts";
import { newId } from "#server/new-id.ts";
import { SKILL_CATALOGUE } from "#server/team/read-catalogue.ts";
import { keepDecision, keepDemand, keepOrder } from "./keep-decision.ts";

const workspace = WorkspaceId.parse(newId("wsp"));
const given = (PRESETS.find(({ id }) => id === "rag_support")?.answers ?? {}) as Answers;

test("a decision that is kept is the one that the rules give, for each set of answers its own", () => {
  for (const answers of [given, { ...given, bound: "cpu" }, given]) {
    expect(keepDecision(workspace, RULE_SET, answers)).toEqual(pickLayers(RULE_SET, answers));
    expect(keepOrder(workspace, RULE_SET, answers)).toEqual(orderQuestions(RULE_SET, answers));
  }
});

test("the same answers are judged once, until ten screens of others came between", () => {
  const first = keepDemand(workspace, RULE_SET, SKILL_CATALOGUE, given, "rag");
  expect(keepDemand(workspace, RULE_SET, SKILL_CATALOGUE, { ...given }, "rag")).toBe(first);
  for (let peak = 1; peak <= 200; peak++) {
    keepDemand(workspace, RULE_SET, SKILL_CATALOGUE, { ...given, peak_rps: peak + 0.123 }, "rag");
  }
  expect(keepDemand(workspace, RULE_SET, SKILL_CATALOGUE, given, "rag")).not.toBe(first);
  expect(keepDemand(workspace, RULE_SET, SKILL_CATALOGUE, given, "rag")).toEqual(first);
});

test("another workspace, another version of rules or skills, or another kind is another decision", () => {
  const kept = keepDemand(workspace, RULE_SET, SKILL_CATALOGUE, given, "rag");
  expect(keepDemand(WorkspaceId.parse(newId("wsp")), RULE_SET, SKILL_CATALOGUE, given, "rag")).not.toBe(kept);
  expect(keepDemand(workspace, { ...RULE_SET, version: "9.9.9" }, SKILL_CATALOGUE, given, "rag")).not.toBe(
    kept,
  );
  expect(keepDemand(workspace, RULE_SET, { ...SKILL_CATALOGUE, version: "9.9.9" }, given, "rag")).not.toBe(
    kept,
  );
  expect(keepDemand(workspace, RULE_SET, SKILL_CATALOGUE, given, "forecast")).not.toBe(kept);
});
