import type { Db } from "#server/db.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { type SeenDecision, VisitBody } from "./record-schema.ts";

/** Whoever comes back within half an hour never left: the news of the visit stay until then. */
const ONE_VISIT_MS = 30 * 60_000;

export type LastVisit = { seen: SeenDecision; at: string };

/** What the member saw when the visit before this one ended, null on the first; and remembers what is seen now. */
export async function moveVisit(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  projectId: string,
  now: SeenDecision,
  at: Date,
): Promise<LastVisit | null> {
  const key = { projectId_memberId: { projectId, memberId } };
  const row = await db.visit.findFirst({ where: { workspaceId, projectId, memberId } });
  const kept = row && VisitBody.safeParse(JSON.parse(row.body)).data;
  const isSame = row !== null && at.getTime() - row.at.getTime() < ONE_VISIT_MS;
  const before =
    !row || !kept ? null : isSame ? last(kept.before, kept.beforeAt) : last(kept.last, row.at.toISOString());
  const body = JSON.stringify({
    before: before?.seen ?? now,
    beforeAt: before?.at ?? at.toISOString(),
    last: now,
  } satisfies VisitBody);
  const data = { body, at };
  await db.visit.upsert({ where: key, update: data, create: { workspaceId, projectId, memberId, ...data } });
  return before;
}

const last = (seen: SeenDecision, at: string): LastVisit => ({ seen, at });
