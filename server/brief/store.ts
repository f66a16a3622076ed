import type { Answer as AnswerRow, Project as ProjectRow } from "#prisma/generated/sqlite/client.ts";
import { type Db, isUniqueViolation, type Tx } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { recordChange } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import { newId } from "#server/new-id.ts";
import { ENTRY_PRESETS } from "./entry-presets.data.ts";
import type { EntryPointDraft } from "./entry-schema.ts";
import { PRESETS } from "./presets.data.ts";
import {
  Answer,
  type AnswerSource,
  type AnswerValue,
  type PresetId,
  Project,
  ProjectKind,
  UNKNOWN,
} from "./schema.ts";

const say = sayRoom("errors");

/** The column is never null; this word stands for a kind nobody has named yet. */
const NO_KIND = "unknown";

export type NewProject = {
  name: string;
  presetId: PresetId;
  /** Left out: the candidate that the preset brings. */
  entryPoints?: readonly EntryPointDraft[] | undefined;
};

/**
 * A project with the answers and the candidate of its preset.
 * @throws PilotageError NAME_TAKEN
 */
export async function createProject(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { name, presetId, entryPoints }: NewProject,
  now: Date,
): Promise<Project> {
  const preset = PRESETS.find((one) => one.id === presetId);
  const id = newId("prj");
  const row = { id, name, nameKey: keyOf(name), kind: preset?.kind ?? NO_KIND, presetId };
  const answers = Object.entries(preset?.answers ?? {});
  const candidates = entryPoints ?? ENTRY_PRESETS.filter((entry) => entry.presetId === presetId);
  await refuseTakenName(name, () =>
    db.$transaction(async (tx) => {
      await tx.project.create({ data: { ...row, workspaceId, createdAt: now, updatedAt: now } });
      await tx.answer.createMany({
        data: answers.map(([questionId, value]) => ({
          id: newId("ans"),
          workspaceId,
          projectId: id,
          questionId,
          value: JSON.stringify(value),
          source: "preset",
          answeredAt: now,
        })),
      });
      await tx.entryPoint.createMany({
        data: candidates.map(({ title, chosen, ...body }) => ({
          ...{ id: newId("ept"), workspaceId, projectId: id, title, chosen },
          body: JSON.stringify(body),
          createdAt: now,
          updatedAt: now,
        })),
      });
      const after = { name, kind: row.kind, presetId };
      const change = { entity: "project", entityId: id, action: "create" as const, before: null, after };
      await recordChange(tx, workspaceId, { ...change, projectId: id, memberId, at: now });
    }),
  );
  return readProject(db, workspaceId, id);
}

/** Newest change first. One page, however many there are; without `archived` both kinds. */
export async function listProjects(
  db: Db,
  workspaceId: WorkspaceId,
  { skip, take, archived }: { skip: number; take: number; archived?: boolean },
): Promise<{ projects: Project[]; total: number }> {
  const shelf = archived === undefined ? {} : { archivedAt: archived ? { not: null } : null };
  const where = { workspaceId, deletedAt: null, ...shelf };
  const [rows, total] = await Promise.all([
    db.project.findMany({ where, orderBy: [{ updatedAt: "desc" }, { id: "desc" }], skip, take }),
    db.project.count({ where }),
  ]);
  return { projects: rows.map(toProject), total };
}

/** @throws PilotageError NOT_FOUND, also for a project of another workspace or a deleted one */
export async function readProject(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<Project> {
  const row = await db.project.findFirst({ where: { id: projectId, workspaceId, deletedAt: null } });
  if (!row) throw absent();
  return toProject(row);
}

/** @throws PilotageError NOT_FOUND, NAME_TAKEN, VERSION_CONFLICT (with both names and the present version) */
export async function renameProject(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, name, version }: { projectId: string; name: string; version: number },
  now: Date,
): Promise<Project> {
  await refuseTakenName(name, () =>
    db.$transaction(async (tx) => {
      const before = await readProject(tx, workspaceId, projectId);
      const { count } = await tx.project.updateMany({
        where: { id: projectId, workspaceId, version, deletedAt: null },
        data: { name, nameKey: keyOf(name), version: { increment: 1 }, updatedAt: now },
      });
      if (count === 0) {
        const data = { yours: name, theirs: before.name, version: before.version };
        throw new PilotageError("conflict", "VERSION_CONFLICT", say("VERSION_CONFLICT.project"), {
          hint: say("VERSION_CONFLICT.projectHint"),
          data,
        });
      }
      const change = { entity: "project", entityId: projectId, action: "update" as const };
      const names = { before: { name: before.name }, after: { name } };
      await recordChange(tx, workspaceId, { ...change, ...names, projectId, memberId, at: now });
    }),
  );
  return readProject(db, workspaceId, projectId);
}

export type NewAnswer = {
  projectId: string;
  questionId: string;
  value: AnswerValue;
  source: AnswerSource;
  note?: string | null;
  /** The benchmark run behind a measured answer. */
  runId?: string | null;
  /** When the answer that the person saw was given, null for none; left out = don't check. */
  seenAt?: string | null;
};

/**
 * Appends; nothing is overwritten. The value must have passed `checkAnswers`.
 * @throws PilotageError NOT_FOUND, ANSWER_CONFLICT (with both values) when the newest answer isn't the one seen
 */
export async function saveAnswer(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  answer: NewAnswer,
  now: Date,
): Promise<Answer> {
  return db.$transaction((tx) => appendAnswer(tx, workspaceId, memberId, answer, now));
}

/** Several answers, all or none: the measured ones of one run. */
export async function saveAnswers(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  answers: readonly NewAnswer[],
  now: Date,
): Promise<Answer[]> {
  return db.$transaction(async (tx) => {
    const saved: Answer[] = [];
    for (const answer of answers) saved.push(await appendAnswer(tx, workspaceId, memberId, answer, now));
    return saved;
  });
}

async function appendAnswer(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, questionId, value, source, note = null, runId = null, seenAt }: NewAnswer,
  now: Date,
): Promise<Answer> {
  const kind = questionId === "project" ? { kind: String(value) } : {};
  await lockProject(tx, workspaceId, projectId, now, kind);
  const [newest = null] = await readAnswerHistory(tx, workspaceId, projectId, { questionId, take: 1 });
  if (seenAt !== undefined && seenAt !== (newest?.answeredAt ?? null)) {
    const data = { yours: value, theirs: newest?.value ?? UNKNOWN, answeredAt: newest?.answeredAt ?? null };
    throw new PilotageError("conflict", "ANSWER_CONFLICT", say("ANSWER_CONFLICT.said"), {
      path: questionId,
      hint: say("ANSWER_CONFLICT.hint"),
      data,
    });
  }
  const said = {
    questionId,
    value: JSON.stringify(value),
    source,
    note,
    runId,
    answeredBy: memberId,
    answeredAt: now,
  };
  const row = await tx.answer.create({ data: { id: newId("ans"), workspaceId, projectId, ...said } });
  const after = toAnswer(row);
  const change = {
    entity: "answer",
    entityId: questionId,
    action: newest ? ("update" as const) : ("create" as const),
  };
  await recordChange(tx, workspaceId, { ...change, before: newest, after, projectId, memberId, at: now });
  return after;
}

/**
 * Call it first inside a transaction: two writes to the same project then wait for each other on both databases.
 * @throws PilotageError NOT_FOUND
 */
export async function lockProject(
  tx: Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  now: Date,
  also: { kind?: string } = {},
): Promise<void> {
  const { count } = await tx.project.updateMany({
    where: { id: projectId, workspaceId, deletedAt: null },
    data: { updatedAt: now, ...also },
  });
  if (count === 0) throw absent();
}

/** The newest answer of each question, in the order of the questions' ids. Empty for a project nobody may see. */
export async function readAnswers(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<Answer[]> {
  const rows = await db.answer.findMany({ where: { workspaceId, projectId }, orderBy: { id: "asc" } });
  const newest = new Map(rows.map((row) => [row.questionId, row]));
  return [...newest.values()].map(toAnswer).sort((a, b) => (a.questionId < b.questionId ? -1 : 1));
}

/** Newest first. */
export async function readAnswerHistory(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  { questionId, take }: { questionId?: string; take: number },
): Promise<Answer[]> {
  const where = { workspaceId, projectId, ...(questionId === undefined ? {} : { questionId }) };
  return (await db.answer.findMany({ where, orderBy: { id: "desc" }, take })).map(toAnswer);
}

/** Two names that read the same are the same name. */
export const keyOf = (name: string): string => name.normalize("NFC").toLowerCase();

/** A unique violation aborts a PostgreSQL transaction, so it is caught outside of it. */
export async function refuseTakenName(name: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new PilotageError("conflict", "NAME_TAKEN", say("NAME_TAKEN.said"), {
      path: "name",
      hint: say("NAME_TAKEN.hint"),
      data: { name },
    });
  }
}

export const absent = () => new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.project"));

function toProject(row: ProjectRow): Project {
  const { id, name, presetId, version } = row;
  const kind = ProjectKind.safeParse(row.kind).data ?? null;
  const times = {
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
  };
  return Project.parse({ id, name, kind, presetId, version, ...times });
}

export function toAnswer({ id: _, workspaceId: __, projectId: ___, ...row }: AnswerRow): Answer {
  return Answer.parse({ ...row, value: JSON.parse(row.value), answeredAt: row.answeredAt.toISOString() });
}
