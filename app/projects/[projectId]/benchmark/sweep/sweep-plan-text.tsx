"use client";

import { useWords } from "#app/_words/client.tsx";
import type { PointProof } from "#server/benchmark/prove-point.ts";
import type { SweepWords } from "./say-sweep.ts";

type Plan = { points: readonly unknown[]; loadSeconds: number; expectedSeconds: number; proof: PointProof };

const RUNS = 10;

/** How many points, how long, and what one of them can show at its share of the error level. */
export function SweepPlanText({ plan: { points, loadSeconds, expectedSeconds, proof } }: { plan: Plan }) {
  const words = useWords("sweep");
  const { say, format } = words;
  return (
    <>
      <p className="prose">
        <b>
          {say("plan.size", {
            count: points.length,
            number: format.number(points.length),
            load: format.duration(loadSeconds * 1000),
            all: format.duration(expectedSeconds * 1000),
          })}
        </b>{" "}
        {say("plan.each", { requests: format.number(proof.requests), runs: format.number(RUNS) })}
      </p>
      <p className="prose mt-2">
        {[
          say("plan.alpha", { alpha: format.number(proof.alpha, { digits: 4 }) }),
          sayAccuracy(proof, words),
          sayLatency(proof, words),
        ].join(" ")}
      </p>
    </>
  );
}

function sayAccuracy({ accuracy }: PointProof, { say, format }: SweepWords): string {
  if (accuracy === null) return "";
  const [questions, target] = [format.number(accuracy.questions), format.share(accuracy.target)];
  const row = accuracy.power.at(-1);
  if (accuracy.passAt === null || row === undefined) return say("plan.noAccuracy", { questions, target });
  return say("plan.accuracy", {
    questions,
    target,
    passAt: format.number(accuracy.passAt),
    truth: format.share(row.truth),
    chance: format.share(row.passChance),
  });
}

function sayLatency({ latency, requests }: PointProof, { say, format }: SweepWords): string {
  if (latency === null) return "";
  const words = {
    requests: format.number(requests),
    target: format.number(latency.targetMs, { unit: "ms" }),
  };
  return latency.allowedOver < 0
    ? say("plan.noLatency", words)
    : say("plan.latency", { ...words, count: format.number(latency.allowedOver) });
}
