import type { Db } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { recordChange } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { Rating, StoredPerson } from "./schema.ts";
import { listPeople, type NewRating } from "./store.ts";

const say = sayRoom("errors");

export type PlacedRating = NewRating & { personId: string; evidence?: string };

/**
 * Ratings of several people at once: all of them or none. Each names the level that was seen in its place, so that
 * what somebody else wrote meanwhile is not written over.
 * @throws PilotageError NOT_FOUND, VERSION_CONFLICT with every rating that is another by now
 */
export async function ratePeople(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, ratings }: { projectId: string; ratings: PlacedRating[] },
  now: Date,
): Promise<StoredPerson[]> {
  return db.$transaction(async (tx) => {
    const people = new Map((await listPeople(tx, workspaceId, projectId)).map((one) => [one.id, one]));
    const byPerson = new Map<string, PlacedRating[]>();
    for (const one of ratings) byPerson.set(one.personId, [...(byPerson.get(one.personId) ?? []), one]);
    const changed: StoredPerson[] = [];
    const moved: { personId: string; skillId: string; theirs: number | null }[] = [];
    for (const [personId, placed] of byPerson) {
      const before = people.get(personId);
      if (!before) throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.person"));
      const after = { ...before, ratings: [...before.ratings], version: before.version + 1 };
      for (const rating of placed) {
        const theirs = replaceRating(after.ratings, rating);
        if (theirs !== rating.seen) moved.push({ personId, skillId: rating.skillId, theirs });
      }
      after.ratings.sort((a, b) => (a.skillId < b.skillId ? -1 : 1));
      const { count } = await tx.person.updateMany({
        where: { id: personId, workspaceId, projectId, deletedAt: null, version: before.version },
        data: { ratings: JSON.stringify(after.ratings), version: { increment: 1 }, updatedAt: now },
      });
      if (count === 0) throw conflict([]);
      const of = { entity: "person", entityId: personId, action: "update" as const, before, after };
      await recordChange(tx, workspaceId, { ...of, projectId, memberId, at: now });
      changed.push(after);
    }
    if (moved.length > 0) throw conflict(moved);
    return changed;
  });
}

/** One rating a skill and source. @returns the level that stood there */
function replaceRating(
  ratings: Rating[],
  { skillId, source, level, at, evidence }: PlacedRating,
): number | null {
  const index = ratings.findIndex((one) => one.skillId === skillId && one.source === source);
  const theirs = ratings[index]?.level ?? null;
  if (index >= 0) ratings.splice(index, 1);
  if (level !== null) ratings.push({ skillId, level, source, at, ...(evidence ? { evidence } : {}) });
  return theirs;
}

function conflict(data: unknown): PilotageError {
  return new PilotageError("conflict", "VERSION_CONFLICT", say("VERSION_CONFLICT.person"), {
    hint: say("VERSION_CONFLICT.hint"),
    data,
  });
}
