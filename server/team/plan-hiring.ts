import { sayRoom } from "#server/messages/say.ts";
import { type Circumstances, type Closing, closeGap, leadTimeOf } from "./choose-closing.ts";
import type { ClosingChoice } from "./hiring-schema.ts";
import { levelOf } from "./require-skills.ts";
import type {
  CalendarDate,
  ClosingAction,
  HiringPlan,
  HiringSlot,
  Need,
  RequiredRole,
  RoleId,
  SkillGap,
  SkillId,
} from "./schema.ts";
import { countDays, shiftDate } from "./shift-date.ts";

export interface Staffing extends Omit<Circumstances, "weeksToStart"> {
  needs: Need[];
  gaps: SkillGap[];
  roles: RequiredRole[];
  pilotStart: CalendarDate | null;
  /** What people decided by hand. */
  choices?: ClosingChoice[];
}

const say = sayRoom("team");

/** Ten working days: what a one-off review of some days is a share of. */
export const PILOT_DAYS = 10;
const MUST_AND_NICE_AT_MOST = 6;

/** Blocker and high gaps -> hire, contract, borrow, train or descope; then the roles of the minimum team nobody has. */
export function planHiring(staffing: Staffing): HiringPlan {
  const given = { ...staffing, weeksToStart: weeksTo(staffing) };
  const closings = closeGaps(staffing);
  const slots = [
    ...rolesFor("contract", closings, staffing),
    ...rolesFor("hire", closings, staffing),
    ...personSlots("borrow", closings, staffing),
    ...personSlots("train", closings, staffing),
    ...descopeSlots(closings),
  ];
  return [...slots, ...missingRoles(slots, staffing, given)];
}

/** Every blocker and high gap, and whatever else a person decided to close. */
export function closeGaps(staffing: Staffing): Closing[] {
  const given = { ...staffing, weeksToStart: weeksTo(staffing) };
  return staffing.gaps.flatMap((gap) => {
    const need = staffing.needs.find((n) => n.skillId === gap.skillId);
    const choice = staffing.choices?.find((one) => one.skillId === gap.skillId);
    const isUrgent = gap.severity === "blocker" || gap.severity === "high";
    return need && (isUrgent || choice) ? [closeGap(gap, need, choice, given)] : [];
  });
}

function weeksTo({ asOf, pilotStart }: Staffing): number | null {
  return pilotStart === null ? null : Math.max(0, Math.floor(countDays(asOf, pilotStart) / 7));
}

function startBy(action: ClosingAction, staffing: Staffing): CalendarDate | null {
  const { asOf, pilotStart } = staffing;
  if (pilotStart === null) return null;
  const latest = shiftDate(pilotStart, -7 * leadTimeOf(action, staffing));
  return latest < asOf ? asOf : latest;
}

/** As few people as cover the gaps: the role that closes most of them first. */
function rolesFor(action: "contract" | "hire", closings: Closing[], staffing: Staffing): HiringSlot[] {
  let open = closings.filter((closing) => closing.action === action);
  const slots: HiringSlot[] = [];
  while (open.length > 0) {
    const role = mostCovering(open, staffing);
    const covered = open.filter((closing) => covers(role, closing.skillId, staffing));
    // No role's table reaches what a person set by hand: the advertisement asks for it all the same.
    const closed = covered.length > 0 ? covered : open.slice(0, 1);
    slots.push(roleSlot(action, role, closed, staffing));
    open = open.filter((closing) => !closed.includes(closing));
  }
  return slots;
}

function mostCovering(open: Closing[], staffing: Staffing): RequiredRole {
  const byTeamFirst = [...staffing.roles].sort((a, b) => Number(b.share !== null) - Number(a.share !== null));
  const count = (role: RequiredRole) =>
    open.filter((closing) => covers(role, closing.skillId, staffing)).length;
  return byTeamFirst.reduce((best, role) => (count(role) > count(best) ? role : best));
}

function covers(role: RequiredRole, skillId: SkillId, { needs }: Staffing): boolean {
  return levelOf(role, skillId) >= (needs.find((need) => need.skillId === skillId)?.level ?? 0);
}

function roleSlot(
  action: "contract" | "hire",
  role: RequiredRole,
  closed: Closing[],
  staffing: Staffing,
): HiringSlot {
  const skillIds = closed.map((closing) => closing.skillId);
  return {
    action,
    roleId: role.id,
    personId: null,
    count: 1,
    engagement: action === "hire" ? "permanent" : "contract",
    startBy: startBy(action, staffing),
    skillIds,
    rationale: say("rationale.short", {
      skills: skillIds.join(", "),
      count: skillIds.length,
      reasons: reasonsOf(closed),
      sources: listSources(skillIds, staffing),
      reopens: action === "contract" ? "yes" : "no",
    }),
    ...wishesOf(role, skillIds),
  };
}

function reasonsOf(closings: Closing[]): string {
  return [...new Set(closings.map((closing) => closing.because))].join("; ");
}

function listSources(skillIds: SkillId[], { needs }: Staffing): string {
  const sources = needs.filter((need) => skillIds.includes(need.skillId)).flatMap((need) => need.sources);
  const words = sources.map((s) =>
    s.kind === "overlay"
      ? say("skillNote.pilot", { pilot: s.ref === "rag" ? "RAG" : "MLOps" })
      : s.kind === "layer"
        ? say("rationale.pick", { pick: s.pick ?? "", layer: s.ref })
        : s.kind === "policy"
          ? say("skillNote.policy", { policy: s.ref })
          : say("rationale.hand"),
  );
  return [...new Set(words)].join(", ");
}

/** What an advertisement lists: the short skills first, then the role's own, the highest level first. */
export function wishesOf(
  role: RequiredRole,
  skillIds: SkillId[],
): Pick<HiringSlot, "mustHave" | "niceToHave"> {
  const byLevel = [...role.requirements].sort((a, b) => b.level - a.level);
  const own = byLevel.filter((r) => r.importance === "must").map((r) => r.skillId);
  const nice = byLevel
    .filter((r) => r.importance === "should" && !skillIds.includes(r.skillId))
    .map((r) => r.skillId);
  return {
    mustHave: [...new Set([...skillIds, ...own])].slice(0, MUST_AND_NICE_AT_MOST),
    niceToHave: nice.slice(0, MUST_AND_NICE_AT_MOST),
  };
}

/** One line a person: borrowed for, or trained in, all that falls to them. */
function personSlots(action: "borrow" | "train", closings: Closing[], staffing: Staffing): HiringSlot[] {
  const matching = closings.filter((closing) => closing.action === action);
  const personIds = [...new Set(matching.map((closing) => closing.personId))];
  const byPerson = personIds.map((id) => ({
    personId: id,
    closed: matching.filter((c) => c.personId === id),
  }));
  return byPerson.map(({ personId, closed }) => ({
    action,
    roleId: null,
    personId,
    count: 1,
    engagement: action === "borrow" ? ("borrowed" as const) : null,
    startBy:
      action === "train" && closed.every((c) => isPairing(c, staffing))
        ? staffing.pilotStart
        : startBy(action, staffing),
    skillIds: closed.map((closing) => closing.skillId),
    rationale: say("rationale.other", {
      skills: closed.map((closing) => closing.skillId).join(", "),
      reasons: reasonsOf(closed),
    }),
    mustHave: [],
    niceToHave: [],
  }));
}

/** Pairing begins with the pilot; a missing level must be learnt before it. */
function isPairing(closing: Closing, { gaps }: Staffing): boolean {
  return gaps.find((gap) => gap.skillId === closing.skillId)?.gap === 0;
}

function descopeSlots(closings: Closing[]): HiringSlot[] {
  return closings
    .filter((closing) => closing.action === "descope")
    .map((closing) => ({
      action: "descope",
      roleId: null,
      personId: null,
      count: 1,
      engagement: null,
      startBy: null,
      skillIds: [closing.skillId],
      rationale: say("rationale.other", { skills: closing.skillId, reasons: closing.because }),
      mustHave: [],
      niceToHave: [],
    }));
}

const OUTSIDE_ENGINEERING: RoleId[] = ["PL", "SEC"];

/** Product and security are asked for in any case; an engineering role only while a blocker stands. */
function missingRoles(slots: HiringSlot[], staffing: Staffing, given: Circumstances): HiringSlot[] {
  const blocked = staffing.gaps.some((gap) => gap.severity === "blocker");
  const taken = new Set([
    ...staffing.people.map((person) => person.roleId),
    ...slots.map((slot) => slot.roleId),
  ]);
  return staffing.roles.flatMap((role) => {
    if (!role.share || taken.has(role.id) || !(blocked || OUTSIDE_ENGINEERING.includes(role.id))) return [];
    const { fte, days } = role.share;
    const count = fte ?? (days ?? 1) / PILOT_DAYS;
    const late = given.weeksToStart !== null && given.weeksToStart < leadTimeOf("hire", given);
    const action = count < 0.5 ? "borrow" : late ? "contract" : "hire";
    const much =
      fte === null ? say("rationale.days", { days: days ?? 0 }) : say("rationale.ofPerson", { count: fte });
    return [
      {
        action,
        roleId: role.id,
        personId: null,
        count,
        engagement: action === "borrow" ? "borrowed" : action === "hire" ? "permanent" : "contract",
        startBy: startBy(action, staffing),
        skillIds: [],
        rationale: say("rationale.missing", { much, because: role.share.because }),
        ...wishesOf(role, []),
      } satisfies HiringSlot,
    ];
  });
}
