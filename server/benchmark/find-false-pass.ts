import { FALSE_PASSES } from "#server/benchmark/false-passes.data.ts";

/**
 * The share of false passes to expect of a run of this size on a server this busy: the next shorter run and the next
 * busier server of the table, so that it is never told too small. Null outside of the table.
 */
export function findFalsePass(requestsPerRun: number, utilisation: number): number | null {
  const size = Math.max(
    0,
    ...FALSE_PASSES.map((row) => row.requestsPerRun).filter((requests) => requests <= requestsPerRun),
  );
  const rows = FALSE_PASSES.filter((row) => row.requestsPerRun === size && row.utilisation >= utilisation);
  return rows.length === 0 ? null : Math.min(...rows.map((row) => row.share));
}
