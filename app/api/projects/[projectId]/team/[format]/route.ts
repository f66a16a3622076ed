import { downloadHeaders, enter } from "#server/api/enter.ts";
import { loadTeam } from "#server/api/load-team.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { writeLongCsv, writeWideCsv } from "#server/team/export-matrix-csv.ts";
import { writeMatrixXlsx } from "#server/team/matrix-xlsx.ts";

const say = sayRoom("errors");

export const dynamic = "force-dynamic";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV = "text/csv; charset=utf-8";

/** `xlsx`, `csv` (a column a role) or `long.csv` (a row a requirement). */
export const GET = enter<{ projectId: string; format: string }>(
  "read",
  async (context, { projectId, format }) => {
    const { project, catalogue, people, asOf, report } = await loadTeam(
      context.db,
      context.session.workspaceId,
      projectId,
      context.now(),
    );
    if (report === null) {
      throw new PilotageError("conflict", "KIND_UNKNOWN", say("KIND_UNKNOWN.said"), {
        hint: say("KIND_UNKNOWN.hint"),
      });
    }
    const { roles, gaps } = report;
    const name = `skills-${project.name}-${asOf}`;
    if (format === "csv") return answer(writeWideCsv({ catalogue, roles, asOf }), `${name}.csv`, CSV);
    if (format === "long.csv")
      return answer(writeLongCsv({ catalogue, roles, asOf }), `${name}.long.csv`, CSV);
    if (format === "xlsx") {
      const book = await writeMatrixXlsx({ catalogue, projectName: project.name, asOf, roles, gaps, people });
      return answer(Buffer.from(book), `${name}.xlsx`, XLSX);
    }
    throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.matrixFormat", { format }));
  },
);

function answer(body: string | Buffer<ArrayBuffer>, fileName: string, contentType: string): Response {
  return new Response(body, { headers: downloadHeaders(fileName, contentType) });
}
