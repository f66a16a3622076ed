import type { GateOutcome as GateRow, Plan as PlanRow } from "#prisma/generated/sqlite/client.ts";
import { readProject } from "#server/brief/store.ts";
import { type Db, isUniqueViolation, type Tx } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { recordChange } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import { newId } from "#server/new-id.ts";
import type { CalendarDate } from "#server/team/schema.ts";
import {
  type GateDay,
  GateDecision,
  type GateOutcome,
  type Holidays,
  StoredPlan,
  type TaskState,
  type TaskStates,
} from "./schema.ts";

const say = sayRoom("errors");

/** Null until somebody chose a start date. */
export async function readPlan(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<StoredPlan | null> {
  const row = await db.plan.findFirst({ where: { projectId, workspaceId } });
  return row ? toPlan(row) : null;
}

/** The same for several projects in one query, by project. */
export async function listPlansOf(
  db: Db,
  workspaceId: WorkspaceId,
  projectIds: string[],
): Promise<Map<string, StoredPlan>> {
  const rows = await db.plan.findMany({ where: { workspaceId, projectId: { in: projectIds } } });
  return new Map(rows.map((row) => [row.projectId, toPlan(row)]));
}

export type NewDates = {
  projectId: string;
  startDate: CalendarDate;
  holidays: Holidays;
  /** The version that the person saw; null when there was no plan. */
  version: number | null;
};

/** @throws PilotageError NOT_FOUND, VERSION_CONFLICT with both values */
export async function savePlanDates(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, startDate, holidays, version }: NewDates,
  now: Date,
): Promise<StoredPlan> {
  const yours = { startDate, holidays };
  try {
    return await db.$transaction(async (tx) => {
      await readProject(tx, workspaceId, projectId);
      const before = await readPlan(tx, workspaceId, projectId);
      if ((before?.version ?? null) !== version) throw conflict(yours, before);
      const dates = { startDate, holidays: JSON.stringify(holidays), updatedAt: now };
      if (before === null) {
        await tx.plan.create({ data: { projectId, workspaceId, ...dates, tasks: "{}", createdAt: now } });
      } else {
        await writePlan(tx, workspaceId, projectId, before, dates, yours);
      }
      return finish(tx, workspaceId, memberId, projectId, before, now);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw conflict(yours, await readPlan(db, workspaceId, projectId));
  }
}

export type NewTaskState = {
  projectId: string;
  taskId: string;
  state: TaskState;
  /** What the person saw. Two people on different tasks do not get into each other's way. */
  seen: TaskState;
};

/** @throws PilotageError NOT_FOUND, PLAN_WITHOUT_START, VERSION_CONFLICT with both states */
export async function saveTaskState(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, taskId, state, seen }: NewTaskState,
  now: Date,
): Promise<StoredPlan> {
  return db.$transaction(async (tx) => {
    await readProject(tx, workspaceId, projectId);
    const before = await readPlan(tx, workspaceId, projectId);
    if (before === null) {
      throw new PilotageError("conflict", "PLAN_WITHOUT_START", say("PLAN_WITHOUT_START.said"), {
        hint: say("PLAN_WITHOUT_START.hint"),
      });
    }
    const theirs = before.tasks[taskId] ?? { status: "todo" };
    if (!isSameState(theirs, seen)) throw conflict(state, theirs);
    const { [taskId]: _, ...others } = before.tasks;
    const tasks: TaskStates = state.status === "todo" ? others : { ...others, [taskId]: state };
    await writePlan(
      tx,
      workspaceId,
      projectId,
      before,
      { tasks: JSON.stringify(tasks), updatedAt: now },
      state,
    );
    return finish(tx, workspaceId, memberId, projectId, before, now);
  });
}

/** Imports the states of a file in one go; everything that stood before is replaced. */
export async function replacePlan(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, startDate, holidays, tasks }: Omit<NewDates, "version"> & { tasks: TaskStates },
  now: Date,
): Promise<StoredPlan> {
  return db.$transaction(async (tx) => {
    await readProject(tx, workspaceId, projectId);
    const before = await readPlan(tx, workspaceId, projectId);
    const values = {
      startDate,
      holidays: JSON.stringify(holidays),
      tasks: JSON.stringify(tasks),
      updatedAt: now,
    };
    await tx.plan.upsert({
      where: { projectId, workspaceId },
      create: { projectId, workspaceId, ...values, createdAt: now },
      update: { ...values, version: { increment: 1 } },
    });
    return finish(tx, workspaceId, memberId, projectId, before, now);
  });
}

/** The newest decision of each gate. */
export async function readGateDecisions(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<GateDecision[]> {
  const rows = await db.gateOutcome.findMany({ where: { workspaceId, projectId }, orderBy: { id: "asc" } });
  return [...new Map(rows.map((row) => [row.gate, toDecision(row)])).values()];
}

/** The same for several projects in one query, by project. */
export async function listGateDecisionsOf(
  db: Db,
  workspaceId: WorkspaceId,
  projectIds: string[],
): Promise<Map<string, GateDecision[]>> {
  const where = { workspaceId, projectId: { in: projectIds } };
  const rows = await db.gateOutcome.findMany({ where, orderBy: { id: "asc" } });
  const newest = [...new Map(rows.map((row) => [`${row.projectId} ${row.gate}`, row])).values()];
  return new Map(projectIds.map((id) => [id, newest.filter((row) => row.projectId === id).map(toDecision)]));
}

export type NewGateDecision = {
  projectId: string;
  gate: GateDay;
  outcome: GateOutcome;
  rationale: string;
  runId: string | null;
  /** When the decision that the person saw was made; null for none. */
  seenAt: string | null;
};

/** Appends; a decision is never overwritten. @throws PilotageError NOT_FOUND, VERSION_CONFLICT with both decisions */
export async function decideGate(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, gate, outcome, rationale, runId, seenAt }: NewGateDecision,
  now: Date,
): Promise<GateDecision> {
  return db.$transaction(async (tx) => {
    // First, so that two decisions on one project wait for each other on both databases.
    await tx.project.updateMany({
      where: { id: projectId, workspaceId, deletedAt: null },
      data: { updatedAt: now },
    });
    await readProject(tx, workspaceId, projectId);
    const decisions = await readGateDecisions(tx, workspaceId, projectId);
    const before = decisions.find((decision) => decision.gate === gate) ?? null;
    if ((before?.at ?? null) !== seenAt) throw conflict({ outcome, rationale }, before);
    const id = newId("gte");
    const row = {
      id,
      workspaceId,
      projectId,
      gate: `D${gate}`,
      outcome,
      rationale,
      runId,
      memberId,
      at: now,
    };
    const after = toDecision(await tx.gateOutcome.create({ data: row }));
    const action = before ? ("update" as const) : ("create" as const);
    const change = { entity: "gate", entityId: `D${gate}`, action, before, after };
    await recordChange(tx, workspaceId, { ...change, projectId, memberId, at: now });
    return after;
  });
}

type PlanValues = Partial<Pick<PlanRow, "startDate" | "holidays" | "tasks">> & { updatedAt: Date };

/** Writes only over the version that was read: a writer in between makes it fail, never vanish. */
async function writePlan(
  tx: Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  before: StoredPlan,
  values: PlanValues,
  yours: unknown,
): Promise<void> {
  const { count } = await tx.plan.updateMany({
    where: { projectId, workspaceId, version: before.version },
    data: { ...values, version: { increment: 1 } },
  });
  if (count === 0) throw conflict(yours, await readPlan(tx, workspaceId, projectId));
}

async function finish(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  projectId: string,
  before: StoredPlan | null,
  now: Date,
): Promise<StoredPlan> {
  const after = await readPlan(tx, workspaceId, projectId);
  if (after === null) throw new Error("the plan was written and is not there");
  const action = before ? ("update" as const) : ("create" as const);
  const change = { entity: "plan", entityId: projectId, action, before, after };
  await recordChange(tx, workspaceId, { ...change, projectId, memberId, at: now });
  return after;
}

function isSameState(a: TaskState, b: TaskState): boolean {
  const sorted = (state: TaskState) => JSON.stringify(Object.entries(state).sort());
  return sorted(a) === sorted(b);
}

function conflict(yours: unknown, theirs: unknown): PilotageError {
  return new PilotageError("conflict", "VERSION_CONFLICT", say("VERSION_CONFLICT.plan"), {
    hint: say("VERSION_CONFLICT.hint"),
    data: { yours, theirs },
  });
}

function toPlan({ startDate, holidays, tasks, version, updatedAt }: PlanRow): StoredPlan {
  const parsed = { holidays: JSON.parse(holidays), tasks: JSON.parse(tasks) };
  return StoredPlan.parse({ startDate, ...parsed, version, updatedAt: updatedAt.toISOString() });
}

function toDecision({ gate, outcome, rationale, runId, memberId, at }: GateRow): GateDecision {
  return GateDecision.parse({
    gate: Number(gate.slice(1)),
    outcome,
    rationale,
    runId,
    memberId,
    at: at.toISOString(),
  });
}
