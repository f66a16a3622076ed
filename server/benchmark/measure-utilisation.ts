import type { RagReport } from "#server/benchmark/rag-schema.ts";

/** A load and the stages of one answer without it, whatever answered. */
export type ServedLoad = {
  stages: RagReport["stages"];
  config: {
    workload: Pick<RagReport["config"]["workload"], "arrivalsPerSecond" | "requestsPerRun">;
    answer: Pick<RagReport["config"]["answer"], "mode">;
  };
};

/**
 * Share of the time that the workers are busy: arrivals a second x mean time of the server x 1/workers. Null when one of
 * them is unknown; the guard on it is then not applied, and the verdict says so.
 */
export function measureUtilisation(report: ServedLoad): number | null {
  const serverMs = meanServerMs(report.stages);
  const workers = countWorkers(report.config);
  if (serverMs === null || workers === null) return null;
  return (report.config.workload.arrivalsPerSecond * serverMs) / 1000 / workers;
}

/** Mean time a question keeps the server, without load. */
export function meanServerMs(stages: RagReport["stages"]): number | null {
  // A stage that not every question reaches (the model after a refusal) has fewer calls: the most is the questions.
  const calls = Math.max(0, ...stages.map((stage) => stage.calls));
  return calls === 0 ? null : stages.reduce((sum, stage) => sum + stage.wallMs, 0) / calls;
}

/**
 * The pilot's threads share one interpreter lock, so what it computes itself has one worker. How many a model behind an
 * endpoint has, or a device that takes several questions at once, is not known from here.
 */
function countWorkers(config: ServedLoad["config"]): number | null {
  return config.answer.mode === "extractive" ? 1 : null;
}
