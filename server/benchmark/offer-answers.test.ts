import { describe, expect, test } from "vitest";
import { PRESETS } from "#server/brief/presets.data.ts";
import { QUESTIONS } from "#server/brief/questions.data.ts";
import { judgeLayers } from "#server/decision/judge-layers.ts";
import { RULE_SET } from "#server/decision/read-rule-set.ts";
import { makeQuestion, makeReport } from "#server/testing/make-report.ts";
import { MEASURED_ANSWERS } from "./measured-answers.data.ts";
import { offerAnswers } from "./offer-answers.ts";

const stage = (wallMs: number, cpuMs: number, side: "wrapper" | "model" = "wrapper") => ({
  name: side,
  side,
  calls: 50,
  wallMs,
  cpuMs,
});
const offered = (report: Parameters<typeof offerAnswers>[0], answers = {}) =>
  Object.fromEntries(offerAnswers(report, answers).map(({ questionId, value }) => [questionId, value]));

describe("the stage profile answers what the service spends its time on", () => {
  test.each([
    { wallMs: 1000, cpuMs: 900, bound: "cpu" },
    { wallMs: 1000, cpuMs: 500, bound: "cpu" },
    { wallMs: 1000, cpuMs: 499, bound: "io" },
    { wallMs: 1000, cpuMs: 0, bound: "io" },
  ])("$cpuMs of $wallMs ms computing: $bound", ({ wallMs, cpuMs, bound }) => {
    expect(offered(makeReport({ overrides: { stages: [stage(wallMs, cpuMs)] } })).bound).toBe(bound);
  });

  test("no profile, no answer", () => {
    expect(offered(makeReport({ overrides: { stages: [] } }))).not.toHaveProperty("bound");
  });
});

test("only what differs from the brief or is unknown there is offered", () => {
  const report = makeReport();
  expect(offered(report, { bound: "cpu" })).not.toHaveProperty("bound");
  expect(offered(report, { bound: "unknown" }).bound).toBe("cpu");
  expect(offerAnswers(report, { bound: "io" })[0]).toEqual({
    questionId: "bound",
    value: "cpu",
    current: "io",
    because:
      "Stage profile: the processor worked 740 of 800 ms (93 %). From 50 % on the work is computing, below it is waiting.",
  });
});

test("a plain report answers five questions, each with its number", () => {
  expect(offered(makeReport())).toEqual({
    bound: "cpu",
    wrapper_share_pct: 62.5,
    p95_over_target: 0.2,
    answer_accuracy_lower: 0.9418,
    answer_accuracy_target: 0.8,
  });
});

describe("a sealed target fills a gap in the brief", () => {
  const cost = { metric: "usd_per_1k" as const, comparison: "lt" as const, value: 5, confidence: 0.95 };
  const report = makeReport({ config: { targets: [cost] } });

  test("it is offered where the brief has none, and says where it comes from", () => {
    const [offer] = offerAnswers(report, {}).filter(({ questionId }) => questionId === "usd_per_1k_target");
    expect(offer).toMatchObject({ value: 5, current: null });
    expect(offer?.because).toBe(
      `Not measured: the target in the configuration that was sealed before the run (${report.configSha256.slice(0, 8)}).`,
    );
  });

  test.each([
    ["the brief says another", { usd_per_1k_target: 4 }, undefined],
    ["the brief says it is unknown", { usd_per_1k_target: "unknown" }, 5],
  ])("%s", (_title, answers, expected) => {
    expect(offered(report, answers).usd_per_1k_target).toBe(expected);
  });

  test("a target that looks the other way, or none, fills nothing", () => {
    const odd = makeReport({ config: { targets: [{ ...cost, comparison: "gt" }] } });
    expect(offered(odd)).not.toHaveProperty("usd_per_1k_target");
    expect(offered(odd)).not.toHaveProperty("answer_accuracy_target");
  });

  test("so a shown miss that is retrieval's fires RET-7, and one that costs too much fires MOD-7", () => {
    const rag = PRESETS.find(({ id }) => id === "rag_support")?.answers ?? {};
    const fired = (run: ReturnType<typeof makeReport>) =>
      judgeLayers(RULE_SET, { ...rag, ...offered(run) }).flatMap((layer) =>
        layer.fired.map(({ rule }) => rule),
      );
    const misses = Array.from({ length: 50 }, (_, at) =>
      makeQuestion({ id: `q${at}`, correct: at < 25, errorClass: at < 25 ? null : "retrieval" }),
    );
    expect(fired(makeReport())).not.toContain("RET-7");
    expect(fired(makeReport({ questions: misses }))).toContain("RET-7");
    const answer = { ...report.config.answer, usdPerMillionTokensIn: 100, usdPerMillionTokensOut: 200 };
    const usage = { tokensIn: 50_000, tokensOut: 5_000, answers: 50 };
    expect(fired(report)).not.toContain("MOD-7");
    expect(fired(makeReport({ config: { targets: [cost], answer }, overrides: { usage } }))).toContain(
      "MOD-7",
    );
  });
});

test("a load that was sent late answers nothing about latency", () => {
  const report = makeReport();
  for (const request of report.requests) request.sentMs += 30;
  expect(offered(report)).not.toHaveProperty("p95_over_target");
  expect(offered(report)).toHaveProperty("bound");
});

test("cost is offered where prices are known", () => {
  const answer = { ...makeReport().config.answer, usdPerMillionTokensIn: 1, usdPerMillionTokensOut: 2 };
  const usage = { tokensIn: 50_000, tokensOut: 5_000, answers: 50 };
  expect(offered(makeReport({ config: { answer }, overrides: { usage } })).usd_per_1k).toBe(1.2);
});

test("the main class of misses needs a majority over the next", () => {
  const miss = (id: string, errorClass: "retrieval" | "generation") =>
    makeQuestion({ id, correct: false, errorClass });
  const one = [miss("a", "retrieval"), miss("b", "generation")];
  expect(offered(makeReport({ questions: one }))).not.toHaveProperty("error_class_main");
  const two = [...one, miss("c", "retrieval")];
  expect(offered(makeReport({ questions: two })).error_class_main).toBe("retrieval");
});

test.each([
  ["3.12.4", true, undefined],
  ["3.14.0 free-threading build", true, true],
  ["3.14.0t", false, false],
  ["3.14.0t", null, undefined],
])("Python %s with its lock %s: %s", (python, gilEnabled, expected) => {
  const fingerprint = { ...makeReport().fingerprint, python, gilEnabled };
  expect(offered(makeReport({ overrides: { fingerprint } })).gil_reenabled).toBe(expected);
});

test("a run that failed answers nothing", () => {
  const outcome = { status: "failed" as const, stage: "load", reason: "The port was taken." };
  expect(offerAnswers(makeReport({ overrides: { outcome } }), {})).toEqual([]);
});

test("every measured field answers a question that exists", () => {
  const known = QUESTIONS.map((question) => question.id);
  for (const { questionId } of MEASURED_ANSWERS) expect(known).toContain(questionId);
});
