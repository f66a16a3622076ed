import { readProject } from "#server/brief/store.ts";
import type { Db, Tx } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { recordChange } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import { Staffing, StoredStaffing } from "./staffing-schema.ts";

const say = sayRoom("errors");

/** What was set by hand about staffing this project; empty where nobody set anything. */
export async function readStaffing(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<StoredStaffing> {
  const row = await db.staffing.findFirst({ where: { projectId, workspaceId } });
  return StoredStaffing.parse({
    ...(row ? (JSON.parse(row.body) as object) : {}),
    version: row?.version ?? 0,
  });
}

type Change = {
  projectId: string;
  /** The parts that are written; the others stay as they are. Throw to refuse. */
  decide: (before: StoredStaffing) => Partial<Staffing>;
};

/**
 * Reads, decides, writes only over what was read: a writer in between makes the change fail, never vanish.
 * @throws PilotageError NOT_FOUND, VERSION_CONFLICT, and what `decide` throws
 */
export async function changeStaffing(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, decide }: Change,
  now: Date,
): Promise<StoredStaffing> {
  return db.$transaction(async (tx) => {
    await readProject(tx, workspaceId, projectId);
    const { version, ...before } = await readStaffing(tx, workspaceId, projectId);
    const after = Staffing.parse({ ...before, ...decide({ ...before, version }) });
    const body = JSON.stringify(after);
    if (version === 0) {
      // Two first writers: the second one waits for the row, finds it and changes nothing.
      await tx.staffing.upsert({
        where: { projectId },
        create: { projectId, workspaceId, body, version: 0, createdAt: now, updatedAt: now },
        update: {},
      });
    }
    const { count } = await tx.staffing.updateMany({
      where: { projectId, workspaceId, version },
      data: { body, version: { increment: 1 }, updatedAt: now },
    });
    if (count === 0) {
      const data = { theirs: await readStaffing(tx, workspaceId, projectId) };
      throw new PilotageError("conflict", "VERSION_CONFLICT", say("VERSION_CONFLICT.staffing"), {
        hint: say("VERSION_CONFLICT.hint"),
        data,
      });
    }
    await recordChange(tx, workspaceId, {
      projectId,
      memberId,
      entity: "staffing",
      entityId: projectId,
      action: version === 0 ? "create" : "update",
      before: version === 0 ? null : before,
      after,
      at: now,
    });
    return { ...after, version: version + 1 };
  });
}

/** `readStaffing` of several projects in one query; a project without any is left out. */
export async function listStaffingOf(
  db: Db,
  workspaceId: WorkspaceId,
  projectIds: string[],
): Promise<Map<string, StoredStaffing>> {
  const rows = await db.staffing.findMany({ where: { workspaceId, projectId: { in: projectIds } } });
  return new Map(
    rows.map(({ projectId, body, version }) => [
      projectId,
      StoredStaffing.parse({ ...(JSON.parse(body) as object), version }),
    ]),
  );
}
