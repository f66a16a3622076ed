import * as z from "zod";
import { loadRuleChanges } from "#server/api/load-rule-changes.ts";
import { loadStandards } from "#server/api/load-standards.ts";
import { procedure, router } from "#server/api/trpc.ts";
import { describeRules } from "#server/decision/describe-rules.ts";
import { RuleSetDraft } from "#server/decision/draft-schema.ts";
import { editRules } from "#server/decision/edit-rules.ts";
import { loadRuleSet } from "#server/decision/load-rule-set.ts";
import { RULE_SET } from "#server/decision/read-rule-set.ts";
import type { RuleSet } from "#server/decision/schema.ts";
import { publishRuleSet } from "#server/decision/store.ts";
import { PilotageError } from "#server/errors.ts";
import { listDifferences } from "#server/identity/list-differences.ts";
import { sayRoom } from "#server/messages/say.ts";
import { publishCatalogue } from "#server/team/catalogue-store.ts";
import { loadCatalogue } from "#server/team/load-catalogue.ts";
import { SKILL_CATALOGUE } from "#server/team/read-catalogue.ts";
import { calendarDayOf } from "#server/team/shift-date.ts";

const say = sayRoom("errors");

const Document = z.union([
  z.strictObject({
    which: z.enum(["rules", "skills"]),
    /** The file as it is, so that what cannot be read is told with its place. */
    text: z.string().max(900_000),
  }),
  z.strictObject({ which: z.literal("rules"), draft: RuleSetDraft }),
]);
type Document = z.infer<typeof Document>;

/** Enough to see what a document is about; the whole list is in the two files. */
const SHOWN = 200;

/** What the workspace decides and measures by. Published versions stay; a change is a new version. */
export const standards = router({
  read: procedure("read").query(async ({ ctx }) => {
    const { ruleSet, catalogue } = await loadStandards(ctx.db, ctx.session.workspaceId);
    return {
      rules: {
        id: ruleSet.id,
        version: ruleSet.version,
        shipped: RULE_SET.version,
        effectiveFrom: ruleSet.effectiveFrom,
        expiresAt: ruleSet.expiresAt,
        layers: ruleSet.layers.length,
        rules: ruleSet.rules.length,
      },
      skills: {
        version: catalogue.version,
        shipped: SKILL_CATALOGUE.version,
        skills: catalogue.skills.length,
        roles: catalogue.roles.length,
      },
    };
  }),

  /** What a person may edit of every rule, with the names of what it speaks of. */
  rules: procedure("read").query(async ({ ctx }) => {
    const { ruleSet } = await loadStandards(ctx.db, ctx.session.workspaceId);
    return describeRules(ruleSet, calendarDayOf(ctx.now()));
  }),

  /** What a document would change, before it is published. Nothing is stored. */
  check: procedure("own")
    .input(Document)
    .mutation(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const now = await loadStandards(ctx.db, workspaceId);
      const document = readDocument(input, now.ruleSet);
      if (input.which === "rules") {
        const ruleSet = acceptRules(document, calendarDayOf(ctx.now()));
        const differences = listDifferences(now.ruleSet, ruleSet);
        const decisions = await loadRuleChanges(ctx.db, workspaceId, now.ruleSet, ruleSet);
        return { version: ruleSet.version, ...shorten(differences), decisions };
      }
      const catalogue = acceptCatalogue(document);
      const differences = listDifferences(now.catalogue, catalogue);
      return { version: catalogue.version, ...shorten(differences), decisions: [] };
    }),

  publish: procedure("own")
    .input(Document)
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      const now = await loadStandards(ctx.db, workspaceId);
      const document = readDocument(input, now.ruleSet);
      if (input.which === "rules") {
        const ruleSet = acceptRules(document, calendarDayOf(ctx.now()));
        requireHigher(ruleSet.version, now.ruleSet.version);
        await publishRuleSet(ctx.db, workspaceId, memberId, ruleSet, ctx.now());
        return { version: ruleSet.version };
      }
      const catalogue = acceptCatalogue(document);
      requireHigher(catalogue.version, now.catalogue.version);
      await publishCatalogue(ctx.db, workspaceId, memberId, catalogue, ctx.now());
      return { version: catalogue.version };
    }),
});

/** The newest version is the one in force: a lower number on top of it would read as a step back in every record. */
function requireHigher(version: string, inForce: string): void {
  const [wanted, present] = [version, inForce].map((text) => text.split(".").map(Number));
  const at = wanted?.findIndex((part, index) => part !== present?.[index]) ?? -1;
  if (at < 0 || (wanted?.[at] ?? 0) > (present?.[at] ?? 0)) return;
  throw new PilotageError(
    "invalid",
    "VERSION_NOT_HIGHER",
    say("VERSION_NOT_HIGHER.said", { version, inForce }),
    {
      path: "version",
      hint: say("VERSION_TAKEN.hint"),
    },
  );
}

function shorten(differences: ReturnType<typeof listDifferences>) {
  return { differences: differences.slice(0, SHOWN), differing: differences.length };
}

function readDocument(input: Document, inForce: RuleSet): unknown {
  if ("draft" in input) return applyDraft(input.draft, inForce);
  try {
    return JSON.parse(input.text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    throw new PilotageError("invalid", "BODY_NOT_JSON", say("BODY_NOT_JSON.report", { reason }));
  }
}

function applyDraft(draft: RuleSetDraft, inForce: RuleSet): RuleSet {
  if (draft.base !== inForce.version) {
    const versions = { base: draft.base, inForce: inForce.version };
    throw new PilotageError("conflict", "RULES_MOVED", say("RULES_MOVED.said", versions), {
      hint: say("RULES_MOVED.hint"),
    });
  }
  const { ruleSet, strange } = editRules(inForce, draft);
  if (strange.length === 0) return ruleSet;
  throw refuse(
    "RULE_SET_INVALID",
    strange.map((id) => say("RULE_SET_INVALID.noRule", { id })),
  );
}

/** An overdue rule would be advice past its date: nobody may publish it. Rules already published only warn. */
function acceptRules(document: unknown, today: string) {
  const loaded = loadRuleSet(document, today);
  if (!loaded.ok) throw refuse("RULE_SET_INVALID", loaded.problems);
  const { ruleSet, overdueRules } = loaded;
  if (ruleSet.id !== RULE_SET.id) {
    const strange = say("RULE_SET_INVALID.otherId", { id: ruleSet.id, expected: RULE_SET.id });
    throw refuse("RULE_SET_INVALID", [strange]);
  }
  if (overdueRules.length > 0) throw refuse("RULE_OVERDUE", overdueRules);
  return ruleSet;
}

function acceptCatalogue(document: unknown) {
  const loaded = loadCatalogue(document);
  if (!loaded.ok) throw refuse("CATALOGUE_INVALID", loaded.problems);
  return loaded.catalogue;
}

function refuse(code: "RULE_SET_INVALID" | "RULE_OVERDUE" | "CATALOGUE_INVALID", problems: string[]) {
  const values = { count: problems.length, first: problems[0] ?? "" };
  return new PilotageError("invalid", code, say(`${code}.said`, values), { data: problems.slice(0, 50) });
}
