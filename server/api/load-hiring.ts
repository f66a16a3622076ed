import type { Db } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { describeJob, type Job } from "#server/team/describe-job.ts";
import type { InterviewKit } from "#server/team/interview-schema.ts";
import { lintWording } from "#server/team/lint-wording.ts";
import { planInterview } from "#server/team/plan-interview.ts";
import { type HiringReport, reportHiring } from "#server/team/report-hiring.ts";
import type { RequiredRole } from "#server/team/schema.ts";
import type { TeamExport } from "#server/team/set-team-paper.ts";
import { type LoadedTeam, loadTeam } from "./load-team.ts";

const say = sayRoom("errors");

export type LoadedHiring = LoadedTeam & {
  report: NonNullable<LoadedTeam["report"]>;
  question: NonNullable<LoadedTeam["question"]>;
  hiring: HiringReport;
  /** What every export of the whole team is written from. */
  file: TeamExport;
};

/** @throws PilotageError NOT_FOUND, KIND_UNKNOWN while nobody can say who is needed */
export async function loadHiring(
  db: Db,
  workspaceId: WorkspaceId,
  projectId: string,
  now: Date,
): Promise<LoadedHiring> {
  const team = await loadTeam(db, workspaceId, projectId, now);
  const { report, question, project, catalogue, people, asOf, pilotStart } = team;
  if (report === null || question === null) {
    throw new PilotageError("conflict", "KIND_UNKNOWN", say("KIND_UNKNOWN.said"), {
      hint: say("KIND_UNKNOWN.hint"),
    });
  }
  const hiring = reportHiring(question, report);
  const { borrowable } = question;
  const file = { projectName: project.name, catalogue, people, borrowable, asOf, pilotStart, report, hiring };
  return { ...team, report, question, hiring, file };
}

/** @throws PilotageError ROLE_UNKNOWN */
export function findRole({ report }: Pick<LoadedHiring, "report">, roleId: string): RequiredRole {
  const role = report.roles.find((one) => one.id === roleId);
  if (role) return role;
  throw new PilotageError("absent", "ROLE_UNKNOWN", say("ROLE_UNKNOWN.said", { role: roleId.slice(0, 40) }), {
    path: "role",
    hint: say("ROLE_UNKNOWN.hint", { roles: report.roles.map(({ id }) => id).join(", ") }),
  });
}

export function interviewOf(team: Pick<LoadedHiring, "report">, roleId: string): InterviewKit {
  return planInterview(findRole(team, roleId));
}

/**
 * The advertisement for a role, by the engagement that the plan looks for, else the one whose pay is known.
 * @throws PilotageError ROLE_UNKNOWN, PAY_MISSING, WORDING_CODED
 */
export function jobOf({ report, question, project, catalogue, hiring }: LoadedHiring, roleId: string): Job {
  const role = findRole({ report }, roleId);
  const line = hiring.lines.find(
    (one) => one.roleId === role.id && (one.action === "hire" || one.action === "contract"),
  );
  const planned = line?.action === "contract" ? "contract" : "permanent";
  const isPaid = (engagement: string) =>
    question.pay.some((one) => one.roleId === role.id && one.engagement === engagement);
  const other = planned === "contract" ? "permanent" : "contract";
  const job = describeJob({
    catalogue,
    role,
    skillIds: line?.skillIds ?? [],
    projectName: project.name,
    pilotName: report.overlay?.name ?? null,
    pay: question.pay,
    engagement: isPaid(planned) || !isPaid(other) ? planned : other,
  });
  const [problem] = lintWording(
    [
      job.title,
      job.mission,
      ...job.context,
      ...job.must.map(({ does }) => does),
      ...job.nice.map(({ does }) => does),
    ].join("\n"),
  );
  if (problem) {
    throw new PilotageError("conflict", "WORDING_CODED", say("WORDING_CODED.said", problem), {
      hint: say("WORDING_CODED.hint"),
    });
  }
  return job;
}
