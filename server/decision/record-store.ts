import { type Db, isUniqueViolation } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { recordChange } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import { newId } from "#server/new-id.ts";
import { type DecisionRecord, RecordBody } from "./record-schema.ts";

const say = sayRoom("errors");

/** Far more than anybody records; the newest are kept in sight. */
const MOST_LISTED = 100;

/** The newest first. */
export async function listRecords(
  db: Db,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<DecisionRecord[]> {
  const where = { workspaceId, projectId };
  const rows = await db.decision.findMany({ where, orderBy: { number: "desc" }, take: MOST_LISTED });
  const numbers = new Map(rows.map((row) => [row.id, row.number]));
  const successors = new Map(rows.map((row) => [row.supersedesId, row.number]));
  return rows.map(({ id, number, at, memberId, ruleSetVersion, supersedesId, body }) => ({
    ...{ id, number, memberId, ruleSetVersion, at: at.toISOString() },
    supersedes: numbers.get(supersedesId ?? "") ?? null,
    supersededBy: successors.get(id) ?? null,
    body: RecordBody.parse(JSON.parse(body)),
  }));
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
