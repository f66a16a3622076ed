import { type Db, isUniqueViolation } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { recordChange } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import { newId } from "#server/new-id.ts";
import { RULE_SET } from "./read-rule-set.ts";
import { RuleSet } from "./schema.ts";

const say = sayRoom("errors");

/** The rule set that this workspace decides by: its newest own one, else the one that ships with the program. */
export async function readRuleSet(db: Db, workspaceId: WorkspaceId): Promise<RuleSet> {
  const where = { workspaceId, name: RULE_SET.id };
  const row = await db.ruleSet.findFirst({ where, orderBy: { id: "desc" } });
  return row ? RuleSet.parse(JSON.parse(row.body)) : RULE_SET;
}

/**
 * Published versions are never changed: a correction is a new version. The set must have passed `loadRuleSet`.
 * @throws PilotageError VERSION_TAKEN
 */
export async function publishRuleSet(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  ruleSet: RuleSet,
  now: Date,
): Promise<void> {
  const id = newId("rst");
  const named = { name: ruleSet.id, semver: ruleSet.version };
  if (ruleSet.version === RULE_SET.version) throw taken(ruleSet);
  try {
    await db.$transaction(async (tx) => {
      const body = JSON.stringify(ruleSet);
      await tx.ruleSet.create({ data: { id, workspaceId, ...named, body, createdAt: now } });
      const change = {
        entity: "rule_set",
        entityId: id,
        action: "create" as const,
        before: null,
        after: named,
      };
      await recordChange(tx, workspaceId, { ...change, projectId: null, memberId, at: now });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw taken(ruleSet);
  }
}

const taken = ({ id, version }: RuleSet) =>
  new PilotageError("conflict", "VERSION_TAKEN", say("VERSION_TAKEN.ruleSet", { id, version }), {
    path: "version",
    hint: say("VERSION_TAKEN.hint"),
  });
