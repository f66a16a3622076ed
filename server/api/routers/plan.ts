import * as z from "zod";
import { loadPlan } from "#server/api/load-plan.ts";
import { procedure, router } from "#server/api/trpc.ts";
import { PilotageError } from "#server/errors.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { describeWithoutPilot } from "#server/plan/describe-without-pilot.ts";
import { measureProgress } from "#server/plan/measure-progress.ts";
import { rateRisks } from "#server/plan/rate-risks.ts";
import { GateDay, GateOutcome, Holidays, Rationale, TaskId, TaskState } from "#server/plan/schema.ts";
import { decideGate, savePlanDates, saveTaskState } from "#server/plan/store.ts";
import { OWNER_NAMES, PILOTS } from "#server/plan/tasks.data.ts";
import { CalendarDate } from "#server/team/schema.ts";

const say = sayRoom("errors");

const OfProject = z.strictObject({ projectId: ProjectId });
const KNOWN_TASKS = new Set(Object.values(PILOTS).flatMap((pilot) => pilot.tasks.map((task) => task.id)));

export const plan = router({
  /** Ten days of tasks and gates, dated once there is a start. */
  read: procedure("read")
    .input(OfProject)
    .query(async ({ ctx, input }) => {
      const { project, stored, schedule, decisions, today, onDevice } = await loadPlan(
        ctx.db,
        ctx.session.workspaceId,
        input.projectId,
        ctx.now(),
      );
      return {
        project,
        stored,
        decisions,
        today,
        schedule,
        progress: measureProgress(schedule.tasks),
        withoutPilot: describeWithoutPilot(project.kind, onDevice),
        risks: rateRisks(project.kind ?? "rag", schedule.pilot === "rag" ? "RAG" : "ML"),
        ownerNames: OWNER_NAMES,
      };
    }),

  saveDates: procedure("edit")
    .input(
      OfProject.extend({
        startDate: CalendarDate,
        holidays: Holidays,
        version: z.int().min(1).nullable(),
      }),
    )
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return savePlanDates(ctx.db, workspaceId, memberId, input, ctx.now());
    }),

  saveTask: procedure("edit")
    .input(OfProject.extend({ taskId: TaskId, state: TaskState, seen: TaskState }))
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      if (!KNOWN_TASKS.has(input.taskId)) {
        throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.task"), { path: "taskId" });
      }
      return saveTaskState(ctx.db, workspaceId, memberId, input, ctx.now());
    }),

  /** A person's decision. The app proposes none. */
  decideGate: procedure("edit")
    .input(
      OfProject.extend({
        gate: GateDay,
        outcome: GateOutcome,
        rationale: Rationale,
        runId: z.string().max(60).nullable().default(null),
        seenAt: z.iso.datetime().nullable(),
      }),
    )
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return decideGate(ctx.db, workspaceId, memberId, input, ctx.now());
    }),
});
