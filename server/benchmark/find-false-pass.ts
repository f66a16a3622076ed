import { FALSE_PASSES, type RunCalibration } from "#server/benchmark/false-passes.data.ts";

/**
 * The share of false passes to expect of a run of this size on a server this busy: the highest among the next shorter
 * run's columns up to the next busier server, so that it is never told too small. Null outside of the table.
 */
export function findFalsePass(requestsPerRun: number, utilisation: number): number | null {
  const rows = rowsOf(requestsPerRun);
  const next = rows.find((row) => row.utilisation >= utilisation - 1e-9);
  if (next === undefined) return null;
  return Math.max(...rows.filter((row) => row.utilisation <= next.utilisation).map((row) => row.share));
}

/** How often a system with its true p95 at 0.6 of the target passes, read at the next busier server. */
export function findPassChance(requestsPerRun: number, utilisation: number): number | null {
  return rowsOf(requestsPerRun).find((row) => row.utilisation >= utilisation - 1e-9)?.passAt60Pct ?? null;
}

/** The fewest requests a run, of the sizes that were simulated, that pass such a system this often; null = none does. */
export function findRunLength(utilisation: number, chance: number): number | null {
  const sizes = [...new Set(FALSE_PASSES.map((row) => row.requestsPerRun))].sort((a, b) => a - b);
  return sizes.find((size) => (findPassChance(size, utilisation) ?? 0) >= chance) ?? null;
}

function rowsOf(requestsPerRun: number): RunCalibration[] {
  const size = Math.max(
    0,
    ...FALSE_PASSES.map((row) => row.requestsPerRun).filter((requests) => requests <= requestsPerRun),
  );
  return FALSE_PASSES.filter((row) => row.requestsPerRun === size);
}
