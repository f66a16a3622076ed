import * as z from "zod";
import { procedure, router } from "#server/api/trpc.ts";
import { acceptReport } from "#server/benchmark/accept-report.ts";
import { type AnswerOffer, offerOfRun } from "#server/benchmark/offer-answers.ts";
import { planRun } from "#server/benchmark/plan-run.ts";
import { findScaffoldOf, readPromise } from "#server/benchmark/promise-store.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import type { ReportProblem } from "#server/benchmark/read-report.ts";
import { RunId } from "#server/benchmark/report-schema.ts";
import type { Verdict } from "#server/benchmark/schema.ts";
import { BUNDLED_QUESTIONS, sealBefore } from "#server/benchmark/seal-before.ts";
import {
  listRefusedOffers,
  listRuns,
  readRun,
  recordOfferChoice,
  storeUpload,
} from "#server/benchmark/store.ts";
import { type ReportPicture, summariseReport } from "#server/benchmark/summarise-report.ts";
import { collectAnswers } from "#server/brief/collect-answers.ts";
import { describeAnswer } from "#server/brief/describe-answer.ts";
import { findQuestion } from "#server/brief/find-question.ts";
import { type Answers, type AnswerValue, QuestionId, UNKNOWN } from "#server/brief/schema.ts";
import { readAnswerHistory, readAnswers, readProject, saveAnswers } from "#server/brief/store.ts";
import { compareDecisions, type LayerChange } from "#server/decision/compare-decisions.ts";
import { labelOption } from "#server/decision/describe-flip.ts";
import { judgeLayers } from "#server/decision/judge-layers.ts";
import type { Decision, RuleSet } from "#server/decision/schema.ts";
import { readRuleSet } from "#server/decision/store.ts";
import { PilotageError } from "#server/errors.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");

const projectInput = z.strictObject({ projectId: ProjectId });
const runInput = projectInput.extend({ runId: RunId });
const offersInput = runInput.extend({ questionIds: z.array(QuestionId).min(1).max(20) });
const offerInput = runInput.extend({ questionId: QuestionId });

export const reports = router({
  list: procedure("read")
    .input(projectInput)
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      await readProject(ctx.db, workspaceId, input.projectId);
      return listRuns(ctx.db, workspaceId, input.projectId);
    }),

  read: procedure("read")
    .input(runInput)
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const { run, report } = await readRun(ctx.db, workspaceId, input.projectId, input.runId);
      const picture = summariseReport(report, run.verdicts);
      return {
        run,
        picture: run.records === "kept" ? picture : keepBounds(picture, run.verdicts),
      };
    }),

  /** What a run of either size could prove about the targets that were handed out; null before a hand-out. */
  plan: procedure("read")
    .input(projectInput)
    .query(async ({ ctx, input }) => {
      const promise = await readPromise(ctx.db, ctx.session.workspaceId, input.projectId, "rag");
      if (promise === null) return null;
      const { config } = promise;
      const spec = {
        targets: config.targets,
        arrivalsPerSecond: config.workload.arrivalsPerSecond,
        judgedQuestions: BUNDLED_QUESTIONS,
      };
      return {
        scaffoldId: promise.scaffoldId,
        configSha256: promise.configSha256,
        handedOutAt: promise.handedOutAt,
        targets: spec.targets,
        quick: planBefore("quick"),
        standard: planBefore("standard"),
      };

      function planBefore(preset: RagReport["preset"]) {
        const plan = planRun(preset, spec);
        return { ...plan, sealed: sealBefore(config, plan) };
      }
    }),

  /** @throws PilotageError of the report catalogue, with every problem as data */
  upload: procedure("edit")
    .input(projectInput.extend({ text: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      const at = ctx.now();
      await readProject(ctx.db, workspaceId, input.projectId);
      const accepted = acceptReport(input.text, { projectId: input.projectId, now: at });
      if (accepted.outcome === "refused") throw refuseReport(accepted.problems);
      const { report } = accepted;
      // Files that were found changed are of no hand-out, even where the configuration still is.
      const scaffoldId = report.modified
        ? null
        : await findScaffoldOf(ctx.db, workspaceId, input.projectId, report);
      const stored = { jobId: null, scaffoldId, source: "upload" as const, isolation: null, report, at };
      const run = {
        ...stored,
        projectId: input.projectId,
        modified: scaffoldId === null,
        createdBy: memberId,
      };
      return { ...(await storeUpload(ctx.db, workspaceId, run)), kind: report.kind };
    }),

  /** What a run would answer in the brief, with the layers that would change; refused ones apart. */
  offers: procedure("read")
    .input(runInput)
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const { projectId, runId } = input;
      const { run, report } = await readRun(ctx.db, workspaceId, projectId, runId);
      const [ruleSet, records, refusedIds] = await Promise.all([
        readRuleSet(ctx.db, workspaceId),
        readAnswers(ctx.db, workspaceId, projectId),
        listRefusedOffers(ctx.db, workspaceId, projectId, runId),
      ]);
      const answers = collectAnswers(records);
      const all = offerOfRun(run, report, answers);
      const open = all.filter((offer) => !refusedIds.includes(offer.questionId));
      const describe = makeDescriber(ruleSet, answers);
      const accepted = records.filter((answer) => answer.source === "measured" && answer.runId === runId);
      return {
        offers: open.map((offer) => ({
          ...describeOffer(offer),
          changes: describe({ [offer.questionId]: offer.value }),
        })),
        together: describe(toAnswers(open)),
        refused: all.filter((offer) => refusedIds.includes(offer.questionId)).map(describeOffer),
        accepted: accepted.map((answer) => ({
          questionId: answer.questionId,
          name: nameOf(answer.questionId),
          words: sayAnswer(answer.questionId, answer.value),
        })),
      };
    }),

  /** Writes the measured values as answers; gives back what changed in the decision. */
  acceptOffers: procedure("edit")
    .input(offersInput)
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      const { projectId, runId, questionIds } = input;
      const { run, report } = await readRun(ctx.db, workspaceId, projectId, runId);
      const ruleSet = await readRuleSet(ctx.db, workspaceId);
      const answers = collectAnswers(await readAnswers(ctx.db, workspaceId, projectId));
      const chosen = offerOfRun(run, report, answers).filter((offer) =>
        questionIds.includes(offer.questionId),
      );
      if (chosen.length < questionIds.length) {
        throw new PilotageError("conflict", "OFFER_GONE", say("OFFER_GONE.said"), {
          hint: say("OFFER_GONE.hint"),
        });
      }
      await saveAnswers(
        ctx.db,
        workspaceId,
        memberId,
        chosen.map(({ questionId, value, because }) => ({
          projectId,
          questionId,
          value,
          source: "measured",
          note: because,
          runId,
        })),
        ctx.now(),
      );
      return { changes: makeDescriber(ruleSet, answers)(toAnswers(chosen)) };
    }),

  /** Puts back what stood in the brief before the measured answers of this run; nothing is erased. */
  undoAccepted: procedure("edit")
    .input(offersInput)
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      const { projectId, runId, questionIds } = input;
      const back = await Promise.all(
        questionIds.map(async (questionId) => {
          const history = await readAnswerHistory(ctx.db, workspaceId, projectId, { questionId, take: 2 });
          const [newest, before] = history;
          if (newest?.runId !== runId) return [];
          const value = before?.value ?? UNKNOWN;
          const origin = before
            ? { source: before.source, runId: before.runId }
            : { source: "user" as const };
          return [{ projectId, questionId, value, note: before?.note ?? null, ...origin }];
        }),
      );
      await saveAnswers(ctx.db, workspaceId, memberId, back.flat(), ctx.now());
      return { restored: back.flat().length };
    }),

  refuseOffer: procedure("edit")
    .input(offerInput)
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return recordOfferChoice(ctx.db, workspaceId, memberId, { ...input, wanted: false }, ctx.now());
    }),

  /** Offers a refused one again. */
  restoreOffer: procedure("edit")
    .input(offerInput)
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return recordOfferChoice(ctx.db, workspaceId, memberId, { ...input, wanted: true }, ctx.now());
    }),
});

function refuseReport(problems: ReportProblem[]): PilotageError {
  const [first] = problems;
  const kind = first?.code === "REPORT_SPEC_MISMATCH" ? "conflict" : "invalid";
  return new PilotageError(
    kind,
    first?.code ?? "REPORT_INVALID",
    first?.message ?? say("REPORT_INVALID.notReport"),
    {
      ...(first?.path ? { path: first.path } : {}),
      hint: say("REPORT_INVALID.hint"),
      data: problems.slice(0, 20),
    },
  );
}

function toAnswers(offers: readonly AnswerOffer[]): Answers {
  return Object.fromEntries(offers.map(({ questionId, value }) => [questionId, value]));
}

function describeOffer({ questionId, value, current, because }: AnswerOffer) {
  return {
    questionId,
    name: nameOf(questionId),
    words: sayAnswer(questionId, value),
    currentWords: current === null ? null : sayAnswer(questionId, current),
    because,
  };
}

/** The layers that end differently, in the words of their options. Without the search for flips, which takes longest. */
/** What stands is decided once, however many changes are looked at. */
function makeDescriber(ruleSet: RuleSet, answers: Answers) {
  const decide = (given: Answers): Decision => ({
    ruleSet: { id: ruleSet.id, version: ruleSet.version, expiresAt: ruleSet.expiresAt },
    layers: judgeLayers(ruleSet, given).map((layer) => ({ ...layer, flips: [] })),
    guards: [],
    requires: [],
    inferred: [],
  });
  const before = decide(answers);
  return (changes: Answers) =>
    compareDecisions(before, decide({ ...answers, ...changes })).map((change) => ({
      layer: change.layer,
      name: change.name,
      before: sayPick(ruleSet, change, change.before),
      after: sayPick(ruleSet, change, change.after),
    }));
}

function sayPick(ruleSet: RuleSet, { layer }: LayerChange, result: LayerChange["before"]): string {
  const label = (option: string) => labelOption(ruleSet, layer, option);
  if (result.pick !== null) {
    const team =
      result.teamPick !== null && result.teamPick !== result.pick
        ? `, the team can build ${label(result.teamPick)}`
        : "";
    return label(result.pick) + team;
  }
  return result.tied.length > 0
    ? `tie: ${result.tied.map(label).join(", ")}`
    : result.status.replace("_", " ");
}

/** Without raw records an interval has the one end that stands in the verdict. */
function keepBounds(picture: ReportPicture, verdicts: readonly Verdict[]): ReportPicture {
  const intervals = verdicts.map(({ verdict, bound, target: { comparison } }, at) => {
    const isUpper = comparison === "lt" || verdict === "fail";
    const stored = bound === null ? null : { low: isUpper ? null : bound, high: isUpper ? bound : null };
    return picture.intervals[at] ?? stored;
  });
  return { ...picture, intervals };
}

function nameOf(questionId: string): string {
  return findQuestion(questionId)?.name ?? questionId;
}

function sayAnswer(questionId: string, value: AnswerValue): string {
  const question = findQuestion(questionId);
  return question ? describeAnswer(question, value) : String(value);
}
