import * as z from "zod";
import { keepOrder } from "#server/api/keep-decision.ts";
import { procedure, router } from "#server/api/trpc.ts";
import { collectAnswers } from "#server/brief/collect-answers.ts";
import { describeAnswer } from "#server/brief/describe-answer.ts";
import { findQuestion } from "#server/brief/find-question.ts";
import { deleteProject, restoreProject } from "#server/brief/lifecycle-store.ts";
import { PRESETS } from "#server/brief/presets.data.ts";
import { QUESTIONS } from "#server/brief/questions.data.ts";
import { type AnswerValue, DisplayName, PresetId, UNKNOWN } from "#server/brief/schema.ts";
import {
  createProject,
  listProjects,
  readAnswerHistory,
  readAnswers,
  readProject,
  renameProject,
  saveAnswer,
} from "#server/brief/store.ts";
import { fillAnswers } from "#server/decision/fill-answers.ts";
import { readRuleSet } from "#server/decision/store.ts";
import { PilotageError } from "#server/errors.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { refuseBadAnswers } from "./decision.ts";
import { nameMember } from "./records.ts";

const say = sayRoom("errors");

const projectInput = z.strictObject({ projectId: ProjectId });
const questionInput = projectInput.extend({ questionId: z.string().max(60) });
const Page = z.strictObject({
  skip: z.int().min(0).max(1e6).default(0),
  take: z.int().min(1).max(100).default(50),
});

export const brief = router({
  presets: procedure("read").query(() =>
    PRESETS.map(({ id, title, kind, problem, answers }) => ({
      id,
      title,
      kind,
      problem,
      answers: Object.keys(answers).length,
    })),
  ),

  listProjects: procedure("read")
    .input(Page)
    .query(({ ctx, input }) => listProjects(ctx.db, ctx.session.workspaceId, input)),

  readProject: procedure("read")
    .input(projectInput)
    .query(({ ctx, input }) => readProject(ctx.db, ctx.session.workspaceId, input.projectId)),

  createProject: procedure("edit")
    .input(z.strictObject({ name: DisplayName, presetId: PresetId }))
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return createProject(ctx.db, workspaceId, memberId, input, ctx.now());
    }),

  renameProject: procedure("edit")
    .input(projectInput.extend({ name: DisplayName, version: z.int().min(1) }))
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return renameProject(ctx.db, workspaceId, memberId, input, ctx.now());
    }),

  deleteProject: procedure("edit")
    .input(projectInput)
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      await deleteProject(ctx.db, workspaceId, memberId, input.projectId, ctx.now());
      return { deleted: input.projectId };
    }),

  /** Undo of a deletion; `name` where the old one was given away meanwhile. */
  restoreProject: procedure("edit")
    .input(projectInput.extend({ name: DisplayName.optional() }))
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return restoreProject(ctx.db, workspaceId, memberId, input.projectId, ctx.now(), input.name);
    }),

  /** Every question with its newest answer, and the order in which the rest is worth asking. */
  readAnswers: procedure("read")
    .input(projectInput)
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const project = await readProject(ctx.db, workspaceId, input.projectId);
      const [ruleSet, records] = await Promise.all([
        readRuleSet(ctx.db, workspaceId),
        readAnswers(ctx.db, workspaceId, input.projectId),
      ]);
      const answers = collectAnswers(records);
      const inferred = fillAnswers(ruleSet, answers).inferred;
      const items = QUESTIONS.map((question) => {
        const answer = records.find((one) => one.questionId === question.id) ?? null;
        const guess = inferred.find((one) => one.question === question.id);
        return {
          question,
          answer,
          words: answer ? describeAnswer(question, answer.value) : null,
          inferred: guess ? { words: describeAnswer(question, guess.value), because: guess.because } : null,
        };
      });
      return { project, items, order: keepOrder(workspaceId, ruleSet, answers) };
    }),

  saveAnswer: procedure("edit")
    .input(
      questionInput.extend({
        value: z.unknown(),
        seenAt: z.iso.datetime().nullable().optional(),
      }),
    )
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      const { projectId, questionId, seenAt } = input;
      const value = refuseBadAnswers({ [questionId]: input.value })[questionId] ?? UNKNOWN;
      refuseMeasured(questionId);
      const seen = seenAt === undefined ? {} : { seenAt };
      const answer = { projectId, questionId, value, source: "user" as const, ...seen };
      return saveAnswer(ctx.db, workspaceId, memberId, answer, ctx.now());
    }),

  /** Puts the answer before the newest one back, with its own source. Itself an entry of the history. */
  undoAnswer: procedure("edit")
    .input(questionInput)
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      const { projectId, questionId } = input;
      await readProject(ctx.db, workspaceId, projectId);
      const history = await readAnswerHistory(ctx.db, workspaceId, projectId, { questionId, take: 2 });
      const [newest, before] = history;
      if (!newest) throw new PilotageError("absent", "NOTHING_TO_UNDO", say("NOTHING_TO_UNDO.said"));
      const { value, source, note, runId } = before ?? {
        value: UNKNOWN,
        source: "user",
        note: null,
        runId: null,
      };
      const back = { projectId, questionId, value, source, note, runId, seenAt: newest.answeredAt };
      return saveAnswer(ctx.db, workspaceId, memberId, back, ctx.now());
    }),

  answerHistory: procedure("read")
    .input(questionInput)
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const { projectId, questionId } = input;
      await readProject(ctx.db, workspaceId, projectId);
      const records = await readAnswerHistory(ctx.db, workspaceId, projectId, { questionId, take: 50 });
      return records.map((record) => ({
        ...record,
        words: sayValue(questionId, record.value),
        by: record.answeredBy === null ? null : nameMember(ctx.session, record.answeredBy),
      }));
    }),
});

function sayValue(questionId: string, value: AnswerValue): string {
  const question = findQuestion(questionId);
  return question ? describeAnswer(question, value) : JSON.stringify(value);
}

/** A measurement is accepted from a run; nobody may type one. */
function refuseMeasured(questionId: string): void {
  if (!findQuestion(questionId)?.measuredOnly) return;
  throw new PilotageError("invalid", "MEASURED_ONLY", say("MEASURED_ONLY.said"), {
    path: questionId,
    hint: say("MEASURED_ONLY.hint"),
  });
}
