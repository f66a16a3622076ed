import type { Db } from "#server/db.ts";
import type { RuleSet } from "#server/decision/schema.ts";
import { readRuleSet } from "#server/decision/store.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";
import { readCatalogue } from "#server/team/catalogue-store.ts";
import type { SkillCatalogue } from "#server/team/schema.ts";

/** What a workspace decides and measures by: its own published versions, else those that ship with the program. */
export type Standards = { ruleSet: RuleSet; catalogue: SkillCatalogue };

export async function loadStandards(db: Db, workspaceId: WorkspaceId): Promise<Standards> {
  const [ruleSet, catalogue] = await Promise.all([
    readRuleSet(db, workspaceId),
    readCatalogue(db, workspaceId),
  ]);
  return { ruleSet, catalogue };
}
