import { describe, expect, test } from "vitest";
import type { RagTarget } from "#server/scaffold/rag-schema.ts";
import { makeQuestion, makeReport } from "#server/testing/make-report.ts";
import { combineVerdicts } from "./combine-verdicts.ts";
import { judgeReport } from "./judge-report.ts";
import { measureUtilisation } from "./measure-utilisation.ts";
import type { Outcome } from "./schema.ts";

const right = (count: number, wrong: number) =>
  Array.from({ length: count + wrong }, (_, at) => makeQuestion({ id: `q${at}`, correct: at < count }));
const target = (
  metric: RagTarget["metric"],
  value: number,
  comparison: RagTarget["comparison"] = "lt",
): RagTarget => ({
  metric,
  comparison,
  value,
  confidence: 0.95,
});

test("ten drained runs of fast answers and 50 of 50 right pass both targets of the pilot", () => {
  const report = makeReport();
  expect(judgeReport(report).map(({ metric, verdict }) => [metric, verdict])).toEqual([
    ["answer_accuracy", "pass"],
    ["latency_p95_ms", "pass"],
  ]);
  expect(combineVerdicts(report)).toMatchObject({ outcome: "pass" });
});

describe("the outcome of several targets", () => {
  test.each([
    { questions: right(50, 0), latencyMs: 400, outcome: "pass" },
    { questions: right(44, 6), latencyMs: 400, outcome: "inconclusive" },
    { questions: right(20, 30), latencyMs: 400, outcome: "fail" },
    { questions: right(50, 0), latencyMs: 2500, outcome: "fail" },
    // 72 of 100 fails at 0.05 but not at 0.025: of two targets one fails by chance that often.
    { questions: right(72, 28), latencyMs: 400, outcome: "inconclusive" },
  ] satisfies { questions: unknown; latencyMs: number; outcome: Outcome }[])(
    "$questions.length questions, $latencyMs ms: $outcome",
    ({ questions, latencyMs, outcome }) => {
      expect(combineVerdicts(makeReport({ questions, latencyMs: () => latencyMs })).outcome).toBe(outcome);
    },
  );

  test("no target is no proof", () => {
    expect(combineVerdicts(makeReport(), []).outcome).toBe("inconclusive");
  });
});

describe("a target that the sample cannot speak to is left open, and says why", () => {
  test.each([
    [target("usd_per_1k", 5), /No price is configured/],
    [target("throughput_rps", 1), /that is to be exceeded/],
    [target("mrr", 1, "gt"), /a share between 0 and 1/],
    [target("refusal_accuracy", 0.9, "gt"), /no question that must be refused/],
    [target("latency_p95_ms", 2000, "gt"), /to stay under/],
    [target("answer_accuracy", 0.8, "lt"), /to be exceeded/],
    [target("error_share", 0.01, "gt"), /to stay under/],
  ] as const)("$metric", (wanted, reason) => {
    const [verdict] = judgeReport(makeReport(), [wanted]);
    expect(verdict).toMatchObject({ verdict: "inconclusive", bound: null, needs: {} });
    expect(verdict?.reason).toMatch(reason);
  });
});

test("a run that failed shows nothing, and says in which stage it failed", () => {
  const report = makeReport({
    overrides: { outcome: { status: "failed", stage: "ingest", reason: "No usable document." } },
  });
  expect(judgeReport(report)[0]?.reason).toBe("The run failed in ingest: No usable document.");
  expect(combineVerdicts(report).outcome).toBe("inconclusive");
});

test("a load generator that was late proves nothing about the pilot", () => {
  const report = makeReport();
  for (const request of report.requests) request.sentMs += 21;
  expect(judgeReport(report)[1]).toMatchObject({ verdict: "inconclusive", bound: null });
  expect(judgeReport(report)[1]?.reason).toMatch(
    /did not keep its schedule: 1 % of the requests left 21.0 ms/,
  );
});

test("a load generator that fell behind the planned rate proves nothing either", () => {
  const report = makeReport({ config: { targets: [target("latency_p95_ms", 100_000)] } });
  for (const request of report.requests) request.sentMs *= 1.05;
  expect(judgeReport(report)[0]?.reason).toMatch(/it sent at 95 % of the planned rate/);
});

describe("a server busier than 80 % gets no verdict on latency, unless it is asked for more than it can do", () => {
  test.each([
    { busy: 0.79, latencyMs: 2500, verdict: "fail" },
    { busy: 0.9, latencyMs: 400, verdict: "inconclusive" },
    { busy: 0.9, latencyMs: 2500, verdict: "inconclusive" },
    { busy: 1.2, latencyMs: 2500, verdict: "fail" },
    { busy: 1.2, latencyMs: 400, verdict: "inconclusive" },
  ])("$busy busy, $latencyMs ms: $verdict", ({ busy, latencyMs, verdict }) => {
    // Two requests a second arrive.
    const stages = [
      { name: "answer", side: "model" as const, calls: 50, wallMs: (busy / 2) * 1000 * 50, cpuMs: 10 },
    ];
    const report = makeReport({ latencyMs: () => latencyMs, overrides: { stages } });
    expect(measureUtilisation(report)).toBeCloseTo(busy, 12);
    expect(judgeReport(report)[1]?.verdict).toBe(verdict);
  });
});

describe("a busy server's requests depend on each other, whatever short runs show", () => {
  const judge = (busy: number, requestsPerRun: number) => {
    const workload = { ...makeReport().config.workload, requestsPerRun };
    const stages = [
      { name: "answer", side: "model" as const, calls: 50, wallMs: (busy / 2) * 1000 * 50, cpuMs: 10 },
    ];
    return judgeReport(makeReport({ config: { workload }, overrides: { stages } }))[1];
  };

  test.each([
    // 600 requests count as 138, none late: shown. At 70 % they count as 51, and 59 is the least.
    { busy: 0.5, requestsPerRun: 60, verdict: "pass", said: /50 % busy; .* count at least 4.3 for one/ },
    { busy: 0.7, requestsPerRun: 60, verdict: "inconclusive", said: /counted as 51 independent/ },
    { busy: 0.7, requestsPerRun: 240, verdict: "pass", said: /count at least 15.4 for one/ },
  ])("$busy busy, ten runs of $requestsPerRun: $verdict", ({ busy, requestsPerRun, verdict, said }) => {
    const judged = judge(busy, requestsPerRun);
    expect(judged?.verdict).toBe(verdict);
    expect(judged?.reason).toMatch(said);
  });

  test("at 10 % nothing is added and nothing is said", () => {
    expect(judge(0.1, 60)?.reason).not.toMatch(/busy|dependence/);
  });

  test("how many workers stand behind an endpoint is unknown, so their utilisation is too", () => {
    const answer = { ...makeReport().config.answer, mode: "openai_compatible" as const };
    const model = { ...answer, model: "m", baseUrl: "https://models.example" };
    const [, judged] = judgeReport(makeReport({ config: { answer: model } }));
    expect(judged?.reason).toMatch(/Utilisation is unknown/);
  });
});

describe("a mean over questions is judged by document", () => {
  const ranked = (questions: number, misses: number, perDocument = 1) =>
    Array.from({ length: questions }, (_, at) => {
      const document = `d${Math.floor(at / perDocument)}`;
      const retrieved = at < misses ? ["other"] : [document];
      return makeQuestion({ id: `q${at}`, relevant: [document], retrieved });
    });

  test.each([
    ["50 found of 50", ranked(50, 0), "pass"],
    ["45 found of 50, the count an exact test needs", ranked(50, 5), "pass"],
    ["44 found of 50", ranked(50, 6), "inconclusive"],
    ["20 found of 50", ranked(50, 30), "fail"],
    ["45 found of 50, five questions a document", ranked(50, 5, 5), "inconclusive"],
  ] as const)("recall above 0.8, %s: %s", (_name, questions, verdict) => {
    const report = makeReport({ questions: [...questions] });
    const [judged] = judgeReport(report, [target("recall_at_k", 0.8, "gt")]);
    expect(judged?.verdict).toBe(verdict);
    expect(judged?.n).toBe(50);
  });

  test("the reason names the documents and what would tell", () => {
    const report = makeReport({ questions: ranked(50, 6) });
    const [judged] = judgeReport(report, [target("mrr", 0.8, "gt")]);
    expect(judged?.reason).toMatch(
      /^0.880 on average over 50 questions on 50 documents: .* between 0.7\d\d and/,
    );
    expect(judged?.needs.questions).toBeGreaterThan(50);
  });

  test("an accuracy that only holds when questions of one document count apart says so", () => {
    const questions = Array.from({ length: 50 }, (_, at) =>
      makeQuestion({ id: `q${at}`, correct: at >= 5, relevant: [`d${Math.floor(at / 5)}`] }),
    );
    const [judged] = judgeReport(makeReport({ questions }));
    expect(judged?.verdict).toBe("pass");
    expect(judged?.reason).toMatch(/Counted by document \(10 documents\) it would not be shown/);
  });
});

describe("cost is judged from the tokens of each question", () => {
  const priced = (questions: number, tokens: (at: number) => number) => {
    const asked = Array.from({ length: questions }, (_, at) =>
      makeQuestion({ id: `q${at}`, relevant: [`d${at}`], tokensIn: tokens(at), tokensOut: 100 }),
    );
    const tokensIn = asked.reduce((sum, one) => sum + (one.tokensIn ?? 0), 0);
    const answer = { ...makeReport().config.answer, usdPerMillionTokensIn: 1, usdPerMillionTokensOut: 5 };
    return makeReport({
      config: { answer },
      questions: asked,
      overrides: { usage: { tokensIn, tokensOut: 100 * questions, answers: questions } },
    });
  };
  // 1,000 to 1,400 tokens in at a dollar a million and 100 out at five: 1.50 to 1.90 USD per 1,000, 1.70 on average.
  const usual = priced(50, (at) => 1000 + (at % 5) * 100);

  test.each([
    [2, "pass"],
    [1.71, "inconclusive"],
    [1.5, "fail"],
  ] as const)("1.70 USD on average against %d: %s", (value, verdict) => {
    const [judged] = judgeReport(usual, [target("usd_per_1k", value)]);
    expect(judged).toMatchObject({ verdict, n: 50 });
    expect(judged?.value).toBeCloseTo(1.7, 9);
  });

  test("a handful of answers has no dearest one to speak of", () => {
    const [judged] = judgeReport(
      priced(19, () => 1000),
      [target("usd_per_1k", 5)],
    );
    expect(judged).toMatchObject({ verdict: "inconclusive", needs: { questions: 1 } });
  });

  test("without tokens per question, or when they do not add up, the cost is a single figure", () => {
    const wrong = { ...usual, usage: { ...usual.usage, tokensIn: usual.usage.tokensIn + 1 } };
    expect(judgeReport(wrong, [target("usd_per_1k", 5)])[0]?.reason).toMatch(
      /single figure without an interval/,
    );
  });
});

describe("throughput is judged over drained runs", () => {
  test.each([
    // Two requests a second arrive, the last one is answered 0.4 s after the last arrival.
    [1.5, "pass", /the true rate is above 2.007 and under/],
    [3, "inconclusive", /offered only 2\.?\d* per second/],
  ] as const)("more than %d a second: %s", (value, verdict, said) => {
    const workload = { ...makeReport().config.workload, requestsPerRun: 60 };
    const [judged] = judgeReport(makeReport({ config: { workload } }), [
      target("throughput_rps", value, "gt"),
    ]);
    expect(judged?.verdict).toBe(verdict);
    expect(judged?.reason).toMatch(said);
  });

  test("a server that answers only part of what is offered misses it", () => {
    const workload = { ...makeReport().config.workload, requestsPerRun: 60 };
    const latencyMs = (run: number, index: number) => ((run + index) % 3 === 0 ? null : 400);
    const [judged] = judgeReport(makeReport({ config: { workload }, latencyMs }), [
      target("throughput_rps", 1.8, "gt"),
    ]);
    expect(judged?.verdict).toBe("fail");
  });

  test("nine runs cannot show independence", () => {
    const workload = { ...makeReport().config.workload, runs: 9 };
    const [judged] = judgeReport(makeReport({ config: { workload } }), [target("throughput_rps", 0.1, "gt")]);
    expect(judged).toMatchObject({ verdict: "inconclusive", needs: { runs: 1 } });
  });
});

test("without a stage profile the utilisation limit is said not to be applied", () => {
  const [, latency] = judgeReport(makeReport({ overrides: { stages: [] } }));
  expect(latency?.verdict).toBe("pass");
  expect(latency?.reason).toMatch(/was not applied/);
});

test("requests are judged in their scheduled order, however the file lists them", () => {
  const latencyMs = (run: number, index: number) => (run < 3 && index < 3 ? 2500 : 400);
  const report = makeReport({ latencyMs });
  const shuffled = { ...report, requests: report.requests.toReversed() };
  expect(judgeReport(shuffled)).toEqual(judgeReport(report));
});
