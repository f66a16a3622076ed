import type { Db, Tx } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { recordChange } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import { newId } from "#server/new-id.ts";
import type { Override } from "./record-schema.ts";

const say = sayRoom("errors");

/** What people chose instead of the rules, by layer; what was taken back is left out. */
export async function readOverrides(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<Map<string, Override>> {
  const rows = await db.override.findMany({ where: { workspaceId, projectId }, orderBy: { id: "asc" } });
  const newest = new Map(rows.map((row) => [row.layerId, toOverride(row)]));
  return new Map([...newest].filter(([, override]) => override.option !== null));
}

/** `readOverrides` of several projects in one query; none for a project without any. */
export async function listOverridesOf(
  db: Db,
  workspaceId: WorkspaceId,
  projectIds: string[],
): Promise<Map<string, Map<string, Override>>> {
  const where = { workspaceId, projectId: { in: projectIds } };
  const rows = await db.override.findMany({ where, orderBy: { id: "asc" } });
  const found = new Map<string, Map<string, Override>>();
  for (const row of rows) {
    const layers = found.get(row.projectId) ?? new Map<string, Override>();
    found.set(row.projectId, layers.set(row.layerId, toOverride(row)));
  }
  return found;
}

/** Every choice and taking back of one layer, the newest first. */
export async function listOverrides(
  db: Db,
  workspaceId: WorkspaceId,
  projectId: string,
  layerId: string,
): Promise<Override[]> {
  const where = { workspaceId, projectId, layerId };
  const rows = await db.override.findMany({ where, orderBy: { id: "desc" }, take: 50 });
  return rows.map(toOverride);
}

export type NewOverride = {
  projectId: string;
  layerId: string;
  /** Null takes the present one back. */
  option: string | null;
  reason: string;
  /** The override in force that the person saw, null for none. */
  seenId: string | null;
};

/**
 * Appends; nothing is overwritten. Project and option must have been checked.
 * @throws PilotageError OVERRIDE_CONFLICT (with both) when the one in force isn't the one seen
 */
export async function addOverride(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, layerId, option, reason, seenId }: NewOverride,
  now: Date,
): Promise<Override> {
  const id = newId("ovr");
  return db.$transaction(async (tx) => {
    const before = (await readOverrides(tx, workspaceId, projectId)).get(layerId) ?? null;
    if ((before?.id ?? null) !== seenId) {
      throw new PilotageError("conflict", "OVERRIDE_CONFLICT", say("OVERRIDE_CONFLICT.said"), {
        hint: say("OVERRIDE_CONFLICT.hint"),
        data: { current: before, yours: { option, reason } },
      });
    }
    const row = await tx.override.create({
      data: { id, workspaceId, projectId, layerId, option, reason, memberId, at: now },
    });
    const after = option === null ? null : { layerId, option, reason };
    const change = { entity: "override", entityId: id, projectId, memberId, at: now };
    const action = option === null ? ("delete" as const) : ("create" as const);
    await recordChange(tx, workspaceId, { ...change, action, before, after });
    return toOverride(row);
  });
}

type Row = Omit<Override, "layer" | "at"> & { layerId: string; at: Date };

function toOverride({ id, layerId, option, reason, memberId, at }: Row): Override {
  return { id, layer: layerId, option, reason, memberId, at: at.toISOString() };
}
