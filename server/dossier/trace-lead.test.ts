import { expect, test } from "vitest";
import { leadTrace } from "./trace-lead.ts";
import type { TraceRow } from "./trace-project.ts";

const row = (more: Partial<TraceRow> = {}): TraceRow => ({
  layer: "api",
  name: "API",
  question: "What answers the requests?",
  status: "decided",
  answer: null,
  pick: { id: "py_fastapi", label: "FastAPI", margin: 1, close: false, teamPick: null },
  override: null,
  tied: [],
  gaps: [{ skillId: "S03", skill: "API and streaming", needs: 3, held: 3, short: 0, holders: 2 }],
  interview: null,
  task: null,
  gate: null,
  measured: { kind: "not_run" },
  wouldChange: null,
  ends: false,
  ...more,
});
const short = { skillId: "S06", skill: "Fine-tuning", needs: 3, held: 1, short: 2, holders: 0 };

test("before anything is known it says so", () => {
  expect(leadTrace([row({ pick: null, gaps: [] })], [])).toBe(
    "No layer is decided yet: answers are missing. Nothing is measured yet.",
  );
});

test("it counts decided layers, short skills and verdicts in words", () => {
  const rows = [row(), row({ gaps: [short] }), row({ pick: null, gaps: [] })];
  expect(leadTrace(rows, ["pass", "pass", "fail", "inconclusive"])).toBe(
    "Two of three layers are decided. One skill is short. Of four targets two pass, one fails and one cannot be told from this sample.",
  );
});

test("one outcome for all is said once", () => {
  expect(leadTrace([row()], ["pass", "pass"])).toBe(
    "One layer is decided. No skill is short. Both targets pass.",
  );
  expect(leadTrace([row()], ["inconclusive"])).toMatch(/The one target cannot be told from this sample\.$/);
});

test("a team that nobody rated is not called short", () => {
  expect(leadTrace([row({ gaps: [{ ...short, held: null }] })], [])).toMatch(
    /Nobody’s skills are assessed yet\./,
  );
});

test("an answer that a run contradicts is named last", () => {
  const measured = {
    kind: "contradicted" as const,
    questionId: "bound",
    from: "io",
    to: "cpu",
    runId: "run_1",
    becomes: null,
  };
  expect(leadTrace([row({ measured })], ["pass"])).toMatch(/One measured answer contradicts the brief\.$/);
});
