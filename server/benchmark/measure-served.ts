import { latencyFromScheduleMs } from "#server/benchmark/recompute-metrics.ts";
import type { RequestRecord } from "#server/benchmark/report-schema.ts";

type Request = Pick<RequestRecord, "run" | "scheduledMs" | "doneMs" | "status">;

/**
 * How far drained runs kept up with their load: what they should have taken, until the last request was due and for one
 * mean latency more, over what they took, times the share that was answered. 1 where no queue grew. A run of one second
 * lasts a third longer by its last answer alone, so answers over seconds would call every short run overloaded.
 * Null without records.
 */
export function measureServed(requests: readonly Request[], runSeconds: readonly number[]): number | null {
  const took = runSeconds.reduce((sum, seconds) => sum + seconds, 0);
  if (requests.length === 0 || took <= 0) return null;
  const dueMs = runSeconds.map(() => 0);
  for (const { run, scheduledMs } of requests) dueMs[run] = Math.max(dueMs[run] ?? 0, scheduledMs);
  const latencies = requests.map(latencyFromScheduleMs).filter(Number.isFinite);
  if (latencies.length === 0) return 0;
  const meanMs = latencies.reduce((sum, ms) => sum + ms, 0) / latencies.length;
  const shouldTake = dueMs.reduce((sum, due) => sum + due + meanMs, 0) / 1000;
  return Math.min(1, shouldTake / took) * (latencies.length / requests.length);
}
