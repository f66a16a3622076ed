import { collectAnswers } from "#server/brief/collect-answers.ts";
import type { Project } from "#server/brief/schema.ts";
import { readAnswers, readProject } from "#server/brief/store.ts";
import type { Db } from "#server/db.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";
import { type ScheduledPilot, scheduleTasks } from "#server/plan/schedule-tasks.ts";
import type { GateDecision, StoredPlan } from "#server/plan/schema.ts";
import { readGateDecisions, readPlan } from "#server/plan/store.ts";
import { calendarDayOf } from "#server/team/shift-date.ts";

export type LoadedPlan = {
  project: Project;
  /** Null until a start date is chosen. */
  stored: StoredPlan | null;
  decisions: GateDecision[];
  schedule: ScheduledPilot;
  today: string;
  onDevice: boolean;
};

/** What page and downloads read. A project without a kind sees the plan of a RAG pilot. */
export async function loadPlan(
  db: Db,
  workspaceId: WorkspaceId,
  projectId: string,
  now: Date,
): Promise<LoadedPlan> {
  const project = await readProject(db, workspaceId, projectId);
  const [stored, decisions, answers] = await Promise.all([
    readPlan(db, workspaceId, projectId),
    readGateDecisions(db, workspaceId, projectId),
    readAnswers(db, workspaceId, projectId),
  ]);
  const onDevice = collectAnswers(answers).residency === "on_device";
  const schedule = scheduleTasks({
    kind: project.kind ?? "rag",
    startDate: stored?.startDate ?? null,
    holidays: stored?.holidays ?? [],
    states: stored?.tasks ?? {},
    outcomes: Object.fromEntries(decisions.map(({ gate, outcome }) => [gate, outcome])),
  });
  return { project, stored, decisions, schedule, today: calendarDayOf(now), onDevice };
}
