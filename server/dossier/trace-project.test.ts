import { expect, test } from "vitest";
import type { Verdict } from "#server/benchmark/schema.ts";
import { PRESETS } from "#server/brief/presets.data.ts";
import { QUESTIONS } from "#server/brief/questions.data.ts";
import type { Answer, Answers } from "#server/brief/schema.ts";
import { pickLayers } from "#server/decision/pick-layers.ts";
import { RULE_SET } from "#server/decision/read-rule-set.ts";
import { scheduleTasks } from "#server/plan/schedule-tasks.ts";
import { INTERVIEW_QUESTIONS } from "#server/team/interview-questions.data.ts";
import type { SkillGap } from "#server/team/schema.ts";
import { SKILLS } from "#server/team/skills.data.ts";
import { TRACE_LINKS } from "./trace-links.data.ts";
import { type TraceInput, traceProject } from "./trace-project.ts";

const preset: Answers = PRESETS.find(({ id }) => id === "rag_support")?.answers ?? {};

function makeInput({
  answers = preset,
  ...more
}: Partial<Omit<TraceInput, "answers">> & { answers?: Answers } = {}) {
  const records = Object.entries(answers).map(
    ([questionId, value]): Answer => ({
      questionId,
      value,
      source: "preset",
      note: null,
      runId: null,
      answeredBy: null,
      answeredAt: "2026-11-20T12:00:00.000Z",
    }),
  );
  const input: TraceInput = {
    pilot: "rag",
    questions: QUESTIONS,
    answers: records,
    decision: pickLayers(RULE_SET, answers),
    layers: RULE_SET.layers,
    skills: SKILLS,
    gaps: [],
    interview: [{ id: "Q04", prompt: "Walk me through it.", skillIds: ["S11", "S03"] }],
    plan: scheduleTasks({ kind: "rag", startDate: "2026-11-30", holidays: [], states: {}, outcomes: {} }),
    run: null,
    proposals: [],
    after: [],
    ...more,
  };
  return input;
}

function traceOf(layer: string, input: TraceInput) {
  const row = traceProject(input).find((candidate) => candidate.layer === layer);
  if (!row) throw new Error(`no row for ${layer}`);
  return row;
}

const gap = (skillId: string, more: Partial<SkillGap> = {}): SkillGap => ({
  skillId,
  required: 3,
  importance: "must",
  onOverlay: true,
  covered: 2,
  assessed: true,
  gap: 1,
  holders: [],
  busFactor: 0,
  severity: "high",
  stale: false,
  selfRated: false,
  ...more,
});

const verdict = (metric: Verdict["metric"], outcome: Verdict["verdict"]): Verdict => ({
  metric,
  verdict: outcome,
  reason: "",
  bound: 1800,
  n: 2400,
  needs: {},
  value: 1770,
  target: { metric, comparison: "lt", value: 2000, confidence: 0.95 },
});

test("every layer that applies has one line, in the order of the rule set", () => {
  const rows = traceProject(makeInput());
  expect(rows.map((row) => row.layer)).toEqual(RULE_SET.layers.map((layer) => layer.id));
  const forecast = traceProject(makeInput({ answers: { ...preset, project: "forecast" } }));
  expect(forecast.map((row) => row.layer)).not.toContain("retrieval");
});

test("a line starts at the answer that moved its pick, with where it came from", () => {
  expect(traceOf("hotpath", makeInput()).answer).toEqual({
    questionId: "bound",
    text: "Waiting for network or disk",
    said: "bound = io",
    source: "preset",
    answeredAt: "2026-11-20T12:00:00.000Z",
  });
});

test("a line goes on to the pick, its gap, its question, its task and its gate", () => {
  const row = traceOf(
    "api",
    makeInput({ gaps: [gap("S01", { gap: 0, covered: 3, busFactor: 1 }), gap("S03")] }),
  );
  expect(row.pick).toMatchObject({ id: "py_fastapi", label: "FastAPI" });
  expect(row.gaps.map(({ skillId, short }) => [skillId, short])).toEqual([
    ["S03", 1],
    ["S01", 0],
  ]);
  expect(row.interview?.id).toBe("Q04");
  expect(row.task).toMatchObject({ id: "RAG-D4-3", status: "todo" });
  expect(row.gate).toMatchObject({ day: 5, date: "2026-12-04", outcome: null });
});

test("a skill that nobody was rated on is not assessed, never zero", () => {
  const unrated = gap("S03", { assessed: false, covered: 0, gap: 3 });
  expect(traceOf("api", makeInput({ gaps: [unrated] })).gaps).toMatchObject([{ held: null, short: 3 }]);
});

test("before a run it says not run; a layer without a target says so", () => {
  expect(traceOf("api", makeInput()).measured).toEqual({ kind: "not_run" });
  expect(traceOf("data", makeInput()).measured).toEqual({ kind: "no_target" });
});

test("after a run a line ends in its verdict", () => {
  const run = {
    runId: "run_1",
    finishedAt: "2026-12-09T10:00:00Z",
    verdicts: [verdict("latency_p95_ms", "pass")],
  };
  expect(traceOf("api", makeInput({ run })).measured).toMatchObject({
    kind: "verdict",
    outcome: "pass",
    bound: 1800,
  });
  expect(traceOf("retrieval", makeInput({ run })).measured).toEqual({ kind: "no_target" });
});

test("a measurement that contradicts the brief leads back to the answer", () => {
  const run = { runId: "run_1", finishedAt: "2026-12-09T10:00:00Z", verdicts: [] };
  const proposals = [{ questionId: "bound", from: "io", to: "cpu", runId: "run_1" }];
  const after = pickLayers(RULE_SET, { ...preset, bound: "cpu" }).layers;
  expect(traceOf("hotpath", makeInput({ run, proposals, after })).measured).toEqual({
    kind: "contradicted",
    questionId: "bound",
    from: "bound = io",
    to: "bound = cpu",
    runId: "run_1",
    becomes: { pick: "Native libraries", teamPick: null },
  });
});

test("a client that stays on the server ends its line: nothing to staff, ask or test", () => {
  expect(traceOf("client", makeInput()).ends).toBe(true);
  expect(traceOf("api", makeInput()).ends).toBe(false);
});

test("without answers every line is open and says what is unknown", () => {
  const row = traceOf("hotpath", makeInput({ answers: {} }));
  expect(row).toMatchObject({ answer: null, pick: null, status: "undecided" });
  expect(row.wouldChange).not.toBeNull();
});

test("every skill that a pick asks for has an interview question", () => {
  const asked = RULE_SET.layers.flatMap((layer) =>
    layer.options.flatMap((option) => option.skills.map(({ skill }) => skill)),
  );
  const probed = new Set(INTERVIEW_QUESTIONS.flatMap((question) => question.skillIds));
  expect(asked.filter((skill) => !probed.has(skill))).toEqual([]);
});

test("every layer of the rule set is linked to what proves it, and every task exists", () => {
  expect(Object.keys(TRACE_LINKS).sort()).toEqual(RULE_SET.layers.map((layer) => layer.id).sort());
  const tasks = ["rag", "forecast"].flatMap((kind) =>
    scheduleTasks({ kind: kind as "rag", startDate: null, holidays: [], states: {}, outcomes: {} }).tasks.map(
      ({ id }) => id,
    ),
  );
  const linked = Object.values(TRACE_LINKS).flatMap(({ task }) => [task.rag, task.mlops]);
  expect(linked.filter((id) => id !== null && !tasks.includes(id))).toEqual([]);
});

test("a project of another kind is traced through the tasks of its own pilot", () => {
  const plan = scheduleTasks({ kind: "forecast", startDate: null, holidays: [], states: {}, outcomes: {} });
  const row = traceOf(
    "data",
    makeInput({ pilot: "mlops", plan, answers: { ...preset, project: "forecast" } }),
  );
  expect(row.task?.id).toBe("ML-D4-1");
  expect(row.gate).toMatchObject({ day: 5, date: null });
});
