import * as z from "zod";
import { procedure, router } from "#server/api/trpc.ts";
import { meanServerMs } from "#server/benchmark/measure-utilisation.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import { listRuns, readRun } from "#server/benchmark/store.ts";
import { readSettings } from "#server/env.ts";
import {
  describeCatalogueMachine,
  describePilotMachine,
  describeProbedMachine,
} from "#server/hardware/describe-machine.ts";
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
      const [newest] = await listRuns(ctx.db, ctx.session.workspaceId, projectId, 1);
      const report =
        newest && (await readRun(ctx.db, ctx.session.workspaceId, projectId, newest.runId)).report;
      const run = report?.kind === "rag" ? describeRun(report) : null;
      const machines = [
        ...(run?.machine.source === "pilot" ? [run.machine] : []),
        ...(profile === null ? [] : [describeProbedMachine(profile)]),
        ...CATALOGUE_MACHINES.map(describeCatalogueMachine),
      ];
      const { targetMs } = question;
      const steps = Array.from({ length: 25 }, (_, at) => question.documents * 10 ** ((at - 16) / 8));
      const documents = [...new Set(steps.map((step) => Math.max(1, Math.round(step))))];
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
        measured: run && {
          ...run.measured,
          by: run.machine.source,
          forecastMs: forecastRetrieval(run.machine, {
            ...question,
            ...run.searched,
            batch: 1,
            type: "float32",
          }).callMs,
        },
      };

      /** What one search took in that run and where; null where neither the pilot nor the app measured that machine. */
      function describeRun({ probe, fingerprint, stages, config, data, finishedAt }: RagReport) {
        const { documents, chunks } = data;
        const { dimensions, mode } = config.retrieval;
        const chunksPerDocument = chunks > 0 && documents > 0 ? chunks / documents : 1;
        const count = { mode, documents, chunks };
        if (probe) {
          const { vectors, medianMs } = probe.searched;
          const name = fingerprint.gpu ?? fingerprint.cpu ?? fingerprint.os ?? "";
          const machine = { name, memoryBytes: fingerprint.memoryBytes, finishedAt };
          return {
            machine: describePilotMachine(probe, machine),
            measured: { ...count, measuredMs: medianMs },
            searched: { documents: vectors, chunksPerDocument: 1, dimensions: probe.dimensions },
          };
        }
        const isHere = fingerprint.device === "cpu" && fingerprint.cpu === profile?.cpu;
        const measuredMs = meanServerMs(stages.filter(({ name }) => name === "search"));
        if (profile === null || !isHere || measuredMs === null) return null;
        return {
          machine: describeProbedMachine(profile),
          measured: { ...count, measuredMs },
          searched: { documents: Math.max(1, documents), chunksPerDocument, dimensions },
        };
      }
    }),
});
