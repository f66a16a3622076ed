import { sayRoom } from "#server/messages/say.ts";
import { type Coverage, checkPeopleCoverage, checkRoleCoverage, findSmallestTeam } from "./check-coverage.ts";
import { type Closing, LEAD_TIME_WEEKS, leadTimeOf } from "./choose-closing.ts";
import { explainSeverity } from "./explain-severity.ts";
import type { HiringSettings, PayRange } from "./hiring-schema.ts";
import { closeGaps } from "./plan-hiring.ts";
import { BENEFIT_SHARE_PCT, type Money, priceSlot, type SlotCost, sumMoney } from "./price-slot.ts";
import { MONTHS_AFTER_HANDOFF, staffingOf, type TeamQuestion } from "./report-team.ts";
import type {
  CalendarDate,
  ClosingAction,
  HiringSlot,
  RoleId,
  SkillGap,
  SkillId,
  TeamReport,
} from "./schema.ts";
import { countDays, shiftDate } from "./shift-date.ts";

const say = sayRoom("staffing");

export type HiringLine = HiringSlot & {
  cost: SlotCost;
  leadWeeks: number;
  /** The first day that somebody who is looked for from `startBy` on is there. Null without a start date. */
  readyBy: CalendarDate | null;
  /** Ready only after day 1, although the search begins today. */
  late: boolean;
};

export type GapLine = SkillGap & {
  why: string;
  closing: (Omit<Closing, "skillId"> & { chosen: boolean }) | null;
};

export type HiringReport = {
  lines: HiringLine[];
  gaps: GapLine[];
  total: { pilot: Money[]; yearly: Money[]; unpriced: number };
  assumptions: string[];
  /** Null where the kind of project has no pilot of ours to hold. */
  coverage: { people: Coverage[]; roles: Coverage[]; smallestTeam: RoleId[] | null } | null;
};

export type HiringQuestion = TeamQuestion & { pay: PayRange[] };

/** The hiring plan as people read it: each gap with its weight in words, each line with its days and what it costs. */
export function reportHiring(question: HiringQuestion, report: TeamReport): HiringReport {
  const { hiring = {}, pay, people, asOf, pilotStart } = question;
  const closings = closeGaps(staffingOf(question, report));
  const lines = report.hiringPlan.map((slot): HiringLine => {
    const leadWeeks = leadTimeOf(slot.action, hiring);
    const readyBy = slot.startBy && slot.action !== "descope" ? shiftDate(slot.startBy, 7 * leadWeeks) : null;
    const isPairing = slot.action === "train" && slot.startBy === pilotStart;
    return {
      ...slot,
      cost: priceSlot(slot, { pay, benefitSharePct: hiring.benefitSharePct, asOf }),
      leadWeeks,
      readyBy: isPairing ? null : readyBy,
      late: !isPairing && readyBy !== null && pilotStart !== null && countDays(pilotStart, readyBy) > 0,
    };
  });
  return {
    lines,
    gaps: report.gaps.map((gap) => ({
      ...gap,
      why: explainSeverity(gap),
      closing: closingOf(gap.skillId, closings),
    })),
    total: {
      pilot: sumMoney(lines.map(({ cost }) => cost.pilot)),
      yearly: sumMoney(lines.map(({ cost }) => cost.yearly)),
      unpriced: lines.filter(({ action, cost }) => isPaid(action) && cost.pilot === null).length,
    },
    assumptions: listAssumptions(hiring),
    coverage: report.requirements.some((need) => need.onOverlay)
      ? {
          people: checkPeopleCoverage(report.requirements, people, asOf),
          roles: checkRoleCoverage(report.requirements, report.roles),
          smallestTeam: findSmallestTeam(report.requirements, report.roles),
        }
      : null,
  };
}

function closingOf(skillId: SkillId, closings: Closing[]): GapLine["closing"] {
  const found = closings.find((closing) => closing.skillId === skillId);
  if (!found) return null;
  const { skillId: _, ...closing } = found;
  return { ...closing, chosen: closing.proposed !== null };
}

function isPaid(action: ClosingAction): boolean {
  return action === "hire" || action === "contract";
}

function listAssumptions(hiring: Partial<HiringSettings>): string[] {
  const leads = (Object.keys(LEAD_TIME_WEEKS) as ClosingAction[])
    .filter((action) => action !== "descope")
    .map((action) => {
      const weeks = leadTimeOf(action, hiring);
      return say("assumption.lead", {
        action,
        weeks,
        isOwn: hiring.leadTimeWeeks?.[action] === undefined ? "no" : "yes",
      });
    });
  return [
    ...leads,
    say("assumption.months", {
      months: hiring.monthsAfterHandoff ?? MONTHS_AFTER_HANDOFF,
      isOwn: hiring.monthsAfterHandoff === undefined ? "no" : "yes",
    }),
    say("assumption.benefits", {
      share: hiring.benefitSharePct ?? BENEFIT_SHARE_PCT,
      isOwn: hiring.benefitSharePct === undefined ? "no" : "yes",
    }),
    say("assumption.usable"),
  ];
}
