import type { RequestRecord } from "#server/benchmark/report-schema.ts";

/** Requests in the order they were scheduled, one list a run. */
export function groupByRun<Request extends Pick<RequestRecord, "run" | "index">>(
  requests: readonly Request[],
): Request[][] {
  const runs: Request[][] = [];
  for (const request of requests) {
    const run = runs[request.run] ?? [];
    runs[request.run] = run;
    run.push(request);
  }
  return runs.filter((run) => run !== undefined).map((run) => run.toSorted((a, b) => a.index - b.index));
}
