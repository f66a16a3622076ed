import { type Db, isUniqueViolation } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { recordChange } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import { newId } from "#server/new-id.ts";
import { SKILL_CATALOGUE } from "./read-catalogue.ts";
import { SkillCatalogue } from "./schema.ts";

const say = sayRoom("errors");

/** The catalogue that this workspace measures by: its newest own one, else the one that ships with the program. */
export async function readCatalogue(db: Db, workspaceId: WorkspaceId): Promise<SkillCatalogue> {
  const row = await db.skillCatalogue.findFirst({ where: { workspaceId }, orderBy: { id: "desc" } });
  return row ? SkillCatalogue.parse(JSON.parse(row.body)) : SKILL_CATALOGUE;
}

/**
 * Published versions are never changed: a correction is a new version. The catalogue must have passed `loadCatalogue`.
 * @throws PilotageError VERSION_TAKEN
 */
export async function publishCatalogue(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  catalogue: SkillCatalogue,
  now: Date,
): Promise<void> {
  const id = newId("skc");
  const { version } = catalogue;
  if (version === SKILL_CATALOGUE.version) throw taken(version);
  try {
    await db.$transaction(async (tx) => {
      const before = await tx.skillCatalogue.findFirst({
        where: { workspaceId },
        orderBy: { id: "desc" },
        select: { semver: true },
      });
      const body = JSON.stringify(catalogue);
      await tx.skillCatalogue.create({ data: { id, workspaceId, semver: version, body, createdAt: now } });
      await recordChange(tx, workspaceId, {
        projectId: null,
        memberId,
        entity: "skill_catalogue",
        entityId: id,
        action: "create",
        before: { version: before?.semver ?? SKILL_CATALOGUE.version },
        after: { version },
        at: now,
      });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw taken(version);
  }
}

const taken = (version: string) =>
  new PilotageError("conflict", "VERSION_TAKEN", say("VERSION_TAKEN.catalogue", { version }), {
    path: "version",
    hint: say("VERSION_TAKEN.hint"),
  });

export type CatalogueVersion = { version: string; at: string; by: string };

/** The change log: which versions this workspace published, when and by whom, the latest first. */
export async function listCatalogueVersions(db: Db, workspaceId: WorkspaceId): Promise<CatalogueVersion[]> {
  const changes = await db.change.findMany({
    where: { workspaceId, entity: "skill_catalogue", action: "create" },
    orderBy: { id: "desc" },
    take: 50,
    select: { after: true, at: true, memberId: true },
  });
  const members = await db.member.findMany({
    where: { workspaceId },
    select: { id: true, displayName: true },
  });
  const names = new Map(members.map(({ id, displayName }) => [id, displayName]));
  return changes.map(({ after, at, memberId }) => ({
    version: String((JSON.parse(after ?? "{}") as { version?: string }).version ?? ""),
    at: at.toISOString(),
    by: names.get(memberId) ?? "",
  }));
}
