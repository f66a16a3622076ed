import { judgeLatency } from "#server/benchmark/judge-latency.ts";
import { judgeMean } from "#server/benchmark/judge-mean.ts";
import { tellMean } from "#server/benchmark/judge-mean-target.ts";
import { judgeProportion } from "#server/benchmark/judge-proportion.ts";
import { tellRate } from "#server/benchmark/judge-rate-target.ts";
import type { Judgement, Samples } from "#server/benchmark/schema.ts";
import { expectSprt, walkSprt } from "#server/benchmark/walk-sprt.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("benchmark");

const ALPHA = 0.05;

type SamplesOf<Kind extends Samples["kind"]> = Extract<Samples, { kind: Kind }>;

/** One sample, one judgement, at alpha 0.05: the test behind every verdict, without a report around it. */
export function judgeSamples(samples: Samples): Judgement {
  switch (samples.kind) {
    case "proportion":
      return judgeProportion(samples);
    case "latency":
      return judgeLatency(samples);
    case "scores":
      return judgeScores(samples);
    case "rate": {
      const n = samples.runs.reduce((sum, run) => sum + run.requests, 0);
      return tellRate(samples.runs, samples.target, n, ALPHA);
    }
    case "sequence":
      return judgeSequence(samples);
  }
}

function judgeScores({ documents, least, most, comparison, target }: SamplesOf<"scores">): Judgement {
  const groups = documents.map((scores) => ({
    sum: scores.reduce((sum, score) => sum + score, 0),
    size: scores.length,
  }));
  const aim = { comparison, value: target };
  return tellMean(judgeMean(groups, { least, most }, aim, ALPHA), aim, ALPHA, (score) => score.toFixed(3));
}

/** The sequential test has no bound: it tells two shares apart and stops. */
function judgeSequence({ answers, p0, p1, alpha, beta }: SamplesOf<"sequence">): Judgement {
  const walk = walkSprt(answers, { p0, p1, alpha, beta });
  const words = { p0: String(p0), p1: String(p1), used: String(walk.stoppedAt ?? answers.length) };
  if (walk.decision !== "continue") {
    const passes = walk.decision === "accept_p1";
    return {
      verdict: passes ? "pass" : "fail",
      reason: say(passes ? "reason.sequenceAbove" : "reason.sequenceUnder", words),
      bound: null,
      n: walk.stoppedAt ?? answers.length,
      needs: {},
    };
  }
  const { atP0, atP1 } = expectSprt({ p0, p1, alpha, beta });
  const expected = Math.ceil(Math.max(atP0, atP1));
  return {
    verdict: "inconclusive",
    reason: say("reason.sequenceOpen", { ...words, expected: String(expected) }),
    bound: null,
    n: answers.length,
    needs: { questions: Math.max(1, expected - answers.length) },
  };
}
