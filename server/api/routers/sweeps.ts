import * as z from "zod";
import { loadRunnable } from "#server/api/load-runnable.ts";
import { procedure, router } from "#server/api/trpc.ts";
import { findSweepFault } from "#server/benchmark/find-sweep-fault.ts";
import { DataSet, type Job, SweepId } from "#server/benchmark/job-schema.ts";
import { meanServerMs } from "#server/benchmark/measure-utilisation.ts";
import { loadSecondsOf, paceSweep, SETUP_SECONDS } from "#server/benchmark/pace-sweep.ts";
import { planSweep, SWEEP_RUNS, type SweepAxes, suggestRates } from "#server/benchmark/plan-sweep.ts";
import { readPoints } from "#server/benchmark/point-store.ts";
import { readPromise } from "#server/benchmark/promise-store.ts";
import { provePoint } from "#server/benchmark/prove-point.ts";
import { BUNDLED_QUESTIONS, sealBefore } from "#server/benchmark/seal-before.ts";
import { listRuns, readRun } from "#server/benchmark/store.ts";
import { summariseSweep } from "#server/benchmark/summarise-sweep.ts";
import { cancelSweep, enqueueSweep, listSweeps, readSweep } from "#server/benchmark/sweep-store.ts";
import { varyConfig } from "#server/benchmark/vary-config.ts";
import { readProject } from "#server/brief/store.ts";
import { PilotageError } from "#server/errors.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { RagPilotConfig } from "#server/scaffold/rag-schema.ts";
import type { PilotConfig } from "#server/scaffold/schema.ts";

const say = sayRoom("errors");

const projectInput = z.strictObject({ projectId: ProjectId });
const sweepInput = projectInput.extend({ sweepId: SweepId });
/** Loose on purpose: what is wrong with a value is said by the rule, in a sentence. */
const axesInput = z.strictObject({
  arrivalsPerSecond: z.array(z.number()).max(200),
  k: z.array(z.number()).max(200),
  modes: z.array(z.string().max(40)).max(20),
});

/** Runs over several rates, k and kinds of search. They explore; a gate is decided by runs that stand alone. */
export const sweeps = router({
  /** How many points, how long, and what each can prove; or why it is none. Null before a hand-out. */
  plan: procedure("read")
    .input(projectInput.extend({ axes: axesInput }))
    .query(async ({ ctx, input: { projectId, axes } }) => {
      const promise = await readPromise(ctx.db, ctx.session.workspaceId, projectId, "rag");
      if (promise === null) return null;
      const { config } = promise;
      const fault = findSweepFault(axes, config);
      if (fault !== null) return { outcome: "refused" as const, ...fault };
      const { points, loadSeconds, alphaPerPoint, requests } = planPoints(axes as SweepAxes, config);
      return {
        outcome: "planned" as const,
        points,
        loadSeconds,
        expectedSeconds: loadSeconds + points.length * SETUP_SECONDS,
        proof: provePoint(config.targets, {
          questions: BUNDLED_QUESTIONS,
          requests,
          alpha: alphaPerPoint,
        }),
      };
    }),

  /** The configured point, and rates worth trying: from the newest run's own speed, else around what was promised. */
  suggest: procedure("read")
    .input(projectInput)
    .query(async ({ ctx, input: { projectId } }) => {
      const { workspaceId } = ctx.session;
      const promise = await readPromise(ctx.db, workspaceId, projectId, "rag");
      if (promise === null) return null;
      const { workload, retrieval } = promise.config;
      const [newest] = await listRuns(ctx.db, workspaceId, projectId, 1);
      const report =
        newest === undefined ? null : (await readRun(ctx.db, workspaceId, projectId, newest.runId)).report;
      const serverMs = report?.kind === "rag" ? meanServerMs(report.stages) : null;
      const { arrivalsPerSecond } = workload;
      const rates =
        serverMs === null || serverMs <= 0
          ? [0.5, 1, 2, 4].map((factor) => factor * arrivalsPerSecond)
          : suggestRates(serverMs);
      return {
        arrivalsPerSecond,
        k: retrieval.k,
        mode: retrieval.mode,
        rates: rates.filter((rate) => rate >= 0.5 && rate <= 1_000),
        isMeasured: serverMs !== null,
      };
    }),

  /** @throws PilotageError NOT_HANDED_OUT, one of `Elsewhere`, DATA_MISSING, SWEEP_INVALID, JOB_ACTIVE */
  start: procedure("edit")
    .input(projectInput.extend({ dataSet: DataSet, axes: axesInput }))
    .mutation(async ({ ctx, input: { projectId, dataSet, axes } }) => {
      const { workspaceId, memberId } = ctx.session;
      const { scaffold, other } = await loadRunnable(ctx.db, workspaceId, projectId, dataSet);
      const config = needSearch(scaffold.config);
      const fault = findSweepFault(axes, config);
      if (fault !== null) {
        throw new PilotageError("invalid", "SWEEP_INVALID", fault.message, {
          path: fault.path,
          hint: say("SWEEP_INVALID.hint"),
        });
      }
      const { points, requests } = planPoints(axes as SweepAxes, config);
      const size = { preset: "quick" as const, runs: SWEEP_RUNS, requests };
      const sweepId = await enqueueSweep(ctx.db, workspaceId, {
        projectId,
        scaffoldId: scaffold.id,
        dataSet,
        points: points.map((point) => ({
          point,
          seal: sealBefore(varyConfig(config, point), size, other).sha256,
        })),
        createdBy: memberId,
        at: ctx.now(),
      });
      return { sweepId, points: points.length };
    }),

  cancel: procedure("edit")
    .input(sweepInput)
    .mutation(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      await readSweep(ctx.db, workspaceId, input.projectId, input.sweepId);
      await cancelSweep(ctx.db, workspaceId, input, ctx.now());
    }),

  list: procedure("read")
    .input(projectInput)
    .query(async ({ ctx, input: { projectId } }) => {
      await readProject(ctx.db, ctx.session.workspaceId, projectId);
      return listSweeps(ctx.db, ctx.session.workspaceId, projectId);
    }),

  /** Where it stands, what became of each point, and the curves that its stored runs make. */
  read: procedure("read")
    .input(sweepInput)
    .query(async ({ ctx, input: { projectId, sweepId } }) => {
      const { workspaceId } = ctx.session;
      const { jobs, runs } = await readSweep(ctx.db, workspaceId, projectId, sweepId);
      const points = await readPoints(ctx.db, workspaceId, runs);
      return {
        sweepId,
        startedAt: jobs[0]?.startedAt ?? null,
        isActive: jobs.some(({ state }) => state === "queued" || state === "running"),
        isCancelling: jobs.some(({ cancelRequested }) => cancelRequested),
        pace: paceSweep(jobs, ctx.now()),
        points: jobs.flatMap(toRow),
        runs: points.map(({ run, ...point }) => ({
          ...point,
          runId: run.runId,
          finishedAt: run.finishedAt,
          source: run.source,
          outcome: run.outcome,
        })),
        curves: summariseSweep(points),
      };
    }),
});

function planPoints(axes: SweepAxes, { workload, retrieval }: RagPilotConfig) {
  const plan = planSweep(axes, { ...workload, k: retrieval.k, mode: retrieval.mode });
  if (plan === null) throw new RangeError("more points than a sweep may have");
  return { ...plan, requests: plan.runs * plan.requestsPerRun };
}

function toRow({ id, spec, state, runId, error, startedAt, finishedAt }: Job) {
  if (spec.sweep === undefined) return [];
  const { index, point } = spec.sweep;
  const row = { jobId: id, index, ...point, state, runId, error: error?.message ?? null };
  return [{ ...row, startedAt, finishedAt, loadSeconds: loadSecondsOf(point) }];
}

/** Rates, k and kinds of search are those of a pilot that searches. */
function needSearch(config: PilotConfig): RagPilotConfig {
  if (config.template === "rag") return config;
  throw new PilotageError("invalid", "SWEEP_INVALID", say("SWEEP_INVALID.noSearch"));
}
