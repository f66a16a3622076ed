import * as z from "zod";
import { procedure, router } from "#server/api/trpc.ts";
import { meanServerMs } from "#server/benchmark/measure-utilisation.ts";
import { listRuns, readRun } from "#server/benchmark/store.ts";
import { readSettings } from "#server/env.ts";
import { describeCatalogueMachine, describeProbedMachine } from "#server/hardware/describe-machine.ts";
import { findMostDocuments, forecastRetrieval } from "#server/hardware/forecast-retrieval.ts";
import { readMachine } from "#server/hardware/keep-machine.ts";
import { CATALOGUE_MACHINES } from "#server/hardware/machines.data.ts";
import { ForecastQuestion } from "#server/hardware/schema.ts";
import { ProjectId } from "#server/identity/schema.ts";

/** "This machine". Only reads what the worker measured; nothing is computed in a request. */
export const hardware = router({
  machine: procedure("read").query(() => readMachine(readSettings().dataDir)),

  /** The same search on this machine and on those of the catalogue, with a curve over the number of documents. */
  forecast: procedure("read")
    .input(z.strictObject({ projectId: ProjectId, question: ForecastQuestion }))
    .query(async ({ ctx, input: { projectId, question } }) => {
      const profile = await readMachine(readSettings().dataDir);
      const machines = [
        ...(profile === null ? [] : [describeProbedMachine(profile)]),
        ...CATALOGUE_MACHINES.map(describeCatalogueMachine),
      ];
      const { targetMs } = question;
      const steps = Array.from({ length: 25 }, (_, at) => question.documents * 10 ** ((at - 16) / 8));
      const documents = [...new Set(steps.map((step) => Math.max(1, Math.round(step))))];
      const [newest] = await listRuns(ctx.db, ctx.session.workspaceId, projectId, 1);
      return {
        rows: machines.map((machine) => ({
          machine,
          forecast: forecastRetrieval(machine, question),
          most: targetMs === null ? null : findMostDocuments(machine, { ...question, targetMs }),
          curve: documents.map((count) => ({
            documents: count,
            ms: forecastRetrieval(machine, { ...question, documents: count }).callMs,
          })),
        })),
        measured: newest === undefined ? null : await readMeasured(newest.runId),
      };

      /** What the newest run took for one question, search stages alone; null where it has no such stage. */
      async function readMeasured(runId: string) {
        const { report } = await readRun(ctx.db, ctx.session.workspaceId, projectId, runId);
        // Only a pilot that searches has a search to hold the forecast against.
        if (report.kind !== "rag") return null;
        const search = report.stages.filter(({ name }) => /search|retriev|dense|score/.test(name));
        const ms = meanServerMs(search);
        const machine = describeRun();
        if (ms === null || machine === null) return null;
        const { dimensions, mode } = report.config.retrieval;
        const { documents: count, chunks } = report.data;
        const same = {
          ...question,
          documents: Math.max(1, count),
          chunksPerDocument: chunks > 0 && count > 0 ? chunks / count : 1,
          dimensions,
          batch: 1,
          type: "float32" as const,
        };
        return {
          runId,
          measuredMs: ms,
          mode,
          documents: count,
          chunks,
          dimensions,
          forecastMs: forecastRetrieval(machine, same).callMs,
        };

        /** Only where the run was on the machine that was probed. */
        function describeRun() {
          const isHere = profile !== null && report.fingerprint.cpu === profile.cpu;
          return isHere && report.fingerprint.device === "cpu" ? describeProbedMachine(profile) : null;
        }
      }
    }),
});
