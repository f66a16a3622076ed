import { type Db, isUniqueViolation } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { recordChange } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import { newId } from "#server/new-id.ts";
import { type DecisionRecord, RecordBody } from "./record-schema.ts";

const say = sayRoom("errors");

/** A page shows the newest; each is read and checked whole. */
const MOST_LISTED = 20;

/** The newest first. */
export async function listRecords(
  db: Db,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<DecisionRecord[]> {
  const where = { workspaceId, projectId };
  const rows = await db.decision.findMany({ where, orderBy: { number: "desc" }, take: MOST_LISTED });
  return rows.map((row) => toRecord(row, rows[0]?.number ?? row.number));
}

/** @throws PilotageError NOT_FOUND */
export async function readRecord(
  db: Db,
  workspaceId: WorkspaceId,
  projectId: string,
  number: number,
): Promise<DecisionRecord> {
  const where = { workspaceId, projectId };
  const [row, newest] = await Promise.all([
    db.decision.findFirst({ where: { ...where, number } }),
    db.decision.findFirst({ where, orderBy: { number: "desc" }, select: { number: true } }),
  ]);
  if (!row || !newest) throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.record"));
  return toRecord(row, newest.number);
}

type Row = Omit<DecisionRecord, "at" | "body" | "supersedes" | "supersededBy"> & { at: Date; body: string };

/** Each record supersedes the one before it, so that the numbers are the chain. */
function toRecord({ id, number, at, memberId, ruleSetVersion, body }: Row, newest: number): DecisionRecord {
  return {
    ...{ id, number, memberId, ruleSetVersion, at: at.toISOString() },
    supersedes: number > 1 ? number - 1 : null,
    supersededBy: number < newest ? number + 1 : null,
    body: RecordBody.parse(JSON.parse(body)),
  };
}

/**
 * Keeps a decision as it stands. It supersedes the newest one; nothing is ever edited. `after` is the newest number
 * that the person saw, null for none.
 * @throws PilotageError RECORD_CONFLICT when somebody recorded one meanwhile
 */
export async function addRecord(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, after, body }: { projectId: string; after: number | null; body: RecordBody },
  now: Date,
): Promise<{ id: string; number: number }> {
  const id = newId("dec");
  try {
    return await db.$transaction(async (tx) => {
      const where = { workspaceId, projectId };
      const newest = await tx.decision.findFirst({ where, orderBy: { number: "desc" } });
      if ((newest?.number ?? null) !== after) throw meanwhile(newest?.number ?? null);
      const number = (newest?.number ?? 0) + 1;
      const ruleSetVersion = body.decision.ruleSet.version;
      const supersedesId = newest?.id ?? null;
      await tx.decision.create({
        data: {
          ...{ id, workspaceId, projectId, number, ruleSetVersion, supersedesId, memberId, at: now },
          body: JSON.stringify(body),
        },
      });
      const change = { entity: "decision", entityId: id, action: "create" as const, projectId, memberId };
      await recordChange(tx, workspaceId, {
        ...change,
        before: null,
        after: { number, ruleSetVersion },
        at: now,
      });
      return { id, number };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw meanwhile(null);
  }
}

const meanwhile = (newest: number | null) =>
  new PilotageError("conflict", "RECORD_CONFLICT", say("RECORD_CONFLICT.said"), {
    hint: say("RECORD_CONFLICT.hint"),
    data: { newest },
  });
