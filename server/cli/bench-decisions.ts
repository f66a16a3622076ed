import { loadRuleChanges } from "#server/api/load-rule-changes.ts";
import type { Answers } from "#server/brief/schema.ts";
import type { Db } from "#server/db.ts";
import { pickLayers } from "#server/decision/pick-layers.ts";
import { RULE_SET } from "#server/decision/read-rule-set.ts";
import golden from "#server/decision/scenarios.golden.json" with { type: "json" };
import type { RuleSet } from "#server/decision/schema.ts";
import { weighDecision } from "#server/decision/weigh-decision.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";

const ROUNDS = 20;

/** Every golden scenario, twenty times after a warm-up: the picks with all single flips, then weights, pairs and risks. */
export function benchDecisions(): string {
  const all = golden.scenarios.map(({ changes }) => ({ ...golden.base, ...changes }) as Answers);
  const decided: number[] = [];
  const weighed: number[] = [];
  for (let round = -5; round < ROUNDS; round++) {
    for (const answers of all) {
      const started = performance.now();
      const decision = pickLayers(RULE_SET, answers);
      const flipped = performance.now();
      weighDecision(RULE_SET, answers, decision);
      if (round < 0) continue;
      decided.push(flipped - started);
      weighed.push(performance.now() - flipped);
    }
  }
  return [
    `picks and all single flips of a project: ${describe(decided)}`,
    `weights, pairs, risks and languages on top: ${describe(weighed)}`,
  ].join("\n");
}

/** What a new rule set would change for every stored project of a workspace. */
export async function benchRuleChange(db: Db, workspaceId: WorkspaceId): Promise<string> {
  const heavier: RuleSet = {
    ...RULE_SET,
    rules: RULE_SET.rules.map((rule) =>
      rule.kind === "score" ? { ...rule, weight: (rule.weight % 3) + 1 } : rule,
    ),
  };
  const started = performance.now();
  const changes = await loadRuleChanges(db, workspaceId, RULE_SET, heavier);
  const seconds = (performance.now() - started) / 1000;
  return `every stored project judged by two rule sets: ${seconds.toFixed(2)} s, ${changes.length} picks differ`;
}

function describe(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(1);
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}
