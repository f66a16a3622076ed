import { setTimeout as wait } from "node:timers/promises";
import { tracked } from "@trpc/server";
import * as z from "zod";
import { loadRunnable } from "#server/api/load-runnable.ts";
import { procedure, router } from "#server/api/trpc.ts";
import { isTerminal } from "#server/benchmark/advance-job.ts";
import { listDataSets } from "#server/benchmark/find-data-set.ts";
import { BenchPreset, DataSet, type Job, type JobEvent, JobId } from "#server/benchmark/job-schema.ts";
import {
  countJobsBefore,
  enqueueJob,
  readEventsAfter,
  readJob,
  readLatestJob,
  requestCancel,
} from "#server/benchmark/job-store.ts";
import { sizeOfRun } from "#server/benchmark/plan-run.ts";
import { readWorker } from "#server/benchmark/read-worker.ts";
import { sealJob } from "#server/benchmark/seal-before.ts";
import { readProject } from "#server/brief/store.ts";
import type { Db } from "#server/db.ts";
import { readSettings } from "#server/env.ts";
import { ProjectId, type WorkspaceId } from "#server/identity/schema.ts";
import { listScaffolds } from "#server/scaffold/store.ts";

/** Fast enough to look live, slow enough for one process to serve many pages. */
const pollMs = 300;
const pageOfEvents = 500;

const projectInput = z.strictObject({ projectId: ProjectId });
const jobInput = z.strictObject({ jobId: JobId });

/** What a page shows of a job: `before` = how many are ahead of it in the queue. */
export type JobView = { job: Job; before: number; events: JobEvent[] };

export const jobs = router({
  /** @throws PilotageError NOT_HANDED_OUT, one of `Elsewhere`, DATA_MISSING, JOB_ACTIVE */
  start: procedure("edit")
    .input(projectInput.extend({ preset: BenchPreset, dataSet: DataSet }))
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      const { projectId, preset, dataSet } = input;
      const { scaffold, other } = await loadRunnable(ctx.db, workspaceId, projectId, dataSet);
      const size = { preset, ...sizeOfRun(preset) };
      const job = await enqueueJob(ctx.db, workspaceId, {
        projectId,
        scaffoldId: scaffold.id,
        spec: { kind: "bench", preset, dataSet },
        seal: sealJob(scaffold.config, size, other),
        createdBy: memberId,
        at: ctx.now(),
      });
      return { job, before: await countJobsBefore(ctx.db, workspaceId, job.id) };
    }),

  cancel: procedure("edit")
    .input(jobInput)
    .mutation(({ ctx, input }) => requestCancel(ctx.db, ctx.session.workspaceId, input.jobId, ctx.now())),

  /** The newest job of a project with what it said so far, and what can be started here. */
  current: procedure("read")
    .input(projectInput)
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      await readProject(ctx.db, workspaceId, input.projectId);
      const settings = readSettings();
      const [job, dataSets, worker, [scaffold]] = await Promise.all([
        readLatestJob(ctx.db, workspaceId, input.projectId),
        listDataSets(settings.evalDataDir),
        readWorker(settings.dataDir, ctx.now()),
        listScaffolds(ctx.db, workspaceId, input.projectId, 1),
      ]);
      const latest = job ? await view(ctx.db, workspaceId, job, 0) : null;
      return {
        latest,
        dataSets,
        executor: settings.executor,
        worker: worker ? { isolation: worker.isolation } : null,
        handedOut: scaffold
          ? {
              id: scaffold.id,
              templateVersion: scaffold.templateVersion,
              archiveSha256: scaffold.archiveSha256,
            }
          : null,
      };
    }),

  /**
   * The job as it moves, until it has ended. Each message carries the events since the last; its id is the last
   * event's number, so that a page that was cut off goes on where it stopped.
   */
  watch: procedure("read")
    .input(
      jobInput.extend({
        lastEventId: z
          .string()
          .regex(/^\d{1,9}$/)
          .nullish(),
      }),
    )
    .subscription(async function* ({ ctx, input, signal }) {
      const { workspaceId } = ctx.session;
      let seq = Number(input.lastEventId ?? 0);
      let shown = "";
      while (!signal?.aborted) {
        const now = await view(ctx.db, workspaceId, await readJob(ctx.db, workspaceId, input.jobId), seq);
        const state = JSON.stringify([now.job, now.before]);
        if (now.events.length > 0 || state !== shown) {
          seq = now.events.at(-1)?.seq ?? seq;
          shown = state;
          yield tracked(String(seq), now);
        }
        if (now.events.length === pageOfEvents) continue;
        if (isTerminal(now.job.state)) return;
        await wait(pollMs, undefined, signal ? { signal } : {}).catch(() => undefined);
      }
    }),
});

async function view(db: Db, workspaceId: WorkspaceId, job: Job, afterSeq: number): Promise<JobView> {
  const [before, events] = await Promise.all([
    countJobsBefore(db, workspaceId, job.id),
    readEventsAfter(db, workspaceId, job.id, afterSeq, pageOfEvents),
  ]);
  return { job, before, events };
}
