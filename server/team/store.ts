import type { Person as PersonRow } from "#prisma/generated/sqlite/client.ts";
import { readProject } from "#server/brief/store.ts";
import type { Db, Tx } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { blankChanges, recordChange } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import { newId } from "#server/new-id.ts";
import {
  type CalendarDate,
  type RatingSource,
  type SkillId,
  type SkillLevel,
  StoredPerson,
} from "./schema.ts";

const say = sayRoom("errors");

/** A team is small; more than this is a paste by mistake. */
const PEOPLE_AT_MOST = 200;

/** In the order they joined. Empty for a project nobody may see. */
export async function listPeople(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<StoredPerson[]> {
  const where = { workspaceId, projectId, deletedAt: null };
  return (await db.person.findMany({ where, orderBy: { id: "asc" } })).map(toPerson);
}

/** Who was removed and not yet erased, the latest first. Their ratings stay out of sight. */
export async function listRemovedPeople(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<Pick<StoredPerson, "id" | "alias">[]> {
  return db.person.findMany({
    where: { workspaceId, projectId, deletedAt: { not: null } },
    orderBy: [{ deletedAt: "desc" }, { id: "desc" }],
    select: { id: true, alias: true },
    take: PEOPLE_AT_MOST,
  });
}

/** The same for several projects in one query, by project. */
export async function listPeopleOf(
  db: Db,
  workspaceId: WorkspaceId,
  projectIds: string[],
): Promise<Map<string, StoredPerson[]>> {
  const where = { workspaceId, projectId: { in: projectIds }, deletedAt: null };
  const rows = await db.person.findMany({ where, orderBy: { id: "asc" } });
  return new Map(projectIds.map((id) => [id, rows.filter((row) => row.projectId === id).map(toPerson)]));
}

/** People of the workspace's other living projects, who could lend a hand. */
export async function listPeopleElsewhere(
  db: Db,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<StoredPerson[]> {
  const where = { workspaceId, projectId: { not: projectId }, deletedAt: null, project: { deletedAt: null } };
  return (await db.person.findMany({ where, orderBy: { id: "asc" }, take: PEOPLE_AT_MOST })).map(toPerson);
}

export type PersonFacts = Pick<StoredPerson, "alias" | "roleId" | "availabilityPct">;
type NewPerson = PersonFacts & { projectId: string; ratings?: StoredPerson["ratings"] };

/** @throws PilotageError NOT_FOUND, PEOPLE_TOO_MANY */
export async function addPerson(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, ratings = [], ...facts }: NewPerson,
  now: Date,
): Promise<StoredPerson> {
  return db.$transaction(async (tx) => {
    await readProject(tx, workspaceId, projectId);
    if ((await tx.person.count({ where: { workspaceId, projectId, deletedAt: null } })) >= PEOPLE_AT_MOST) {
      throw new PilotageError(
        "invalid",
        "PEOPLE_TOO_MANY",
        say("PEOPLE_TOO_MANY.said", { most: PEOPLE_AT_MOST }),
      );
    }
    const row = await tx.person.create({
      data: {
        id: newId("per"),
        workspaceId,
        projectId,
        ...facts,
        ratings: JSON.stringify(ratings),
        createdAt: now,
        updatedAt: now,
      },
    });
    const after = toPerson(row);
    const change = { entity: "person", entityId: row.id, action: "create" as const, before: null, after };
    await recordChange(tx, workspaceId, { ...change, projectId, memberId, at: now });
    return after;
  });
}

export type PersonKey = { projectId: string; personId: string };

/** @throws PilotageError NOT_FOUND, VERSION_CONFLICT with both values */
export async function editPerson(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { version, facts, ...key }: PersonKey & { version: number; facts: PersonFacts },
  now: Date,
): Promise<StoredPerson> {
  return changePerson(db, workspaceId, memberId, key, now, (before) => {
    if (before.version !== version) throw conflict({ yours: facts, theirs: before, version: before.version });
    return facts;
  });
}

export type NewRating = {
  skillId: SkillId;
  source: RatingSource;
  /** Null takes the rating back: not assessed. */
  level: SkillLevel | null;
  /** The level that the person saw in this place, null for none. */
  seen: SkillLevel | null;
  at: CalendarDate;
};

/**
 * One rating a skill and source; a new one replaces the old one, the history keeps both.
 * Two people who rate different skills do not get into each other's way.
 * @throws PilotageError NOT_FOUND, VERSION_CONFLICT with both levels
 */
export async function ratePerson(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { rating, ...key }: PersonKey & { rating: NewRating },
  now: Date,
): Promise<StoredPerson> {
  const { skillId, source, level, seen, at } = rating;
  return changePerson(db, workspaceId, memberId, key, now, (before) => {
    const isSame = (one: { skillId: string; source: string }) =>
      one.skillId === skillId && one.source === source;
    const stored = before.ratings.find(isSame)?.level ?? null;
    if (stored !== seen) throw conflict({ yours: level, theirs: stored, version: before.version });
    const others = before.ratings.filter((one) => !isSame(one));
    const ratings = level === null ? others : [...others, { skillId, level, source, at }];
    return { ratings: JSON.stringify(ratings.sort((a, b) => (a.skillId < b.skillId ? -1 : 1))) };
  });
}

/** Hides the person; `restorePerson` brings them back with their ratings. @throws PilotageError NOT_FOUND */
export async function removePerson(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, personId }: PersonKey,
  now: Date,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const before = await readPerson(tx, workspaceId, { projectId, personId });
    await tx.person.updateMany({
      where: { id: personId, workspaceId, projectId, deletedAt: null },
      data: { deletedAt: now, version: { increment: 1 }, updatedAt: now },
    });
    const change = { entity: "person", entityId: personId, action: "delete" as const, before, after: null };
    await recordChange(tx, workspaceId, { ...change, projectId, memberId, at: now });
  });
}

/** @throws PilotageError NOT_FOUND when nobody by this id was removed here */
export async function restorePerson(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, personId }: PersonKey,
  now: Date,
): Promise<StoredPerson> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.person.updateMany({
      where: { id: personId, workspaceId, projectId, deletedAt: { not: null } },
      data: { deletedAt: null, version: { increment: 1 }, updatedAt: now },
    });
    if (count === 0) throw absent();
    const after = await readPerson(tx, workspaceId, { projectId, personId });
    const change = { entity: "person", entityId: personId, action: "restore" as const, before: null, after };
    await recordChange(tx, workspaceId, { ...change, projectId, memberId, at: now });
    return after;
  });
}

/**
 * Deletes somebody who was removed and blanks what the history says of them. That it was done, by whom and when, stays.
 * There is no way back. @throws PilotageError NOT_FOUND, also for somebody who still is on the team
 */
export async function erasePerson(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, personId }: PersonKey,
  now: Date,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.person.deleteMany({
      where: { id: personId, workspaceId, projectId, deletedAt: { not: null } },
    });
    if (count === 0) throw absent();
    const of = { entity: "person", entityId: personId, projectId };
    await blankChanges(tx, workspaceId, of);
    const change = { ...of, action: "delete" as const, before: null, after: null };
    await recordChange(tx, workspaceId, { ...change, memberId, at: now });
  });
}

/** Reads, decides, writes only over what was read: a writer in between makes the change fail, never vanish. */
async function changePerson(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  key: PersonKey,
  now: Date,
  decide: (before: StoredPerson) => Partial<PersonFacts & { ratings: string }>,
): Promise<StoredPerson> {
  const { projectId, personId } = key;
  return db.$transaction(async (tx) => {
    const before = await readPerson(tx, workspaceId, key);
    const { count } = await tx.person.updateMany({
      where: { id: personId, workspaceId, projectId, deletedAt: null, version: before.version },
      data: { ...decide(before), version: { increment: 1 }, updatedAt: now },
    });
    const after = await readPerson(tx, workspaceId, key);
    if (count === 0) throw conflict({ yours: null, theirs: after, version: after.version });
    const change = { entity: "person", entityId: personId, action: "update" as const, before, after };
    await recordChange(tx, workspaceId, { ...change, projectId, memberId, at: now });
    return after;
  });
}

async function readPerson(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { projectId, personId }: PersonKey,
): Promise<StoredPerson> {
  const row = await db.person.findFirst({ where: { id: personId, workspaceId, projectId, deletedAt: null } });
  if (!row) throw absent();
  return toPerson(row);
}

function absent(): PilotageError {
  return new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.person"));
}

function conflict(data: unknown): PilotageError {
  return new PilotageError("conflict", "VERSION_CONFLICT", say("VERSION_CONFLICT.person"), {
    hint: say("VERSION_CONFLICT.hint"),
    data,
  });
}

function toPerson({ id, alias, roleId, availabilityPct, ratings, version }: PersonRow): StoredPerson {
  return StoredPerson.parse({ id, alias, roleId, availabilityPct, version, ratings: JSON.parse(ratings) });
}
