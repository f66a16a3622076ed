import { downloadHeaders, enter } from "#server/api/enter.ts";
import { loadPlan } from "#server/api/load-plan.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { writePlanCsv } from "#server/plan/export-plan-csv.ts";
import { writePlanIcs } from "#server/plan/export-plan-ics.ts";

const say = sayRoom("errors");

export const dynamic = "force-dynamic";

/** `csv` of tasks and gates, or `ics` for a calendar, which needs a start date. */
export const GET = enter<{ projectId: string; format: string }>(
  "read",
  async (context, { projectId, format }) => {
    const { project, stored, schedule } = await loadPlan(
      context.db,
      context.session.workspaceId,
      projectId,
      context.now(),
    );
    if (format === "csv") {
      const headers = downloadHeaders(`plan-${project.name}.csv`, "text/csv; charset=utf-8");
      return new Response(writePlanCsv(schedule), { headers });
    }
    if (format !== "ics") {
      throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.planFormat", { format }));
    }
    if (stored === null) {
      throw new PilotageError("conflict", "PLAN_WITHOUT_START", say("PLAN_WITHOUT_START.said"), {
        hint: say("PLAN_WITHOUT_START.hint"),
      });
    }
    const calendar = writePlanIcs({
      ...schedule,
      projectId: project.id,
      projectName: project.name,
      version: stored.version,
      changedAt: stored.updatedAt,
    });
    return new Response(calendar, {
      headers: downloadHeaders(`plan-${project.name}.ics`, "text/calendar; charset=utf-8"),
    });
  },
);
