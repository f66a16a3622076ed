import { addEntryPoints, exportEntryPoints } from "#server/brief/entry-store.ts";
import { PRESETS } from "#server/brief/presets.data.ts";
import { type Answer, UNKNOWN } from "#server/brief/schema.ts";
import { createProject, type NewAnswer, readAnswers, readProject, saveAnswers } from "#server/brief/store.ts";
import { type Db, joinTransaction } from "#server/db.ts";
import { addOverride, readOverrides } from "#server/decision/override-store.ts";
import type { RuleSet } from "#server/decision/schema.ts";
import { readRuleSet } from "#server/decision/store.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { addPerson, listPeople } from "#server/team/store.ts";
import {
  type AnswerOrigin,
  type CopyInput,
  PROJECT_FILE_VERSION,
  type ProjectFile,
} from "./project-file-schema.ts";
import { readPlan, replacePlan } from "./store.ts";

const say = sayRoom("errors");
const sayHome = sayRoom("home");

/**
 * Everything that people said about a project, as one file: where it begins, what they answered and chose, who is
 * there, when it starts. What follows from it (picks, gaps, tasks) is computed again wherever it is read.
 * @throws PilotageError NOT_FOUND
 */
export async function exportProject(
  db: Db,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<ProjectFile> {
  const [project, answers, { entryPoints }, overrides, people, plan] = await Promise.all([
    readProject(db, workspaceId, projectId),
    readAnswers(db, workspaceId, projectId),
    exportEntryPoints(db, workspaceId, projectId),
    readOverrides(db, workspaceId, projectId),
    listPeople(db, workspaceId, projectId),
    readPlan(db, workspaceId, projectId),
  ]);
  return {
    schemaVersion: PROJECT_FILE_VERSION,
    project: { name: project.name, kind: project.kind, presetId: project.presetId },
    answers: Object.fromEntries(answers.map(({ questionId, value }) => [questionId, value])),
    origins: Object.fromEntries(answers.map((answer) => [answer.questionId, tellOrigin(answer)])),
    entryPoints,
    overrides: [...overrides.values()].flatMap(({ layer, option, reason }) =>
      option === null ? [] : [{ layer, option, reason }],
    ),
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
 * A new project from a checked file, in one transaction: all of it or nothing. People, candidates and runs get new ids.
 * @throws PilotageError NAME_TAKEN, OVERRIDE_UNKNOWN, PEOPLE_TOO_MANY, STORAGE_FULL
 */
export async function importProject(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  file: ProjectFile,
  now: Date,
): Promise<{ id: string; name: string }> {
  refuseUnknownOptions(await readRuleSet(db, workspaceId), file);
  return db.$transaction(async (tx) => {
    const one = joinTransaction(tx);
    const { name, presetId } = file.project;
    const { id } = await createProject(
      one,
      workspaceId,
      memberId,
      { name, presetId, entryPoints: file.entryPoints && [] },
      now,
    );
    const drafts = file.entryPoints ?? [];
    if (drafts.length > 0) await addEntryPoints(one, workspaceId, memberId, { projectId: id, drafts }, now);
    await saveAnswers(one, workspaceId, memberId, listAnswers(id, file), now);
    for (const { layer: layerId, ...choice } of file.overrides ?? []) {
      const override = { projectId: id, layerId, ...choice, seenId: null };
      await addOverride(one, workspaceId, memberId, override, now);
    }
    for (const { id: _theirs, ...person } of file.people ?? []) {
      await addPerson(one, workspaceId, memberId, { projectId: id, ...person }, now);
    }
    if (file.plan) {
      const { startDate, holidays, tasks = {} } = file.plan;
      await replacePlan(one, workspaceId, memberId, { projectId: id, startDate, holidays, tasks }, now);
    }
    return { id, name };
  });
}

/**
 * A second project that begins where the first one stands. Runs, records and hand-outs stay with the first. Who is on
 * the team and how far the plan got come along only when asked for.
 * @throws PilotageError NOT_FOUND, NAME_TAKEN
 */
export async function copyProject(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, name, withPeople, withPlan }: CopyInput & { projectId: string },
  now: Date,
): Promise<{ id: string; name: string }> {
  const { people, plan, ...file } = await exportProject(db, workspaceId, projectId);
  const copy: ProjectFile = {
    ...file,
    project: { ...file.project, name },
    ...(withPeople && people ? { people } : {}),
    ...(withPlan && plan ? { plan } : {}),
  };
  return importProject(db, workspaceId, memberId, copy, now);
}

function tellOrigin({ source, note, runId }: Answer): AnswerOrigin {
  return { source, note, runId };
}

/** Only what differs from the preset, so that its answers keep saying where they come from. */
function listAnswers(projectId: string, { project, answers, origins }: ProjectFile): NewAnswer[] {
  const preset = PRESETS.find(({ id }) => id === project.presetId)?.answers ?? {};
  const questionIds = new Set([...Object.keys(preset), ...Object.keys(answers)]);
  const isPresets = (questionId: string) =>
    JSON.stringify(answers[questionId] ?? UNKNOWN) === JSON.stringify(preset[questionId]) &&
    (origins?.[questionId]?.source ?? "preset") === "preset";
  return [...questionIds]
    .filter((questionId) => !isPresets(questionId))
    .map((questionId) => ({
      projectId,
      questionId,
      value: answers[questionId] ?? UNKNOWN,
      // Nobody may bring a measurement in a file: a person stands behind it here, and the note says which run it was.
      source: "user" as const,
      note: sayNote(origins?.[questionId]),
    }));
}

function sayNote(origin: AnswerOrigin | undefined): string | null {
  if (origin === undefined) return sayHome("file.imported");
  if (origin.source !== "measured") return origin.note;
  return sayHome("file.measured", { run: origin.runId ?? "" });
}

/** A choice is by an option that the workspace's rules have; another set of rules may not know it. */
function refuseUnknownOptions({ layers }: RuleSet, { overrides = [] }: ProjectFile): void {
  const seen = new Set<string>();
  overrides.forEach(({ layer, option }, index) => {
    const known = layers.find((one) => one.id === layer)?.options.some(({ id }) => id === option);
    if (known && !seen.has(layer)) {
      seen.add(layer);
      return;
    }
    const message = known
      ? say("OVERRIDE_UNKNOWN.twice", { layer })
      : say("OVERRIDE_UNKNOWN.said", { layer, option });
    throw new PilotageError("invalid", "OVERRIDE_UNKNOWN", message, {
      path: `overrides.${index}`,
      hint: say("OVERRIDE_UNKNOWN.hint"),
    });
  });
}
