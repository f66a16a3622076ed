import type { Db, Tx } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { recordChange } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { RunSummary } from "./schema.ts";
import { readRun } from "./store.ts";
import { thinReport } from "./thin-report.ts";

const say = sayRoom("errors");

type Seen = { projectId: string; runId: string; version: number };

/** @throws PilotageError NOT_FOUND, VERSION_CONFLICT with both notes */
export async function saveNote(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, runId, version, note }: Seen & { note: string | null },
  at: Date,
): Promise<RunSummary> {
  return db.$transaction(async (tx) => {
    const { run } = await readRun(tx, workspaceId, projectId, runId);
    await write(tx, workspaceId, { projectId, runId, version }, { note }, note);
    const change = { entity: "run_note", entityId: runId, action: "update" as const };
    const [before, after] = [run.note, note];
    await recordChange(tx, workspaceId, { ...change, projectId, memberId, before, after, at });
    return (await readRun(tx, workspaceId, projectId, runId)).run;
  });
}

/**
 * Takes the requests out of a stored report, or every record. There is no way back: verdicts, figures and the hash of
 * the whole report stay, so that a copy kept elsewhere can still be recognised.
 *
 * @throws PilotageError NOT_FOUND, VERSION_CONFLICT, RECORDS_GONE when there is nothing left to take out
 */
export async function takeOutRecords(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, runId, version, records }: Seen & { records: "thinned" | "deleted" },
  at: Date,
): Promise<RunSummary> {
  return db.$transaction(async (tx) => {
    const { run, report } = await readRun(tx, workspaceId, projectId, runId);
    if (run.records === "deleted" || run.records === records) {
      throw new PilotageError("conflict", "RECORDS_GONE", say("RECORDS_GONE.already"), {
        hint: say("RECORDS_GONE.hint"),
      });
    }
    const values = { records, report: JSON.stringify(thinReport(report, records)) };
    await write(tx, workspaceId, { projectId, runId, version }, values, records);
    const change = { entity: "run_records", entityId: runId, action: "delete" as const };
    const [before, after] = [run.records, records];
    await recordChange(tx, workspaceId, { ...change, projectId, memberId, before, after, at });
    return (await readRun(tx, workspaceId, projectId, runId)).run;
  });
}

type Values = { note: string | null } | { records: RunSummary["records"]; report: string };

/** Writes only over the version that was seen: a writer in between makes it fail, never vanish. */
async function write(
  tx: Tx,
  workspaceId: WorkspaceId,
  { projectId, runId, version }: Seen,
  values: Values,
  yours: unknown,
): Promise<void> {
  const { count } = await tx.benchmarkRun.updateMany({
    where: { workspaceId, projectId, runId, version },
    data: { ...values, version: { increment: 1 } },
  });
  if (count > 0) return;
  const { run } = await readRun(tx, workspaceId, projectId, runId);
  throw new PilotageError("conflict", "VERSION_CONFLICT", say("VERSION_CONFLICT.run"), {
    hint: say("VERSION_CONFLICT.hint"),
    data: { yours, theirs: run.note, records: run.records, version: run.version },
  });
}
