import * as z from "zod";
import { procedure, router } from "#server/api/trpc.ts";
import { collectHistory } from "#server/benchmark/collect-history.ts";
import { compareStored } from "#server/benchmark/comparison-store.ts";
import { findCapacity, findKnee } from "#server/benchmark/find-knee.ts";
import { readSeal } from "#server/benchmark/job-store.ts";
import { judgeAgain, listJudgements } from "#server/benchmark/judgement-store.ts";
import { listSweep, readPoints } from "#server/benchmark/point-store.ts";
import { priceGoodput } from "#server/benchmark/price-goodput.ts";
import { saveNote, takeOutRecords } from "#server/benchmark/records-store.ts";
import { RunId } from "#server/benchmark/report-schema.ts";
import { RunSummary } from "#server/benchmark/schema.ts";
import { countRuns, listRuns, readSummary } from "#server/benchmark/store.ts";
import { readProject } from "#server/brief/store.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { Target } from "#server/scaffold/schema.ts";

const projectInput = z.strictObject({ projectId: ProjectId });
const runInput = projectInput.extend({ runId: RunId });
const seenInput = runInput.extend({ version: z.int().min(1) });

/** More would not fit a chart, and a page that reads as many reports would not be quick. */
const MOST_POINTS = 24;
const PAGE_SIZE = 20;
const MOST_HISTORY = 24;

/** What is done with stored runs: set beside each other, noted, judged again, thinned out, priced. */
export const runs = router({
  /** One page of the list, newest first. */
  list: procedure("read")
    .input(projectInput.extend({ skip: z.int().min(0).max(1_000_000) }))
    .query(async ({ ctx, input: { projectId, skip } }) => {
      const { workspaceId } = ctx.session;
      await readProject(ctx.db, workspaceId, projectId);
      const [listed, stored] = await Promise.all([
        listRuns(ctx.db, workspaceId, projectId, PAGE_SIZE, skip),
        countRuns(ctx.db, workspaceId, projectId),
      ]);
      return { runs: listed, stored };
    }),

  /** The first run is what the others are compared with; their error level is shared between them. */
  compare: procedure("read")
    .input(projectInput.extend({ runIds: z.array(RunId).min(2).max(6) }))
    .query(({ ctx, input: { projectId, runIds } }) =>
      compareStored(ctx.db, ctx.session.workspaceId, projectId, runIds),
    ),

  /** Each target over the runs, from stored verdicts alone. */
  history: procedure("read")
    .input(projectInput)
    .query(async ({ ctx, input }) =>
      collectHistory(await listRuns(ctx.db, ctx.session.workspaceId, input.projectId, MOST_HISTORY)),
    ),

  /** Dots for the figures over several runs: capacity of the sweep that the run belongs to, cost against quality. */
  points: procedure("read")
    .input(runInput)
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const [listed, swept] = await Promise.all([
        listRuns(ctx.db, workspaceId, input.projectId, MOST_POINTS),
        listSweep(ctx.db, workspaceId, input.projectId, input.runId),
      ]);
      const [newest, sweep] = await Promise.all([
        readPoints(ctx.db, workspaceId, listed),
        readPoints(ctx.db, workspaceId, swept),
      ]);
      const curve = sweep.flatMap(({ run, throughputRps, goodput, ...point }) =>
        throughputRps === null
          ? []
          : [{ ...point, runId: run.runId, throughputRps, goodputRps: goodput?.rps ?? 0, goodput }],
      );
      const targetMs = curve[0]?.goodput?.targetMs ?? null;
      return {
        curve,
        targetMs,
        knee: findKnee(curve),
        capacity: targetMs === null ? null : findCapacity(curve, targetMs),
        costs: newest.flatMap(({ run, accuracy, usdPer1k, mode, k }) =>
          accuracy === null || usdPer1k === null
            ? []
            : [{ runId: run.runId, finishedAt: run.finishedAt, accuracy, usdPer1k, mode, k }],
        ),
      };
    }),

  /** What the run's own page shows beside its verdicts: later judgements, and what it could serve. */
  beside: procedure("read")
    .input(runInput)
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const { projectId, runId } = input;
      const run = await readSummary(ctx.db, workspaceId, projectId, runId);
      const [judgements, points, seal] = await Promise.all([
        listJudgements(ctx.db, workspaceId, projectId, runId),
        readPoints(ctx.db, workspaceId, [run]),
        run.jobId === null ? null : readSeal(ctx.db, workspaceId, run.jobId),
      ]);
      const [point] = points;
      return { judgements, goodput: point?.goodput ?? null, energy: point?.energy ?? null, seal };
    }),

  /** From the rate that held the target, not from the peak. Null where none did. */
  price: procedure("read")
    .input(
      runInput.extend({
        usdPerHour: z.number().positive().max(100_000),
        asOf: z.iso.date(),
        source: z.string().trim().min(1).max(200),
      }),
    )
    .query(async ({ ctx, input: { projectId, runId, ...price } }) => {
      const { workspaceId } = ctx.session;
      const run = await readSummary(ctx.db, workspaceId, projectId, runId);
      const [point] = await readPoints(ctx.db, workspaceId, [run]);
      return priceGoodput(point?.goodput?.rps ?? null, price);
    }),

  saveNote: procedure("edit")
    .input(seenInput.extend({ note: RunSummary.shape.note }))
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      const note = input.note?.trim() || null;
      return saveNote(ctx.db, workspaceId, memberId, { ...input, note }, ctx.now());
    }),

  /** There is no undo. */
  takeOutRecords: procedure("edit")
    .input(seenInput.extend({ records: z.enum(["thinned", "deleted"]) }))
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return takeOutRecords(ctx.db, workspaceId, memberId, input, ctx.now());
    }),

  judgeAgain: procedure("edit")
    .input(runInput.extend({ targets: z.array(Target).min(1).max(12) }))
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      await readProject(ctx.db, workspaceId, input.projectId);
      return judgeAgain(ctx.db, workspaceId, memberId, input, ctx.now());
    }),
});
