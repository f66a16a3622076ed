import { expect, test } from "vitest";
import { makeConfig, makeQuestion, makeReport } from "#server/testing/make-report.ts";
import { planRun } from "./plan-run.ts";
import { BUNDLED_QUESTIONS, sealBefore } from "./seal-before.ts";
import { summariseRag } from "./summarise-rag.ts";

test("the plan shown before a run has the hash that stands beside its verdict", () => {
  const handedOut = makeConfig();
  const spec = { targets: handedOut.targets, arrivalsPerSecond: 2, judgedQuestions: BUNDLED_QUESTIONS };
  const before = sealBefore(handedOut, planRun("quick", spec));
  const questions = Array.from({ length: BUNDLED_QUESTIONS }, (_, at) => makeQuestion({ id: `q${at}` }));
  const config = { workload: { ...handedOut.workload, runs: 10, requestsPerRun: 60 } };
  const after = summariseRag(makeReport({ config, questions }), []).sealed;
  expect(before).toEqual(after);
  expect(before.plan.tests).toMatchObject([
    { metric: "answer_accuracy", n: 100, alpha: 0.05, alphaFail: 0.025 },
    { metric: "latency_p95_ms", n: 600, alpha: 0.05, alphaFail: 0.025 },
  ]);
});
