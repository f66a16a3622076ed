import type { HiringSlot, RequiredRole, TeamReport } from "./schema.ts";

/** Who can build it, and who is missing: two or three sentences from the data. */
export function describeTeam({ gaps, hiringPlan, roles }: TeamReport, people: number): string {
  const needed = `${count(gaps.length, "skill is", "skills are")} needed`;
  if (people === 0)
    return `${needed}. Nobody is on the team yet, so all of them are open. ${describePlan(hiringPlan, roles)}`;
  const short = gaps.filter((gap) => gap.gap > 0);
  const blockers = short.filter((gap) => gap.severity === "blocker").length;
  const single = gaps.filter((gap) => gap.gap === 0 && gap.busFactor === 1).length;
  const state =
    short.length === 0
      ? "none is short"
      : `${count(short.length, "is", "are")} short${describeBlockers(blockers, short.length)}`;
  const rest = single === 0 ? "" : `, and ${count(single, "rests", "rest")} on one person`;
  return `${needed}: ${state}${rest}. ${describePlan(hiringPlan, roles)}`.trim();
}

function describeBlockers(blockers: number, short: number): string {
  if (blockers === 0) return "";
  if (blockers === short) return short === 1 ? ", a blocker" : ", all of them blockers";
  return `, ${count(blockers, "a blocker", "blockers")}`.replace("1 a", "one a");
}

/** The first line of the hiring plan that closes something, as a sentence. */
function describePlan(plan: HiringSlot[], roles: RequiredRole[]): string {
  const first = plan.find(
    (slot) => slot.skillIds.length > 0 && (slot.action === "contract" || slot.action === "hire"),
  );
  const role = roles.find((one) => one.id === first?.roleId);
  if (!first || !role) return "";
  const verb = first.action === "contract" ? "One contract closes" : "One hire closes";
  const raised = role.requirements.filter((r) => r.raisedBy.length > 0 && first.skillIds.includes(r.skillId));
  const lifted = raised[0]
    ? `, with ${raised.map((r) => `${r.skillId} raised to ${r.level}`).join(" and ")}`
    : "";
  return `${verb} ${count(first.skillIds.length, "gap", "gaps")}: ${articleFor(role.name)} ${role.name}${lifted}.`;
}

function articleFor(name: string): string {
  return /^[AEIOM]/.test(name) && !/^Ma/.test(name) ? "an" : "a";
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
