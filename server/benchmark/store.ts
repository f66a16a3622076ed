import { type Db, isUniqueViolation, type Tx } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { recordChange } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import { hashCanonicalJson } from "#server/scaffold/canonical-json.ts";
import { ClinicMetric } from "#server/scaffold/clinic-schema.ts";
import { upgradeReport } from "#server/scaffold/upgrade-config.ts";
import { combineVerdicts } from "./combine-verdicts.ts";
import { keepReport, recallReport } from "./keep-report.ts";
import { noticeFinished } from "./notice-store.ts";
import { Report, RunSummary } from "./schema.ts";

const say = sayRoom("errors");

export type NewRun = {
  projectId: string;
  jobId: string | null;
  scaffoldId: string | null;
  source: RunSummary["source"];
  isolation: unknown;
  modified: boolean;
  /** Already accepted: its shape, seal, project and arithmetic hold. */
  report: Report;
  createdBy: MemberId;
  /** Of the sweep it is a point of. */
  sweepId?: string | null;
  /** One notice a sweep, when its last point is stored. */
  isLastPoint?: boolean;
  at: Date;
};

/**
 * Stores a report once and judges it. The same report again is the same run; inside the transaction of a job it is
 * stored with the job's end or not at all.
 *
 * @throws PilotageError REPORT_CONFLICT when the run id is taken by other content, NOT_FOUND
 */
export async function storeReport(
  tx: Tx | Db,
  workspaceId: WorkspaceId,
  run: NewRun,
): Promise<{ outcome: "stored" | "already_stored"; run: RunSummary }> {
  const { report, projectId } = run;
  const reportSha256 = hashCanonicalJson(report);
  const kept = await tx.benchmarkRun.findUnique({
    where: { workspaceId_runId: { workspaceId, runId: report.runId } },
    omit: { report: true },
  });
  if (kept !== null) {
    if (kept.reportSha256 === reportSha256 && kept.projectId === projectId) {
      return { outcome: "already_stored", run: toSummary(kept) };
    }
    throw new PilotageError("conflict", "REPORT_CONFLICT", say("REPORT_CONFLICT.said"), {
      hint: say("REPORT_CONFLICT.hint"),
      data: { runId: report.runId },
    });
  }
  const project = await tx.project.findFirst({ where: { id: projectId, workspaceId, deletedAt: null } });
  if (project === null) throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.project"));
  const judged = combineVerdicts(report);
  const row = await tx.benchmarkRun.create({
    data: {
      workspaceId,
      runId: report.runId,
      projectId,
      jobId: run.jobId,
      scaffoldId: run.scaffoldId,
      source: run.source,
      isolation: run.isolation === null ? null : JSON.stringify(run.isolation),
      modified: run.modified,
      reportSha256,
      report: JSON.stringify(report),
      verdicts: JSON.stringify(judged.verdicts),
      outcome: judged.outcome,
      sweepId: run.sweepId ?? null,
      finishedAt: new Date(report.finishedAt),
      createdBy: run.createdBy,
      createdAt: run.at,
    },
    omit: { report: true },
  });
  await recordChange(tx as Tx, workspaceId, {
    projectId,
    memberId: run.createdBy,
    entity: "run",
    entityId: report.runId,
    action: "create",
    before: null,
    after: { source: run.source, outcome: judged.outcome, reportSha256 },
    at: run.at,
  });
  const { jobId, at, sweepId = null } = run;
  if (jobId !== null && (sweepId === null || run.isLastPoint)) {
    const { outcome } = judged;
    await noticeFinished(tx, workspaceId, { projectId, jobId, runId: report.runId, sweepId, outcome, at });
  }
  return { outcome: "stored", run: toSummary(row) };
}

/** The same outside of a job's transaction. Sent twice at once, the second finds the first. */
export async function storeUpload(
  db: Db,
  workspaceId: WorkspaceId,
  run: NewRun,
): ReturnType<typeof storeReport> {
  const store = () => db.$transaction((tx) => storeReport(tx, workspaceId, run));
  try {
    return await store();
  } catch (error) {
    // A unique violation aborts a PostgreSQL transaction, so it is caught outside of it.
    if (isUniqueViolation(error)) return store();
    throw error;
  }
}

/** A point of a sweep explores; what is promised is held against runs that stand alone. */
const standsAlone = { sweepId: null };

/**
 * Whether a run is of the clinic. It stands in the verdicts: each names its metric, and a metric belongs to one kind of
 * pilot. The clinic measures a machine, so nothing that a project promised is held against its runs.
 */
const ofClinic = {
  OR: ClinicMetric.options.map((metric) => ({ verdicts: { contains: `"metric":"${metric}"` } })),
};
const ofPilot = { ...standsAlone, NOT: ofClinic };

/** Newest first, without the raw records, the points of sweeps and the runs of the clinic. */
export async function listRuns(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  take = 50,
  skip = 0,
): Promise<RunSummary[]> {
  const rows = await db.benchmarkRun.findMany({
    where: { workspaceId, projectId, ...ofPilot },
    orderBy: [{ createdAt: "desc" }, { runId: "desc" }],
    take,
    skip,
    omit: { report: true },
  });
  return rows.map(toSummary);
}

/** Newest first, without the raw records. */
export async function listClinicRuns(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  take = 20,
): Promise<RunSummary[]> {
  const rows = await db.benchmarkRun.findMany({
    where: { workspaceId, projectId, ...ofClinic },
    orderBy: [{ createdAt: "desc" }, { runId: "desc" }],
    take,
    omit: { report: true },
  });
  return rows.map(toSummary);
}

/** A run without its report. @throws PilotageError NOT_FOUND */
export async function readSummary(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  runId: string,
): Promise<RunSummary> {
  const where = { workspaceId, projectId, runId };
  const row = await db.benchmarkRun.findFirst({ where, omit: { report: true } });
  if (row === null) throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.run"));
  return toSummary(row);
}

/** Those that `listRuns` lists. */
export async function countRuns(db: Db | Tx, workspaceId: WorkspaceId, projectId: string): Promise<number> {
  return db.benchmarkRun.count({ where: { workspaceId, projectId, ...ofPilot } });
}

/** The newest run of each of these projects that has one; points of sweeps and runs of the clinic are none. */
export async function listNewestRuns(
  db: Db,
  workspaceId: WorkspaceId,
  projectIds: string[],
): Promise<Map<string, RunSummary>> {
  // Twice a short question: with hundreds of runs stored, reading all of them to show one would take most of a page.
  const latest = await db.benchmarkRun.groupBy({
    by: ["projectId"],
    where: { workspaceId, projectId: { in: projectIds }, ...standsAlone },
    _max: { createdAt: true },
  });
  const at = latest.flatMap(({ projectId, _max: { createdAt } }) =>
    createdAt === null ? [] : [{ projectId, createdAt }],
  );
  if (at.length === 0) return new Map();
  const rows = await db.benchmarkRun.findMany({
    where: { workspaceId, projectId: { in: at.map(({ projectId }) => projectId) }, ...standsAlone, OR: at },
    omit: { report: true },
  });
  // Ordered here: asked to order by run id, SQLite walks through every run of the workspace, records and all.
  const inOrder = rows.toSorted((a, b) => (a.runId < b.runId ? -1 : 1));
  const newest = new Map(inOrder.map((row) => [row.projectId, toSummary(row)]));
  // Seldom, so that the question above needs no text of any verdict.
  for (const [projectId, run] of newest) {
    if (!run.verdicts.some(({ metric }) => ClinicMetric.safeParse(metric).success)) continue;
    const [earlier] = await listRuns(db, workspaceId, projectId, 1);
    if (earlier === undefined) newest.delete(projectId);
    else newest.set(projectId, earlier);
  }
  return newest;
}

/** @throws PilotageError NOT_FOUND, also for a run of another project or workspace */
export async function readRun(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  runId: string,
): Promise<{ run: RunSummary; report: Report }> {
  const run = await readSummary(db, workspaceId, projectId, runId);
  const key = `${workspaceId} ${runId} ${run.reportSha256} ${run.records}`;
  const kept = recallReport(key);
  if (kept !== null) return { run, report: kept };
  const { report } = await db.benchmarkRun.findFirstOrThrow({
    where: { workspaceId, projectId, runId, records: run.records },
    select: { report: true },
  });
  return { run, report: keepReport(key, report, Report.parse(upgradeReport(JSON.parse(report)))) };
}

/** Remembers that a person did not want a measured answer, so that it is not offered again. Undone by `wanted`. */
export async function recordOfferChoice(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  offer: { projectId: string; runId: string; questionId: string; wanted: boolean },
  at: Date,
): Promise<void> {
  const { projectId, runId, questionId, wanted } = offer;
  await db.$transaction((tx) =>
    recordChange(tx, workspaceId, {
      projectId,
      memberId,
      entity: "measured_offer",
      entityId: `${runId}/${questionId}`,
      action: wanted ? "restore" : "delete",
      before: null,
      after: null,
      at,
    }),
  );
}

/** Questions of a run whose measured answer was refused and not taken back. */
export async function listRefusedOffers(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  runId: string,
): Promise<string[]> {
  const rows = await db.change.findMany({
    where: { workspaceId, projectId, entity: "measured_offer", entityId: { startsWith: `${runId}/` } },
    orderBy: { id: "asc" },
    select: { entityId: true, action: true },
  });
  const newest = new Map(rows.map((row) => [row.entityId.slice(runId.length + 1), row.action]));
  return [...newest].filter(([, action]) => action === "delete").map(([questionId]) => questionId);
}

type Row = Omit<
  RunSummary,
  "isolation" | "verdicts" | "finishedAt" | "createdAt" | "source" | "outcome" | "records"
> & {
  workspaceId: string;
  createdBy: string;
  isolation: string | null;
  verdicts: string;
  source: string;
  outcome: string;
  records: string;
  finishedAt: Date;
  createdAt: Date;
};

export function toSummary({ workspaceId: _, createdBy: __, ...row }: Row): RunSummary {
  return RunSummary.parse({
    ...row,
    isolation: row.isolation === null ? null : JSON.parse(row.isolation),
    verdicts: JSON.parse(row.verdicts),
    finishedAt: row.finishedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  });
}
