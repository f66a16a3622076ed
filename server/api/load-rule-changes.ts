import { listAnswersOf } from "#server/brief/answer-list-store.ts";
import { collectAnswers } from "#server/brief/collect-answers.ts";
import { listProjects } from "#server/brief/store.ts";
import type { Db } from "#server/db.ts";
import { judgeLayers } from "#server/decision/judge-layers.ts";
import type { RuleSet } from "#server/decision/schema.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";

export type DecisionChange = {
  projectId: string;
  project: string;
  layer: string;
  /** Option ids, several where it is a tie; empty where nothing is picked. */
  before: string[];
  after: string[];
};

/** Answers are read for so many projects at once; a thousand projects stay a dozen queries. */
const PAGE = 100;

/** Which picks of this workspace would change if it decided by another rule set. Nothing is stored. */
export async function loadRuleChanges(
  db: Db,
  workspaceId: WorkspaceId,
  from: RuleSet,
  to: RuleSet,
): Promise<DecisionChange[]> {
  const changes: DecisionChange[] = [];
  for (let skip = 0; ; skip += PAGE) {
    const { projects, total } = await listProjects(db, workspaceId, { skip, take: PAGE });
    const answers = await listAnswersOf(
      db,
      workspaceId,
      projects.map(({ id }) => id),
    );
    for (const { id, name } of projects) {
      const given = collectAnswers(answers.get(id) ?? []);
      const after = new Map(judgeLayers(to, given).map((layer) => [layer.layer, endOf(layer)]));
      for (const layer of judgeLayers(from, given)) {
        const [was, is] = [endOf(layer), after.get(layer.layer) ?? []];
        if (was.join() === is.join()) continue;
        changes.push({ projectId: id, project: name, layer: layer.layer, before: was, after: is });
      }
    }
    if (skip + PAGE >= total) return changes;
  }
}

function endOf({ pick, tied }: { pick: string | null; tied: string[] }): string[] {
  return pick === null ? [...tied].sort() : [pick];
}
