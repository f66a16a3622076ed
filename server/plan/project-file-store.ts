import { PRESETS } from "#server/brief/presets.data.ts";
import { UNKNOWN } from "#server/brief/schema.ts";
import {
  createProject,
  deleteProject,
  type NewAnswer,
  readAnswers,
  readProject,
  saveAnswers,
} from "#server/brief/store.ts";
import type { Db } from "#server/db.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { addPerson, listPeople } from "#server/team/store.ts";
import type { ProjectFile } from "./schema.ts";
import { readPlan, replacePlan } from "./store.ts";

/**
 * Everything that people said about a project, as one file: what they answered, who is there, when it starts.
 * What follows from it (picks, gaps, tasks) is computed again wherever it is read.
 * @throws PilotageError NOT_FOUND
 */
export async function exportProject(
  db: Db,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<ProjectFile> {
  const [project, answers, people, plan] = await Promise.all([
    readProject(db, workspaceId, projectId),
    readAnswers(db, workspaceId, projectId),
    listPeople(db, workspaceId, projectId),
    readPlan(db, workspaceId, projectId),
  ]);
  return {
    schemaVersion: 1,
    project: { name: project.name, kind: project.kind, presetId: project.presetId },
    answers: Object.fromEntries(answers.map(({ questionId, value }) => [questionId, value])),
    people: people.map(({ id, alias, roleId, availabilityPct, ratings }) => ({
      id,
      alias,
      roleId,
      availabilityPct,
      ratings,
    })),
    ...(plan ? { plan: { startDate: plan.startDate, holidays: plan.holidays, tasks: plan.tasks } } : {}),
  };
}

/**
 * A new project from a checked file. People and runs get new ids here. All or nothing: what was written when a later
 * step fails is deleted again.
 * @throws PilotageError NAME_TAKEN, PEOPLE_TOO_MANY, STORAGE_FULL
 */
export async function importProject(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  file: ProjectFile,
  now: Date,
): Promise<{ id: string; name: string }> {
  const { id, name } = await createProject(db, workspaceId, memberId, file.project, now);
  try {
    await saveAnswers(db, workspaceId, memberId, listAnswers(id, file), now);
    for (const { id: _theirs, ...person } of file.people ?? []) {
      await addPerson(db, workspaceId, memberId, { projectId: id, ...person }, now);
    }
    if (file.plan) {
      const { startDate, holidays, tasks = {} } = file.plan;
      await replacePlan(db, workspaceId, memberId, { projectId: id, startDate, holidays, tasks }, now);
    }
  } catch (error) {
    await deleteProject(db, workspaceId, memberId, id, now);
    throw error;
  }
  return { id, name };
}

/** Only what differs from the preset, so that its answers keep saying where they come from. */
function listAnswers(projectId: string, { project, answers }: ProjectFile): NewAnswer[] {
  const preset = PRESETS.find(({ id }) => id === project.presetId)?.answers ?? {};
  const questionIds = new Set([...Object.keys(preset), ...Object.keys(answers)]);
  return [...questionIds]
    .map((questionId) => ({ questionId, value: answers[questionId] ?? UNKNOWN }))
    .filter(
      ({ questionId, value }) =>
        JSON.stringify(value) !== JSON.stringify(preset[questionId as keyof typeof preset]),
    )
    .map(({ questionId, value }) => ({
      projectId,
      questionId,
      value,
      source: "user" as const,
      note: "imported",
    }));
}
