import { sayRoom } from "#server/messages/say.ts";
import type { ClosingChoice, LeadTimeWeeks } from "./hiring-schema.ts";
import { countLevel, LEAST_AVAILABILITY_PCT } from "./measure-gaps.ts";
import type { LayerPick } from "./require-skills.ts";
import type { CalendarDate, ClosingAction, Need, Person, SkillGap, SkillId } from "./schema.ts";

const say = sayRoom("team");

/** Weeks from the decision to the first working day (house figures). */
export const LEAD_TIME_WEEKS: Record<ClosingAction, number> = {
  hire: 12,
  contract: 2,
  borrow: 1,
  train: 8,
  descope: 0,
};

/** A permanent job is offered when the skill is needed for at least so long after the handoff (house). */
export const MONTHS_WORTH_HIRING = 6;

export interface Circumstances {
  people: Person[];
  /** People elsewhere in the workspace, who could lend a hand. */
  borrowable: Person[];
  layers: LayerPick[];
  asOf: CalendarDate;
  /** Null while the plan has no start date. */
  weeksToStart: number | null;
  monthsAfterHandoff: number;
  /** Where a workspace knows better than the house. */
  leadTimeWeeks?: LeadTimeWeeks;
}

export interface Closing {
  skillId: SkillId;
  action: ClosingAction;
  personId: string | null;
  because: string;
  /** What the plan would do, where a person chose another way. */
  proposed: { action: ClosingAction; because: string } | null;
}

export function leadTimeOf(
  action: ClosingAction,
  { leadTimeWeeks }: Pick<Circumstances, "leadTimeWeeks">,
): number {
  return leadTimeWeeks?.[action] ?? LEAD_TIME_WEEKS[action];
}

/** A person's choice, else the plan's; the plan's own stays readable beside the choice. */
export function closeGap(
  gap: SkillGap,
  need: Need,
  choice: ClosingChoice | undefined,
  given: Circumstances,
): Closing {
  const own = chooseClosing(gap, need, given);
  if (!choice) return own;
  const { skillId, action } = choice;
  const candidates = action === "borrow" ? given.borrowable : action === "train" ? given.people : [];
  const named = candidates.find((person) => person.id === choice.personId);
  const personId = named?.id ?? nearestPerson(gap, candidates, given.asOf, gap.holders)?.id ?? null;
  const because = say("closing.chosen", { reason: choice.reason });
  return { skillId, action, personId, because, proposed: { action: own.action, because: own.because } };
}

/** How one blocker or high gap is closed: the cheapest way that still arrives in time. */
export function chooseClosing(gap: SkillGap, need: Need, given: Circumstances): Closing {
  const close = (action: ClosingAction, because: string, personId: string | null = null): Closing => ({
    skillId: gap.skillId,
    action,
    personId,
    because,
    proposed: null,
  });
  if (gap.gap === 0) {
    const second = nearestPerson(gap, given.people, given.asOf, gap.holders);
    return close("train", say("closing.pairs"), second?.id ?? null);
  }
  const alternatives = descopeTo(need, given.layers);
  if (alternatives) return close("descope", say("closing.descope", { picks: alternatives }));
  const lender = nearestPerson(gap, given.borrowable, given.asOf, []);
  if (lender && (countLevel(lender, gap.skillId, given.asOf)?.level ?? 0) >= gap.required) {
    return close("borrow", say("closing.borrow"), lender.id);
  }
  const weeks = given.weeksToStart;
  const learner = nearestPerson(gap, given.people, given.asOf, []);
  if (gap.gap === 1 && learner && weeks !== null && weeks >= leadTimeOf("train", given)) {
    return close("train", say("closing.train", { weeks }), learner.id);
  }
  if (given.monthsAfterHandoff < MONTHS_WORTH_HIRING) {
    return close("contract", say("closing.shortNeed", { months: MONTHS_WORTH_HIRING }));
  }
  const lead = leadTimeOf("hire", given);
  if (weeks !== null && lead > weeks) {
    return close("contract", say("closing.tooLateToHire", { lead, weeks }));
  }
  return close("hire", weeks === null ? say("closing.noStart") : say("closing.inTime"));
}

/** The picks this team can build instead, when nothing but an ideal pick asks for the skill. */
function descopeTo(need: Need, layers: LayerPick[]): string | null {
  const picks = need.sources.map((source) => {
    const layer = source.kind === "layer" ? layers.find((l) => l.layer === source.ref) : undefined;
    return layer && layer.teamPick !== null && layer.teamPick !== layer.pick
      ? `${layer.teamPick} (${layer.layer})`
      : null;
  });
  return picks.includes(null) ? null : picks.join(", ");
}

function nearestPerson(
  gap: SkillGap,
  people: Person[],
  asOf: CalendarDate,
  except: string[],
): Person | undefined {
  return people
    .filter((person) => person.availabilityPct >= LEAST_AVAILABILITY_PCT && !except.includes(person.id))
    .map((person) => ({ person, level: countLevel(person, gap.skillId, asOf)?.level ?? -1 }))
    .filter(({ level }) => level >= gap.required - 1 && level >= 0)
    .sort((a, b) => b.level - a.level)[0]?.person;
}
