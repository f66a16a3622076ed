import type { Db } from "#server/db.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { recordChange } from "#server/identity/store.ts";
import type { Project } from "./schema.ts";
import { absent, keyOf, readProject, refuseTakenName } from "./store.ts";

/** Hides the project and frees its name; `restoreProject` brings it back whole. @throws PilotageError NOT_FOUND */
export async function deleteProject(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  projectId: string,
  now: Date,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const before = await readProject(tx, workspaceId, projectId);
    await tx.project.updateMany({
      where: { id: projectId, workspaceId, deletedAt: null },
      data: { deletedAt: now, nameKey: `deleted:${projectId}`, version: { increment: 1 } },
    });
    const change = { entity: "project", entityId: projectId, action: "delete" as const, before, after: null };
    await recordChange(tx, workspaceId, { ...change, projectId, memberId, at: now });
  });
}

/**
 * Brings a deleted project back, by another name where its own was given away meanwhile.
 * @throws PilotageError NOT_FOUND, NAME_TAKEN
 */
export async function restoreProject(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  projectId: string,
  now: Date,
  as?: string,
): Promise<Project> {
  const row = await db.project.findFirst({ where: { id: projectId, workspaceId, deletedAt: { not: null } } });
  if (!row) throw absent();
  const name = as ?? row.name;
  await refuseTakenName(name, () =>
    db.$transaction(async (tx) => {
      const { count } = await tx.project.updateMany({
        where: { id: projectId, workspaceId, deletedAt: { not: null } },
        data: { deletedAt: null, name, nameKey: keyOf(name), version: { increment: 1 }, updatedAt: now },
      });
      if (count === 0) return;
      const change = { entity: "project", entityId: projectId, action: "restore" as const };
      const after = { name };
      await recordChange(tx, workspaceId, { ...change, before: null, after, projectId, memberId, at: now });
    }),
  );
  return readProject(db, workspaceId, projectId);
}

export type DeletedProject = { id: string; name: string; deletedAt: string };

/** What can still be brought back, the latest first. */
export async function listDeletedProjects(
  db: Db,
  workspaceId: WorkspaceId,
  { skip, take }: { skip: number; take: number },
): Promise<{ projects: DeletedProject[]; total: number }> {
  const where = { workspaceId, deletedAt: { not: null } };
  const orderBy = [{ deletedAt: "desc" as const }, { id: "desc" as const }];
  const [rows, total] = await Promise.all([
    db.project.findMany({ where, orderBy, skip, take, select: { id: true, name: true, deletedAt: true } }),
    db.project.count({ where }),
  ]);
  const projects = rows.map(({ deletedAt, ...row }) => ({
    ...row,
    deletedAt: deletedAt?.toISOString() ?? "",
  }));
  return { projects, total };
}

/**
 * Takes a project off the list, or puts it back. Its name stays its own and everything in it can still be read and
 * changed. Doing it twice is doing it once.
 * @throws PilotageError NOT_FOUND
 */
export async function archiveProject(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, archived }: { projectId: string; archived: boolean },
  now: Date,
): Promise<Project> {
  return db.$transaction(async (tx) => {
    const before = await readProject(tx, workspaceId, projectId);
    const { count } = await tx.project.updateMany({
      where: { id: projectId, workspaceId, deletedAt: null, archivedAt: archived ? null : { not: null } },
      data: { archivedAt: archived ? now : null, version: { increment: 1 } },
    });
    const after = await readProject(tx, workspaceId, projectId);
    if (count > 0) {
      const change = { entity: "project", entityId: projectId, action: "update" as const };
      const stood = {
        before: { archivedAt: before.archivedAt },
        after: { archivedAt: after.archivedAt },
      };
      await recordChange(tx, workspaceId, { ...change, ...stood, projectId, memberId, at: now });
    }
    return after;
  });
}
