import { sayRoom } from "#server/messages/say.ts";
import type { HiringSlot, RequiredRole, TeamReport } from "./schema.ts";

const say = sayRoom("team");

/** Who can build it, and who is missing: two or three sentences from the data. */
export function describeTeam({ gaps, hiringPlan, roles }: TeamReport, people: number): string {
  const plan = describePlan(hiringPlan, roles);
  if (people === 0) return `${say("lead.nobody", { needed: gaps.length })} ${plan}`.trim();
  const short = gaps.filter((gap) => gap.gap > 0);
  const blockers = short.filter((gap) => gap.severity === "blocker").length;
  const state = say("lead.state", {
    needed: gaps.length,
    short: short.length,
    blockers: weighBlockers(blockers, short.length),
    blockerCount: blockers,
    single: gaps.filter((gap) => gap.gap === 0 && gap.busFactor === 1).length,
  });
  return `${state} ${plan}`.trim();
}

function weighBlockers(blockers: number, short: number): string {
  if (blockers === 0) return "none";
  if (blockers === short) return short === 1 ? "only" : "all";
  return blockers === 1 ? "one" : "some";
}

/** The first line of the hiring plan that closes something, as a sentence. */
function describePlan(plan: HiringSlot[], roles: RequiredRole[]): string {
  const first = plan.find(
    (slot) => slot.skillIds.length > 0 && (slot.action === "contract" || slot.action === "hire"),
  );
  const role = roles.find((one) => one.id === first?.roleId);
  if (!first || !role) return "";
  const raised = role.requirements.filter((r) => r.raisedBy.length > 0 && first.skillIds.includes(r.skillId));
  return say("lead.plan", {
    action: first.action,
    count: first.skillIds.length,
    article: articleFor(role.name),
    role: role.name,
    isRaised: raised.length > 0 ? "yes" : "no",
    raised: raised
      .map(({ skillId, level }) => say("lead.raised", { skill: skillId, level }))
      .join(say("nextInList")),
  });
}

function articleFor(name: string): string {
  return /^[AEIOM]/.test(name) && !/^Ma/.test(name) ? "an" : "a";
}
