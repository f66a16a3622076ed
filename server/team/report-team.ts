import type { HiringSettings } from "./hiring-schema.ts";
import { measureGaps } from "./measure-gaps.ts";
import { planHiring, type Staffing } from "./plan-hiring.ts";
import { type ProjectDemand, requireSkills } from "./require-skills.ts";
import type { CalendarDate, Person, PilotOverlay, SkillCatalogue, TeamReport } from "./schema.ts";

/** Guide horizon of 6 to 12 months after the pilot; the shorter end is assumed until somebody says otherwise (house). */
export const MONTHS_AFTER_HANDOFF = 6;

export interface TeamQuestion {
  demand: ProjectDemand;
  catalogue: SkillCatalogue;
  people: Person[];
  /** People elsewhere in the workspace. */
  borrowable: Person[];
  asOf: CalendarDate;
  pilotStart: CalendarDate | null;
  /** What people decided about hiring by hand. */
  hiring?: Partial<HiringSettings>;
}

/** The whole answer of the room: who is required, what is short, how it is closed. */
export function reportTeam(question: TeamQuestion): TeamReport & { overlay: PilotOverlay | null } {
  const { demand, catalogue, people, asOf } = question;
  const { overlay, needs, roles } = requireSkills(demand, catalogue);
  const gaps = measureGaps(needs, people, asOf);
  const hiringPlan = planHiring(staffingOf(question, { requirements: needs, gaps, roles }));
  return { overlay, roles, requirements: needs, gaps, hiringPlan };
}

export function staffingOf(
  question: TeamQuestion,
  { requirements, gaps, roles }: Pick<TeamReport, "requirements" | "gaps" | "roles">,
): Staffing {
  const { hiring = {}, demand } = question;
  return {
    ...question,
    needs: requirements,
    gaps,
    roles,
    layers: demand.layers,
    monthsAfterHandoff: hiring.monthsAfterHandoff ?? MONTHS_AFTER_HANDOFF,
    leadTimeWeeks: hiring.leadTimeWeeks ?? {},
    choices: hiring.choices ?? [],
  };
}
