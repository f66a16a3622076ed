import * as z from "zod";
import { keepDecision, keepWeighed } from "#server/api/keep-decision.ts";
import { procedure, router } from "#server/api/trpc.ts";
import { checkAnswers } from "#server/brief/check-answers.ts";
import { collectAnswers } from "#server/brief/collect-answers.ts";
import { describeAnswer } from "#server/brief/describe-answer.ts";
import { QUESTIONS } from "#server/brief/questions.data.ts";
import { type Answer, type Answers, UNKNOWN } from "#server/brief/schema.ts";
import { readAnswers, readProject } from "#server/brief/store.ts";
import { CLAIMS } from "#server/decision/claims.data.ts";
import { compareDecisions } from "#server/decision/compare-decisions.ts";
import { countLanguages } from "#server/decision/count-languages.ts";
import { labelOption } from "#server/decision/describe-flip.ts";
import { describeLayer, describeTeamPick } from "#server/decision/describe-layer.ts";
import { findSwings } from "#server/decision/find-swings.ts";
import { LESSONS } from "#server/decision/lessons.data.ts";
import { readOverrides } from "#server/decision/override-store.ts";
import { pickLayers } from "#server/decision/pick-layers.ts";
import type { Override } from "#server/decision/record-schema.ts";
import type { Decision, RuleSet } from "#server/decision/schema.ts";
import { readRuleSet } from "#server/decision/store.ts";
import type { WeighedDecision } from "#server/decision/weigh-decision.ts";
import { PilotageError } from "#server/errors.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { nameMember } from "./records.ts";

const say = sayRoom("errors");

const projectInput = z.strictObject({ projectId: ProjectId });

export const decision = router({
  /** The decision as the newest answers make it, with what a page needs to explain it. Nothing is stored. */
  read: procedure("read")
    .input(projectInput)
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const project = await readProject(ctx.db, workspaceId, input.projectId);
      const [ruleSet, answers, overrides] = await Promise.all([
        readRuleSet(ctx.db, workspaceId),
        readAnswers(ctx.db, workspaceId, input.projectId),
        readOverrides(ctx.db, workspaceId, input.projectId),
      ]);
      const given = collectAnswers(answers);
      const picked = keepDecision(workspaceId, ruleSet, given);
      return {
        project,
        decision: picked,
        ruleSet: summarise(ruleSet),
        isExpired: ruleSet.expiresAt < ctx.now().toISOString().slice(0, 10),
        ...explain(ruleSet, picked),
        read: sayAnswers(answers, picked),
        weighed: countChosen(ruleSet, given, picked, keepWeighed(workspaceId, ruleSet, given), overrides),
        overrides: Object.fromEntries(
          [...overrides].map(([layer, override]) => [
            layer,
            {
              ...override,
              ...nameOverride(ruleSet, override),
              by: nameMember(ctx.session, override.memberId),
            },
          ]),
        ),
      };
    }),

  /** How far each answer moves the lead of one layer's pick; null without a pick. */
  readSwings: procedure("read")
    .input(projectInput.extend({ layerId: z.string().max(60) }))
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      await readProject(ctx.db, workspaceId, input.projectId);
      const ruleSet = await readRuleSet(ctx.db, workspaceId);
      const answers = await readAnswers(ctx.db, workspaceId, input.projectId);
      return findSwings(ruleSet, collectAnswers(answers), input.layerId);
    }),

  /** Claims of the guides with their status, and the lessons beside the rules. */
  readGuides: procedure("read").query(async ({ ctx }) => {
    const { sources } = await readRuleSet(ctx.db, ctx.session.workspaceId);
    return { claims: CLAIMS, lessons: LESSONS, sources };
  }),

  /** Before and after, if these answers were given. Nothing is saved. */
  preview: procedure("read")
    .input(projectInput.extend({ changes: z.record(z.string().max(60), z.unknown()) }))
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      await readProject(ctx.db, workspaceId, input.projectId);
      const ruleSet = await readRuleSet(ctx.db, workspaceId);
      const answers = collectAnswers(await readAnswers(ctx.db, workspaceId, input.projectId));
      const changes = refuseBadAnswers(input.changes);
      const before = pickLayers(ruleSet, answers);
      const after = pickLayers(ruleSet, { ...answers, ...changes });
      return { before, after, changed: compareDecisions(before, after), ruleSet: summarise(ruleSet) };
    }),
});

/** @throws PilotageError with the first problem and, as data, all of them */
export function refuseBadAnswers(document: unknown): Answers {
  const checked = checkAnswers(document);
  if (checked.ok) return checked.answers;
  const [first] = checked.issues;
  throw new PilotageError(
    "invalid",
    first?.code ?? "ANSWER_INVALID",
    first?.message ?? say("ANSWER_INVALID.noAnswer"),
    {
      ...(first?.path ? { path: first.path } : {}),
      ...(first?.hint ? { hint: first.hint } : {}),
      data: checked.issues,
    },
  );
}

/** A person's choice brings its own language; nobody on the team may write it. */
function countChosen(
  ruleSet: RuleSet,
  given: Answers,
  { layers }: Decision,
  weighed: WeighedDecision,
  overrides: Map<string, Override>,
): WeighedDecision {
  if (overrides.size === 0) return weighed;
  const chosen = layers.map((result) => {
    const option = overrides.get(result.layer)?.option;
    return option ? { ...result, pick: option, teamPick: option } : result;
  });
  const count = (which: "ideal" | "team") => countLanguages(ruleSet, chosen, given, which);
  return { ...weighed, languages: { ideal: count("ideal"), team: count("team") } };
}

function nameOverride(ruleSet: RuleSet, { layer, option }: Override) {
  return { label: labelOption(ruleSet, layer, option ?? "") };
}

function summarise({ id, version, effectiveFrom, expiresAt, sources, layers }: RuleSet) {
  const named = layers.map(({ id, name, question, options }) => ({ id, name, question, options }));
  return { id, version, effectiveFrom, expiresAt, sources, layers: named };
}

function explain(ruleSet: RuleSet, { layers }: Decision) {
  return {
    leads: Object.fromEntries(layers.map((result) => [result.layer, describeLayer(ruleSet, result)])),
    teams: Object.fromEntries(layers.map((result) => [result.layer, describeTeamPick(ruleSet, result)])),
  };
}

/** Each question as a rule read it: its words, where the answer came from and when. */
function sayAnswers(answers: Answer[], { inferred }: Decision) {
  const given = new Map(answers.map((answer) => [answer.questionId, answer]));
  const filled = new Map(inferred.map((one) => [one.question, one.value]));
  return Object.fromEntries(
    QUESTIONS.map((question) => {
      const answer = given.get(question.id);
      const value = filled.get(question.id) ?? answer?.value ?? UNKNOWN;
      const source = filled.has(question.id) ? ("inferred" as const) : (answer?.source ?? null);
      const { name, measuredOnly } = question;
      const at = filled.has(question.id) ? null : (answer?.answeredAt ?? null);
      return [question.id, { name, measuredOnly, words: describeAnswer(question, value), source, at }];
    }),
  );
}
