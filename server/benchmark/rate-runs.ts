import { groupByRun } from "#server/benchmark/group-requests.ts";
import type { OfferedRun } from "#server/benchmark/judge-rate.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";

/** Per run what was offered and what was answered until the queue was drained; empty where a duration is missing. */
export function rateRuns({ requests, runSeconds }: Pick<RagReport, "requests" | "runSeconds">): OfferedRun[] {
  const runs = groupByRun(requests);
  if (runs.length !== runSeconds.length) return [];
  return runs.map((run, at) => ({
    requests: run.length,
    answered: run.filter((request) => request.status === "ok").length,
    seconds: runSeconds[at] ?? 0,
    scheduledSeconds: Math.max(...run.map((request) => request.scheduledMs)) / 1000,
  }));
}
