import { collectAnswers } from "#server/brief/collect-answers.ts";
import type { Project } from "#server/brief/schema.ts";
import { readAnswers, readProject } from "#server/brief/store.ts";
import type { Db } from "#server/db.ts";
import { applyOverrides } from "#server/decision/apply-overrides.ts";
import { judgeLayers } from "#server/decision/judge-layers.ts";
import { readOverrides } from "#server/decision/override-store.ts";
import type { RuleSet } from "#server/decision/schema.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";
import { listWorkingDays } from "#server/plan/schedule-tasks.ts";
import { readPlan } from "#server/plan/store.ts";
import { deriveDemand } from "#server/team/derive-demand.ts";
import { HiringSettings, PayRanges } from "#server/team/hiring-schema.ts";
import type { HiringQuestion } from "#server/team/report-hiring.ts";
import { reportTeam } from "#server/team/report-team.ts";
import type { SkillCatalogue, StoredPerson } from "#server/team/schema.ts";
import { calendarDayOf } from "#server/team/shift-date.ts";
import type { HandRequirement } from "#server/team/staffing-schema.ts";
import { readStaffing } from "#server/team/staffing-store.ts";
import { listPeople, listPeopleElsewhere } from "#server/team/store.ts";
import { loadStandards } from "./load-standards.ts";

export type LoadedTeam = {
  project: Project;
  catalogue: SkillCatalogue;
  people: StoredPerson[];
  /** Calendar day, YYYY-MM-DD. */
  asOf: string;
  /** Day 1, a working day. */
  pilotStart: string | null;
  /** What people set by hand for this project. */
  byHand: HandRequirement[];
  /** The guides and other sources that the catalogue refers to. */
  sources: RuleSet["sources"];
  /** Null while the project has no kind: nobody can say who is needed. */
  report: ReturnType<typeof reportTeam> | null;
  /** What the report and the hiring plan were computed from; null with it. */
  question: HiringQuestion | null;
  settings: HiringSettings;
  staffingVersion: number;
};

/** What page, matrix and downloads read. The search for flips is left out: it costs most and is not shown here. */
export async function loadTeam(
  db: Db,
  workspaceId: WorkspaceId,
  projectId: string,
  now: Date,
): Promise<LoadedTeam> {
  const project = await readProject(db, workspaceId, projectId);
  const [{ ruleSet, catalogue }, records, people, borrowable, plan, overrides, staffing] = await Promise.all([
    loadStandards(db, workspaceId),
    readAnswers(db, workspaceId, projectId),
    listPeople(db, workspaceId, projectId),
    listPeopleElsewhere(db, workspaceId, projectId),
    readPlan(db, workspaceId, projectId),
    readOverrides(db, workspaceId, projectId),
    readStaffing(db, workspaceId, projectId),
  ]);
  const asOf = calendarDayOf(now);
  const pilotStart = plan ? (listWorkingDays(plan.startDate, plan.holidays, 1)[0] ?? null) : null;
  const byHand = staffing.requirements;
  const settings = HiringSettings.parse(staffing.hiring);
  const loaded = {
    project,
    catalogue,
    people,
    asOf,
    pilotStart,
    byHand,
    sources: ruleSet.sources,
    settings,
    staffingVersion: staffing.version,
  };
  if (project.kind === null) return { ...loaded, report: null, question: null };
  const answers = collectAnswers(records);
  const layers = applyOverrides(judgeLayers(ruleSet, answers), overrides);
  const demand = { ...deriveDemand(project.kind, answers, ruleSet, { layers }), byHand };
  const pay = PayRanges.parse(staffing.pay);
  const question = { demand, catalogue, people, borrowable, asOf, pilotStart, hiring: settings, pay };
  return { ...loaded, report: reportTeam(question), question };
}
