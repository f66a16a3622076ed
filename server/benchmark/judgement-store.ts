import type { Db, Tx } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { recordChange } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import { newId } from "#server/new-id.ts";
import type { Target } from "#server/scaffold/schema.ts";
import { combineVerdicts } from "./combine-verdicts.ts";
import { StoredJudgement } from "./judgement-schema.ts";
import { readRun } from "./store.ts";

const say = sayRoom("errors");

/**
 * Judges the raw records of a stored run by other targets, without running anything. Appended, never overwritten.
 *
 * @throws PilotageError NOT_FOUND, RECORDS_GONE when some of the records were taken out
 */
export async function judgeAgain(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, runId, targets }: { projectId: string; runId: string; targets: Target[] },
  at: Date,
): Promise<StoredJudgement> {
  const { run, report } = await readRun(db, workspaceId, projectId, runId);
  if (run.records !== "kept") {
    throw new PilotageError("conflict", "RECORDS_GONE", say("RECORDS_GONE.said"), {
      hint: say("RECORDS_GONE.hint"),
    });
  }
  const { outcome, verdicts } = combineVerdicts(report, targets);
  const id = newId("jdg");
  return db.$transaction(async (tx) => {
    const row = await tx.judgement.create({
      data: {
        id,
        workspaceId,
        projectId,
        runId,
        targets: JSON.stringify(targets),
        verdicts: JSON.stringify(verdicts),
        outcome,
        memberId,
        at,
      },
    });
    const change = { entity: "judgement", entityId: id, action: "create" as const, before: null };
    await recordChange(tx, workspaceId, { ...change, projectId, memberId, after: { runId, outcome }, at });
    return toJudgement(row);
  });
}

/** Newest first. */
export async function listJudgements(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  runId: string,
  take = 20,
): Promise<StoredJudgement[]> {
  const rows = await db.judgement.findMany({
    where: { workspaceId, projectId, runId },
    orderBy: { id: "desc" },
    take,
  });
  return rows.map(toJudgement);
}

type Row = { id: string; runId: string; targets: string; verdicts: string; outcome: string; at: Date };

function toJudgement({ id, runId, targets, verdicts, outcome, at }: Row): StoredJudgement {
  return StoredJudgement.parse({
    id,
    runId,
    targets: JSON.parse(targets),
    verdicts: JSON.parse(verdicts),
    outcome,
    at: at.toISOString(),
  });
}
