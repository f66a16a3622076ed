import { listBusyProjects } from "#server/benchmark/job-store.ts";
import {
  type AnswerOffer,
  type MeasuredValue,
  measureAnswers,
  offerMeasured,
} from "#server/benchmark/offer-answers.ts";
import type { RunSummary } from "#server/benchmark/schema.ts";
import { listNewestRuns, listRefusedOffers, readRun } from "#server/benchmark/store.ts";
import { listAnswersOf } from "#server/brief/answer-list-store.ts";
import { collectAnswers } from "#server/brief/collect-answers.ts";
import { QUESTIONS } from "#server/brief/questions.data.ts";
import type { Answer, Answers, Project } from "#server/brief/schema.ts";
import type { Db } from "#server/db.ts";
import { listOverridesOf } from "#server/decision/override-store.ts";
import type { Override } from "#server/decision/record-schema.ts";
import type { LayerResult } from "#server/decision/schema.ts";
import type { RoomsInput } from "#server/dossier/trace-rooms.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";
import { type ScheduledPilot, scheduleTasks } from "#server/plan/schedule-tasks.ts";
import type { GateDecision, StoredPlan } from "#server/plan/schema.ts";
import { listGateDecisionsOf, listPlansOf } from "#server/plan/store.ts";
import { listNewestScaffolds } from "#server/scaffold/store.ts";
import { applyToNeeds } from "#server/team/apply-requirements.ts";
import { measureGaps } from "#server/team/measure-gaps.ts";
import type { SkillGap, StoredPerson } from "#server/team/schema.ts";
import type { HandRequirement } from "#server/team/staffing-schema.ts";
import { listStaffingOf } from "#server/team/staffing-store.ts";
import { listPeopleOf } from "#server/team/store.ts";
import { keepDemand } from "./keep-decision.ts";
import type { Standards } from "./load-standards.ts";

/** Everything the trace looks at, read once. */
export type LoadedProject = {
  project: Project;
  answers: Answer[];
  given: Answers;
  layers: Omit<LayerResult, "flips">[];
  people: number;
  gaps: SkillGap[];
  startDate: string | null;
  schedule: ScheduledPilot;
  scaffold: RoomsInput["scaffold"];
  running: boolean;
  /** The newest stored run. */
  run: RunSummary | null;
  /** Measured answers of the newest run that wait for a person. */
  offers: AnswerOffer[];
  gateOutcome: RoomsInput["gateOutcome"];
  today: string;
};

export async function loadProject(
  db: Db,
  workspaceId: WorkspaceId,
  project: Project,
  standards: Standards,
  now: Date,
): Promise<LoadedProject> {
  const [loaded] = await loadProjects(db, workspaceId, [project], standards, now);
  if (loaded === undefined) throw new Error("one project in, none out");
  return loaded;
}

/** In the order given. As many queries for a page of projects as for one. */
export async function loadProjects(
  db: Db,
  workspaceId: WorkspaceId,
  projects: Project[],
  standards: Standards,
  now: Date,
): Promise<LoadedProject[]> {
  const today = calendarDay(now);
  const ids = projects.map((project) => project.id);
  const [answers, people, plans, decisions, busy, runs, scaffolds, overrides, staffing] = await Promise.all([
    listAnswersOf(db, workspaceId, ids),
    listPeopleOf(db, workspaceId, ids),
    listPlansOf(db, workspaceId, ids),
    listGateDecisionsOf(db, workspaceId, ids),
    listBusyProjects(db, workspaceId, ids),
    listNewestRuns(db, workspaceId, ids),
    listNewestScaffolds(db, workspaceId, ids),
    listOverridesOf(db, workspaceId, ids),
    listStaffingOf(db, workspaceId, ids),
  ]);
  return projects.map((project) =>
    combine(workspaceId, standards, today, {
      project,
      answers: answers.get(project.id) ?? [],
      people: people.get(project.id) ?? [],
      plan: plans.get(project.id) ?? null,
      decisions: decisions.get(project.id) ?? [],
      running: busy.has(project.id),
      run: runs.get(project.id) ?? null,
      scaffold: scaffolds.get(project.id) ?? null,
      overrides: overrides.get(project.id),
      byHand: staffing.get(project.id)?.requirements ?? [],
    }),
  );
}

type Stored = Pick<LoadedProject, "project" | "answers" | "running" | "run" | "scaffold"> & {
  people: StoredPerson[];
  plan: StoredPlan | null;
  decisions: GateDecision[];
  overrides: Map<string, Override> | undefined;
  byHand: HandRequirement[];
};

function combine(
  workspaceId: WorkspaceId,
  { ruleSet, catalogue }: Standards,
  today: string,
  stored: Stored,
): LoadedProject {
  const { project, answers, people, plan, decisions, running, run, scaffold } = stored;
  const given: Answers = collectAnswers(answers);
  // A blank project has no kind yet; the plan of a RAG pilot stands in until it is named.
  const kind = project.kind ?? "rag";
  const { layers, needs: asked } = keepDemand(workspaceId, ruleSet, catalogue, given, kind, stored.overrides);
  const needs = applyToNeeds(asked, stored.byHand, catalogue);
  const schedule = scheduleTasks({
    kind,
    startDate: plan?.startDate ?? null,
    holidays: plan?.holidays ?? [],
    states: plan?.tasks ?? {},
    outcomes: Object.fromEntries(decisions.map(({ gate, outcome }) => [gate, outcome])),
  });
  return {
    project,
    answers,
    given,
    layers,
    people: people.length,
    gaps: project.kind === null ? [] : measureGaps(needs, people, today),
    startDate: plan?.startDate ?? null,
    schedule,
    scaffold,
    running,
    run,
    offers: [],
    gateOutcome: decisions.find(({ gate }) => gate === 10)?.outcome ?? null,
    today,
  };
}

/** Adds the offers of the newest run. Apart, because at first it reads the whole report with every record in it. */
export async function loadOffers(
  db: Db,
  workspaceId: WorkspaceId,
  loaded: LoadedProject,
): Promise<LoadedProject> {
  const { run, project, given } = loaded;
  if (run === null) return loaded;
  const [measured, refused] = await Promise.all([
    readMeasured(db, workspaceId, project.id, run),
    listRefusedOffers(db, workspaceId, project.id, run.runId),
  ]);
  const offers = offerMeasured(measured, given).filter((offer) => !refused.includes(offer.questionId));
  return { ...loaded, offers };
}

/** By the report's hash: what a report measured is as fixed as the report. */
const measuredBy = new Map<string, MeasuredValue[]>();
const MOST_KEPT = 1_000;

async function readMeasured(
  db: Db,
  workspaceId: WorkspaceId,
  projectId: string,
  { runId, reportSha256 }: RunSummary,
): Promise<MeasuredValue[]> {
  const kept = measuredBy.get(reportSha256);
  if (kept !== undefined) return kept;
  const { report } = await readRun(db, workspaceId, projectId, runId);
  const measured = measureAnswers(report);
  if (measuredBy.size >= MOST_KEPT) measuredBy.clear();
  measuredBy.set(reportSha256, measured);
  return measured;
}

/** What the spine needs, without the costly search for flips. */
export function toRoomsInput(loaded: LoadedProject): RoomsInput {
  const { answers, layers, gaps, schedule, run } = loaded;
  const asked = QUESTIONS.filter((question) => !question.measuredOnly);
  const answered = answers.filter((answer) => asked.some((question) => question.id === answer.questionId));
  const counted = schedule.tasks.filter((task) => task.status !== "waived");
  const open = schedule.gates.find((gate) => gate.outcome === null && gate.date !== null);
  return {
    brief: {
      asked: asked.length,
      answered: answered.length,
      unknown: answered.filter((answer) => answer.value === "unknown").length,
      sources: answered.map((answer) => answer.source),
    },
    decision: { statuses: layers.map((layer) => layer.status), proposals: loaded.offers.length },
    team: { people: loaded.people, needed: gaps.length, short: gaps.filter((gap) => gap.gap > 0).length },
    plan: {
      startDate: loaded.startDate,
      tasks: counted.length,
      done: counted.filter((task) => task.status === "done").length,
      nextGate: open?.date ? { id: `D${open.day}`, date: open.date } : null,
    },
    scaffold: loaded.scaffold,
    benchmark: {
      running: loaded.running,
      runs: run === null ? 0 : 1,
      outcomes: run?.verdicts.map((verdict) => verdict.verdict) ?? [],
    },
    gateOutcome: loaded.gateOutcome,
    today: loaded.today,
  };
}

/** The server's calendar day: in local mode the reader's. */
function calendarDay(now: Date): string {
  const pad = (part: number) => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}
