import type { Db, Tx } from "#server/db.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";
import type { Answer } from "./schema.ts";
import { toAnswer } from "./store.ts";

/** `readAnswers` of several projects in one query: the answers by project, none for one that nobody may see. */
export async function listAnswersOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectIds: string[],
): Promise<Map<string, Answer[]>> {
  const where = { workspaceId, projectId: { in: projectIds } };
  const rows = await db.answer.findMany({ where, orderBy: { id: "asc" } });
  const newest = new Map(rows.map((row) => [`${row.projectId} ${row.questionId}`, row]));
  const sorted = [...newest.values()].sort((a, b) => (a.questionId < b.questionId ? -1 : 1));
  return new Map(projectIds.map((id) => [id, sorted.filter((row) => row.projectId === id).map(toAnswer)]));
}
