import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { labelResponsibility } from "./export-matrix-csv.ts";
import type { PayRange } from "./hiring-schema.ts";
import { wishesOf } from "./plan-hiring.ts";
import type { RequiredRole, RoleId, SkillCatalogue, SkillId } from "./schema.ts";

const say = sayRoom("staffing");
const sayError = sayRoom("errors");

/** One line of an advertisement: the skill, and what somebody at this level does, in the catalogue's words. */
export type Wish = { skillId: SkillId; name: string; level: string; does: string };

/** What every form of an advertisement is written from. No years, no names of employers, no degrees. */
export type Job = {
  roleId: RoleId;
  title: string;
  mission: string;
  context: string[];
  must: Wish[];
  nice: Wish[];
  pay: PayRange;
  /** O*NET-SOC code and label, or null where no occupation fits. */
  occupation: { code: string; label: string } | null;
};

export type JobQuestion = {
  catalogue: SkillCatalogue;
  role: RequiredRole;
  /** The plan's short skills come first. */
  skillIds: SkillId[];
  projectName: string;
  pilotName: string | null;
  pay: PayRange[];
  engagement: "permanent" | "contract";
};

/** @throws PilotageError PAY_MISSING: several jurisdictions ask for a range in every advertisement */
export function describeJob(question: JobQuestion): Job {
  const { catalogue, role, skillIds, projectName, pilotName, engagement } = question;
  const pay = question.pay.find((one) => one.roleId === role.id && one.engagement === engagement);
  if (!pay) {
    throw new PilotageError(
      "conflict",
      "PAY_MISSING",
      sayError("PAY_MISSING.said", { role: role.name, engagement }),
      {
        path: "pay",
        hint: sayError("PAY_MISSING.hint"),
      },
    );
  }
  const { mustHave, niceToHave } = wishesOf(role, skillIds);
  const wish = (skillId: SkillId): Wish[] => {
    const skill = catalogue.skills.find((one) => one.id === skillId);
    const level = role.requirements.find((one) => one.skillId === skillId)?.level ?? 0;
    const does = skill?.anchors[level - 1];
    if (!skill || !does) return [];
    return [{ skillId, name: skill.name, level: catalogue.levels[level]?.name ?? "", does }];
  };
  return {
    roleId: role.id,
    title: role.name,
    mission: role.mission,
    context: [
      say("job.context.project", { project: projectName, pilot: pilotName ?? "none" }),
      say("job.context.responsibility", {
        level: labelResponsibility(role),
        reach: say(`job.reach.r${role.responsibility.to as 1 | 2 | 3 | 4 | 5}`),
      }),
      say("job.context.interview"),
    ],
    must: mustHave.flatMap(wish),
    nice: niceToHave.flatMap(wish),
    pay,
    occupation: OCCUPATIONS[role.id] ?? null,
  };
}

/** Nearest occupations of O*NET-SOC 2019, for boards that sort by them. */
const OCCUPATIONS: Partial<Record<RoleId, { code: string; label: string }>> = {
  AIPE: { code: "15-1252.00", label: "Software Developers" },
  MLE: { code: "15-2051.00", label: "Data Scientists" },
  OPS: { code: "15-1252.00", label: "Software Developers" },
  DE: { code: "15-1243.00", label: "Database Architects" },
  SYS: { code: "15-1252.00", label: "Software Developers" },
  SEC: { code: "15-1212.00", label: "Information Security Analysts" },
};
