import { createProject } from "#server/brief/store.ts";
import type { Db } from "#server/db.ts";
import type { Session } from "#server/identity/schema.ts";
import { addPerson } from "#server/team/store.ts";

/**
 * The example that an empty workspace starts with: the support-RAG preset and two people, so that every room has
 * something to show. Once only; an example that was deleted stays deleted.
 */
export async function seedExample(db: Db, owner: Session, now: Date): Promise<void> {
  const { workspaceId, memberId } = owner;
  if ((await db.project.count({ where: { workspaceId } })) > 0) return;
  const example = { name: "Support answers (example)", presetId: "rag_support" as const };
  const { id: projectId } = await createProject(db, workspaceId, memberId, example, now);
  const at = now.toISOString().slice(0, 10);
  const rate = (levels: Record<string, number>) =>
    Object.entries(levels).map(([skillId, level]) => ({ skillId, level, source: "peer" as const, at }));
  await addPerson(
    db,
    workspaceId,
    memberId,
    {
      projectId,
      alias: "Engineer A",
      roleId: "AIPE",
      availabilityPct: 100,
      ratings: rate({
        S01: 3,
        S02: 3,
        S03: 3,
        S04: 2,
        S05: 3,
        S07: 2,
        S08: 3,
        S10: 2,
        S12: 2,
        S13: 2,
        S19: 3,
        S21: 2,
        S24: 2,
      }),
    },
    now,
  );
  await addPerson(
    db,
    workspaceId,
    memberId,
    {
      projectId,
      alias: "Product lead B",
      roleId: "PL",
      availabilityPct: 25,
      ratings: rate({ S08: 1, S10: 1, S11: 2, S21: 2, S22: 2, S24: 4 }),
    },
    now,
  );
}
