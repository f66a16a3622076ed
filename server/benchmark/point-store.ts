import type { Db, Tx } from "#server/db.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";
import { upgradeReport } from "#server/scaffold/upgrade-config.ts";
import { measurePoint, PointSource, type RunPoint } from "./measure-point.ts";
import type { RunSummary } from "./schema.ts";
import { readSummary, toSummary } from "./store.ts";

/** By report and by what is left of it: what a report measured is as fixed as the report. */
const kept = new Map<string, RunPoint>();
const MOST_KEPT = 2_000;

/** The runs as dots, in the order given; reports are read once. */
export async function readPoints(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  runs: readonly RunSummary[],
): Promise<(RunPoint & { run: RunSummary })[]> {
  const missing = runs.filter((run) => !kept.has(keyOf(run)));
  const rows = await db.benchmarkRun.findMany({
    where: { workspaceId, runId: { in: missing.map(({ runId }) => runId) } },
    select: { runId: true, report: true },
  });
  if (kept.size + rows.length > MOST_KEPT) kept.clear();
  const texts = new Map(rows.map(({ runId, report }) => [runId, report]));
  const points = runs.flatMap((run) => {
    const text = texts.get(run.runId);
    const point = kept.get(keyOf(run)) ?? (text === undefined ? null : readPoint(text));
    if (point === null) return [];
    kept.set(keyOf(run), point);
    return [{ ...point, run }];
  });
  return points;
}

/** The runs of the sweep that this run is a point of; none when it is of no sweep. */
export async function listSweep(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  runId: string,
): Promise<RunSummary[]> {
  const { sweepId } = await readSummary(db, workspaceId, projectId, runId);
  if (sweepId === null) return [];
  const where = { workspaceId, projectId, sweepId };
  const rows = await db.benchmarkRun.findMany({ where, orderBy: { runId: "asc" }, omit: { report: true } });
  return rows.map(toSummary);
}

function keyOf({ reportSha256, records }: RunSummary): string {
  return `${reportSha256} ${records}`;
}

/** Null for a pilot that does not search: it has no point in these figures. */
function readPoint(text: string): RunPoint | null {
  const source = PointSource.safeParse(upgradeReport(JSON.parse(text)));
  return source.success ? measurePoint(source.data) : null;
}
