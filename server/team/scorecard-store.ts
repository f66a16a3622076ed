import type { Scorecard as ScorecardRow } from "#prisma/generated/sqlite/client.ts";
import { readProject } from "#server/brief/store.ts";
import type { Db, Tx } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { recordChange } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import { newId } from "#server/new-id.ts";
import type { RoleId } from "./schema.ts";
import { Scorecard, type ScorecardBody } from "./scorecard-schema.ts";

const say = sayRoom("errors");
const DAY_MS = 24 * 60 * 60 * 1000;
const CARDS_AT_MOST = 500;

/** Null: scorecards are off. */
export async function readScorecardDays(db: Db | Tx, workspaceId: WorkspaceId): Promise<number | null> {
  const workspace = await db.workspace.findFirst({
    where: { id: workspaceId },
    select: { scorecardDays: true },
  });
  return workspace?.scorecardDays ?? null;
}

/** Shorter from now on also means shorter for those that are kept; longer never does. */
export async function saveScorecardDays(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  days: number | null,
  now: Date,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const before = await readScorecardDays(tx, workspaceId);
    await tx.workspace.updateMany({
      where: { id: workspaceId },
      data: { scorecardDays: days, version: { increment: 1 }, updatedAt: now },
    });
    if (days !== null) {
      const latest = new Date(now.getTime() + days * DAY_MS);
      await tx.scorecard.updateMany({
        where: { workspaceId, keepUntil: { gt: latest } },
        data: { keepUntil: latest },
      });
    }
    await recordChange(tx, workspaceId, {
      projectId: null,
      memberId,
      entity: "scorecards",
      entityId: workspaceId,
      action: "update",
      before: { scorecardDays: before },
      after: { scorecardDays: days },
      at: now,
    });
  });
}

/** By alias, the earliest first: the order says nothing about anybody. What has run out is not shown any more. */
export async function listScorecards(
  db: Db,
  workspaceId: WorkspaceId,
  projectId: string,
  now: Date,
): Promise<Scorecard[]> {
  const rows = await db.scorecard.findMany({
    where: { workspaceId, projectId, keepUntil: { gt: now } },
    orderBy: [{ alias: "asc" }, { id: "asc" }],
    take: CARDS_AT_MOST,
  });
  return rows.map(toScorecard);
}

type NewCard = { projectId: string; roleId: RoleId; alias: string; body: ScorecardBody };

/** @throws PilotageError NOT_FOUND, SCORECARDS_OFF, SCORECARDS_TOO_MANY */
export async function addScorecard(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, roleId, alias, body }: NewCard,
  now: Date,
): Promise<Scorecard> {
  return db.$transaction(async (tx) => {
    await readProject(tx, workspaceId, projectId);
    const days = await readScorecardDays(tx, workspaceId);
    if (days === null) {
      throw new PilotageError("conflict", "SCORECARDS_OFF", say("SCORECARDS_OFF.said"), {
        hint: say("SCORECARDS_OFF.hint"),
      });
    }
    if ((await tx.scorecard.count({ where: { workspaceId, projectId } })) >= CARDS_AT_MOST) {
      throw new PilotageError(
        "invalid",
        "SCORECARDS_TOO_MANY",
        say("SCORECARDS_TOO_MANY.said", { most: CARDS_AT_MOST }),
      );
    }
    const row = await tx.scorecard.create({
      data: {
        id: newId("scd"),
        workspaceId,
        projectId,
        roleId,
        alias,
        body: JSON.stringify(body),
        keepUntil: new Date(now.getTime() + days * DAY_MS),
        memberId,
        createdAt: now,
        updatedAt: now,
      },
    });
    await noteOf(tx, workspaceId, { projectId, memberId, id: row.id, action: "create", now });
    return toScorecard(row);
  });
}

/** For good, and at once. @throws PilotageError NOT_FOUND */
export async function eraseScorecard(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, id }: { projectId: string; id: string },
  now: Date,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.scorecard.deleteMany({ where: { id, workspaceId, projectId } });
    if (count === 0) throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.scorecard"));
    await noteOf(tx, workspaceId, { projectId, memberId, id, action: "delete", now });
  });
}

/** Every workspace's, because time runs in all of them. Nothing of a card is left, nor of what it said. */
export async function eraseExpiredScorecards(db: Db, now: Date): Promise<number> {
  const { count } = await db.scorecard.deleteMany({ where: { keepUntil: { lte: now } } });
  return count;
}

/** That it was written or erased, by whom and when. Never what it says: the history outlives the card. */
async function noteOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  {
    projectId,
    memberId,
    id,
    action,
    now,
  }: { projectId: string; memberId: MemberId; id: string; action: "create" | "delete"; now: Date },
): Promise<void> {
  const change = { entity: "scorecard", entityId: id, action, before: null, after: null };
  await recordChange(tx, workspaceId, { ...change, projectId, memberId, at: now });
}

function toScorecard({ id, roleId, alias, body, keepUntil, version }: ScorecardRow): Scorecard {
  return Scorecard.parse({
    id,
    roleId,
    alias,
    version,
    keepUntil: keepUntil.toISOString(),
    ...(JSON.parse(body) as object),
  });
}
