import type { Db } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { listPeople, type PersonKey } from "./store.ts";

const say = sayRoom("errors");
const sayTeam = sayRoom("team");

/**
 * Everything that is kept about one person: what is now, and what was changed, when. Who changed it is another person's
 * data and stays out. @throws PilotageError NOT_FOUND
 */
export async function exportPerson(
  db: Db,
  workspaceId: WorkspaceId,
  { projectId, personId }: PersonKey,
  now: Date,
) {
  const person = (await listPeople(db, workspaceId, projectId)).find(({ id }) => id === personId);
  if (!person) throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.person"));
  const rows = await db.change.findMany({
    where: { workspaceId, projectId, entity: "person", entityId: personId },
    orderBy: { id: "asc" },
    select: { action: true, before: true, after: true, at: true },
  });
  return {
    schemaVersion: 1,
    purpose: sayTeam("care.purpose"),
    writtenAt: now.toISOString(),
    projectId,
    person,
    history: rows.map(({ action, before, after, at }) => ({
      at: at.toISOString(),
      action,
      before: before === null ? null : JSON.parse(before),
      after: after === null ? null : JSON.parse(after),
    })),
  };
}
