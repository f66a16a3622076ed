import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Isolation } from "#server/benchmark/job-schema.ts";
import { findScaffoldOf } from "#server/benchmark/promise-store.ts";
import type { Report } from "#server/benchmark/schema.ts";
import { storeReport } from "#server/benchmark/store.ts";
import { readProject } from "#server/brief/store.ts";
import { openDatabase } from "#server/db.ts";
import { readSettings } from "#server/env.ts";
import { PilotageError } from "#server/errors.ts";
import { readLocalOwner } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { CommandIo } from "./command.ts";

const say = sayRoom("terminal");

/**
 * Stores the report with its verdicts under the project its `pilot.json` names. A report about no project, or about
 * one that is not here, is a file and nothing else, and that is said.
 */
export async function storeFromTerminal(
  report: Report,
  run: { isolation: Isolation; modified: boolean; sweepId: string | null },
  io: CommandIo,
): Promise<void> {
  const { projectId } = report;
  if (projectId === null) return io.progress(say("store.noProject"));
  const settings = readSettings();
  if (settings.provider === "sqlite") {
    // Opening would create an empty database, and a database is `npm start`'s to create.
    const file = settings.databaseUrl.replace(/^file:/, "");
    const there = await stat(file.startsWith("/") ? file : join(process.cwd(), file)).catch(() => null);
    if (!there) return io.progress(say("store.noDatabase"));
  }
  const db = openDatabase(settings);
  try {
    const owner = await readLocalOwner(db);
    if (!owner) return io.progress(say("store.noWorkspace"));
    const { workspaceId, memberId } = owner;
    await readProject(db, workspaceId, projectId);
    const scaffoldId = run.modified ? null : await findScaffoldOf(db, workspaceId, projectId, report);
    const stored = await db.$transaction((tx) =>
      storeReport(tx, workspaceId, {
        projectId,
        jobId: null,
        scaffoldId,
        source: "terminal",
        isolation: run.isolation,
        modified: run.modified,
        sweepId: run.sweepId,
        report,
        createdBy: memberId,
        at: new Date(),
      }),
    );
    const { runId, outcome } = stored.run;
    io.progress(say("store.stored", { run: runId, outcome, modified: run.modified ? "yes" : "no" }));
  } catch (error) {
    if (error instanceof PilotageError && error.kind === "absent") {
      return io.progress(say("store.elsewhere", { project: projectId }));
    }
    throw error;
  } finally {
    await db.$disconnect();
  }
}
