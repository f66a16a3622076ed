import { expect, test } from "vitest";
import { judgeLatency } from "./judge-latency.ts";

/**
 * One server, Poisson arrivals, exponential service of mean 1: time in system is exponential with rate 1 - load, so
 * its true p95 is known and the target can be put exactly on it. A pass is then false.
 */
function simulateRuns(load: number, random: () => number): number[][] {
  return Array.from({ length: 10 }, () => {
    const latencies: number[] = [];
    // The queue starts in its steady state; an empty one would flatter the first requests.
    let wait = random() < load ? draw(1 - load, random) : 0;
    for (let at = 0; at < 1000; at += 1) {
      const service = draw(1, random);
      latencies.push(wait + service);
      wait = Math.max(0, wait + service - draw(load, random));
    }
    return latencies;
  });
}

function draw(rate: number, random: () => number): number {
  return -Math.log(1 - random()) / rate;
}

/** mulberry32: small, seeded, good enough for a queue. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function passShare(load: number, targetOfTruth: number, repetitions: number): number {
  const random = seeded(20_261_120);
  const targetMs = (Math.log(20) / (1 - load)) * targetOfTruth;
  let passes = 0;
  for (let at = 0; at < repetitions; at += 1) {
    const judged = judgeLatency({ quantile: 0.95, targetMs, runs: simulateRuns(load, random) });
    if (judged.verdict === "pass") passes += 1;
  }
  return passes / repetitions;
}

// 1,000 repetitions: a rate of 8.5 % is then known to about 0.9 points.
test.each([0.1, 0.3, 0.5, 0.7])(
  "a system on its limit passes at most one time in ten at a load of %d",
  { timeout: 120_000 },
  (load) => {
    expect(passShare(load, 1, 1000)).toBeLessThanOrEqual(0.1);
  },
);

test.each([0.1, 0.5, 0.7])(
  "with a true p95 at 0.6 of the target nearly every sample passes at a load of %d",
  { timeout: 120_000 },
  (load) => {
    expect(passShare(load, 1 / 0.6, 200)).toBeGreaterThanOrEqual(0.95);
  },
);
