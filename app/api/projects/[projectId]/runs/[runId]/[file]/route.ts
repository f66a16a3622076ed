import { downloadHeaders, enter } from "#server/api/enter.ts";
import { openReport } from "#server/benchmark/open-report.ts";
import { readRun } from "#server/benchmark/store.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");

export const dynamic = "force-dynamic";

/** `report.json` with what is left of the raw records, or the records as CSV. */
export const GET = enter<{ projectId: string; runId: string; file: string }>(
  "read",
  async ({ db, session }, { projectId, runId, file }) => {
    const { run, report } = await readRun(db, session.workspaceId, projectId, runId);
    const name = `${run.runId}-${file}`;
    if (file === "report.json") {
      // A file whose records were taken out must not pass for the one that was measured.
      const text = JSON.stringify(run.records === "kept" ? report : { records: run.records, ...report });
      return new Response(text, { headers: downloadHeaders(name, "application/json") });
    }
    const table = openReport(report).tables[file];
    if (table === undefined) {
      throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.runFile", { file }));
    }
    return new Response(table(), { headers: downloadHeaders(name, "text/csv; charset=utf-8") });
  },
);
