import type { EntryPoint as EntryPointRow } from "#prisma/generated/sqlite/client.ts";
import type { Db, Tx } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { recordChange } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import { newId } from "#server/new-id.ts";
import { STOPS } from "./entry-criteria.data.ts";
import {
  ENTRY_POINTS_AT_MOST,
  EntryBody,
  EntryPoint,
  type EntryPointDraft,
  type EntryPointsFile,
} from "./entry-schema.ts";
import { judgeEntry } from "./judge-entry.ts";
import { lockProject } from "./store.ts";

const say = sayRoom("errors");

export type EntryKey = { projectId: string; entryPointId: string };
export type RemovedEntry = { id: string; title: string; deletedAt: string };

/** In the order they were added. Empty for a project nobody may see. */
export async function listEntryPoints(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<EntryPoint[]> {
  const where = { workspaceId, projectId, deletedAt: null, project: { deletedAt: null } };
  return (await db.entryPoint.findMany({ where, orderBy: { id: "asc" } })).map(toEntryPoint);
}

/** As a file carries them. Empty for a project nobody may see. */
export async function exportEntryPoints(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<EntryPointsFile> {
  const entries = await listEntryPoints(db, workspaceId, projectId);
  const entryPoints = entries.map(({ id: _, version: __, updatedAt: ___, ...draft }) => draft);
  return { schemaVersion: 1, entryPoints };
}

/** Where the pilot begins; null until somebody has chosen. */
export async function readChosenEntry(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<EntryPoint | null> {
  return (await listEntryPoints(db, workspaceId, projectId)).find((entry) => entry.chosen) ?? null;
}

/** The latest first; what was deleted stays here until it is brought back. */
export async function listRemovedEntries(
  db: Db,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<RemovedEntry[]> {
  const rows = await db.entryPoint.findMany({
    where: { workspaceId, projectId, deletedAt: { not: null } },
    orderBy: [{ deletedAt: "desc" }, { id: "desc" }],
    take: ENTRY_POINTS_AT_MOST,
  });
  return rows.map(({ id, title, deletedAt }) => ({ id, title, deletedAt: deletedAt?.toISOString() ?? "" }));
}

/**
 * Adds candidates, all or none.
 * @throws PilotageError NOT_FOUND, ENTRY_TOO_MANY, ENTRY_TAKEN, ENTRY_TWO_CHOSEN
 */
export async function addEntryPoints(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, drafts }: { projectId: string; drafts: readonly EntryPointDraft[] },
  now: Date,
): Promise<EntryPoint[]> {
  return db.$transaction(async (tx) => {
    await lockProject(tx, workspaceId, projectId, now);
    const present = await listEntryPoints(tx, workspaceId, projectId);
    if (present.length + drafts.length > ENTRY_POINTS_AT_MOST) {
      throw new PilotageError("invalid", "ENTRY_TOO_MANY", tellMany(), { hint: say("ENTRY_TOO_MANY.hint") });
    }
    if ([...present, ...drafts].filter(({ chosen }) => chosen).length > 1) {
      throw new PilotageError("conflict", "ENTRY_TWO_CHOSEN", say("ENTRY_TWO_CHOSEN.said"));
    }
    const added: EntryPoint[] = [];
    for (const { title, chosen, ...body } of drafts) {
      refuseTakenTitle([...present, ...added], title);
      const row = await tx.entryPoint.create({
        data: {
          ...{ id: newId("ept"), workspaceId, projectId, title, chosen },
          body: JSON.stringify(body),
          createdAt: now,
          updatedAt: now,
        },
      });
      added.push(toEntryPoint(row));
      await record(tx, workspaceId, { projectId, memberId, at: now }, null, toEntryPoint(row));
    }
    return added;
  });
}

/** @throws PilotageError NOT_FOUND, ENTRY_TAKEN, VERSION_CONFLICT with both versions */
export async function saveEntryPoint(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  input: EntryKey & { version: number; title: string; body: EntryBody },
  now: Date,
): Promise<EntryPoint> {
  const { projectId, entryPointId, version, title, body } = input;
  return db.$transaction(async (tx) => {
    await lockProject(tx, workspaceId, projectId, now);
    const present = await listEntryPoints(tx, workspaceId, projectId);
    const before = present.find(({ id }) => id === entryPointId);
    if (!before) throw absent();
    if (before.version !== version) {
      throw conflict({ yours: { title, ...body }, theirs: before, version: before.version });
    }
    refuseTakenTitle(
      present.filter(({ id }) => id !== entryPointId),
      title,
    );
    await tx.entryPoint.updateMany({
      where: { id: entryPointId, workspaceId, projectId },
      data: { title, body: JSON.stringify(body), version: { increment: 1 }, updatedAt: now },
    });
    const after = { ...before, ...body, title, version: version + 1, updatedAt: now.toISOString() };
    await record(tx, workspaceId, { projectId, memberId, at: now }, before, after);
    return after;
  });
}

/**
 * One at a time: choosing another lets go of the one before. Null lets go of it.
 * @throws PilotageError NOT_FOUND, ENTRY_STOPPED, VERSION_CONFLICT when another is chosen than the person saw
 */
export async function chooseEntryPoint(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  input: { projectId: string; entryPointId: string | null; seenChosenId: string | null },
  now: Date,
): Promise<EntryPoint | null> {
  const { projectId, entryPointId, seenChosenId } = input;
  return db.$transaction(async (tx) => {
    await lockProject(tx, workspaceId, projectId, now);
    const present = await listEntryPoints(tx, workspaceId, projectId);
    const before = present.find(({ chosen }) => chosen) ?? null;
    const next = present.find(({ id }) => id === entryPointId) ?? null;
    if (entryPointId !== null && next === null) throw absent();
    if ((before?.id ?? null) !== seenChosenId) {
      throw conflict({
        yours: next?.title ?? null,
        theirs: before?.title ?? null,
        chosenId: before?.id ?? null,
      });
    }
    if (next) refuseStopped(next);
    for (const [entry, chosen] of [
      [before, false],
      [next, true],
    ] as const) {
      if (!entry || entry.chosen === chosen) continue;
      await tx.entryPoint.updateMany({
        where: { id: entry.id, workspaceId, projectId },
        // Not the version: whoever edits the text meanwhile is not in the way.
        data: { chosen, updatedAt: now },
      });
      const after = { ...entry, chosen, updatedAt: now.toISOString() };
      await record(tx, workspaceId, { projectId, memberId, at: now }, entry, after);
    }
    return readChosenEntry(tx, workspaceId, projectId);
  });
}

/** Hides it; the project is without a chosen one when it was that. @throws PilotageError NOT_FOUND */
export async function removeEntryPoint(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, entryPointId }: EntryKey,
  now: Date,
): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockProject(tx, workspaceId, projectId, now);
    const before = await readEntryPoint(tx, workspaceId, { projectId, entryPointId });
    await tx.entryPoint.updateMany({
      where: { id: entryPointId, workspaceId, projectId, deletedAt: null },
      data: { deletedAt: now, version: { increment: 1 } },
    });
    await record(tx, workspaceId, { projectId, memberId, at: now }, before, null);
  });
}

/**
 * Undo of a deletion. It is chosen again only while no other was chosen meanwhile.
 * @throws PilotageError NOT_FOUND, ENTRY_TAKEN, ENTRY_TOO_MANY
 */
export async function restoreEntryPoint(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, entryPointId }: EntryKey,
  now: Date,
): Promise<EntryPoint> {
  return db.$transaction(async (tx) => {
    await lockProject(tx, workspaceId, projectId, now);
    const where = { id: entryPointId, workspaceId, projectId, deletedAt: { not: null } };
    const row = await tx.entryPoint.findFirst({ where });
    if (!row) throw absent();
    const present = await listEntryPoints(tx, workspaceId, projectId);
    if (present.length >= ENTRY_POINTS_AT_MOST) {
      throw new PilotageError("invalid", "ENTRY_TOO_MANY", tellMany(), { hint: say("ENTRY_TOO_MANY.hint") });
    }
    refuseTakenTitle(present, row.title);
    const chosen = row.chosen && !present.some((entry) => entry.chosen);
    await tx.entryPoint.updateMany({
      where,
      data: { deletedAt: null, chosen, version: { increment: 1 }, updatedAt: now },
    });
    const after = await readEntryPoint(tx, workspaceId, { projectId, entryPointId });
    const change = { entity: "entryPoint", entityId: entryPointId, action: "restore" as const };
    await recordChange(tx, workspaceId, { ...change, before: null, after, projectId, memberId, at: now });
    return after;
  });
}

/** @throws PilotageError NOT_FOUND */
export async function readEntryPoint(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { projectId, entryPointId }: EntryKey,
): Promise<EntryPoint> {
  const found = (await listEntryPoints(db, workspaceId, projectId)).find(({ id }) => id === entryPointId);
  if (!found) throw absent();
  return found;
}

/** One way to write the history of a candidate: what it was, what it is. */
async function record(
  tx: Tx,
  workspaceId: WorkspaceId,
  by: { projectId: string; memberId: MemberId; at: Date },
  before: EntryPoint | null,
  after: EntryPoint | null,
): Promise<void> {
  const action = before === null ? "create" : after === null ? "delete" : "update";
  const entityId = before?.id ?? after?.id ?? "";
  await recordChange(tx, workspaceId, { ...by, entity: "entryPoint", entityId, action, before, after });
}

/** A stop that certainly holds; what is only open does not keep anybody from choosing. */
function refuseStopped(entry: EntryPoint): void {
  const stop = STOPS.find(({ id }) => id === judgeEntry(entry).stopped[0]);
  if (!stop) return;
  throw new PilotageError("conflict", "ENTRY_STOPPED", say("ENTRY_STOPPED.said", { title: entry.title }), {
    path: `stops.${stop.id}`,
    hint: say("ENTRY_STOPPED.hint", { because: stop.because, check: stop.name }),
  });
}

function refuseTakenTitle(present: readonly EntryPoint[], title: string): void {
  if (!present.some((entry) => entry.title.toLowerCase() === title.toLowerCase())) return;
  throw new PilotageError("conflict", "ENTRY_TAKEN", say("ENTRY_TAKEN.said", { title }), {
    path: "title",
    hint: say("ENTRY_TAKEN.hint"),
  });
}

const tellMany = () => say("ENTRY_TOO_MANY.said", { most: String(ENTRY_POINTS_AT_MOST) });
const absent = () => new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.entryPoint"));
const conflict = (data: Record<string, unknown>) =>
  new PilotageError("conflict", "VERSION_CONFLICT", say("VERSION_CONFLICT.entryPoint"), {
    hint: say("VERSION_CONFLICT.hint"),
    data,
  });

function toEntryPoint(row: EntryPointRow): EntryPoint {
  const { id, title, chosen, version, updatedAt } = row;
  const body = EntryBody.parse(JSON.parse(row.body));
  return EntryPoint.parse({ ...body, id, title, chosen, version, updatedAt: updatedAt.toISOString() });
}
