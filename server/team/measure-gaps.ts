import type { CalendarDate, Need, Person, Rating, RatingSource, Severity, SkillGap } from "./schema.ts";
import { countDays } from "./shift-date.ts";

/** Below one day a week nobody carries a skill for a project (house). */
export const LEAST_AVAILABILITY_PCT = 20;
/** Older ratings are shown as stale. */
export const STALE_AFTER_DAYS = 180;

export interface CountedLevel {
  /** What counts: a self-rating alone counts one level lower (house). */
  level: number;
  /** What was said. */
  rated: number;
  source: RatingSource;
  at: CalendarDate;
  stale: boolean;
}

/** Need against what the team holds. The day is an argument: the rule has no clock. */
export function measureGaps(needs: Need[], people: Person[], asOf: CalendarDate): SkillGap[] {
  return needs.map((need) => measureGap(need, people, asOf));
}

/** The highest level that counts among those available; null when nobody was assessed. */
export function measureHeld(skillId: string, people: Person[], asOf: CalendarDate): number | null {
  const levels = people
    .filter((person) => person.availabilityPct >= LEAST_AVAILABILITY_PCT)
    .flatMap((person) => countLevel(person, skillId, asOf)?.level ?? []);
  return levels.length === 0 ? null : Math.max(...levels);
}

function measureGap(need: Need, people: Person[], asOf: CalendarDate): SkillGap {
  const { skillId, level: required, importance, onOverlay } = need;
  const held = people
    .filter((person) => person.availabilityPct >= LEAST_AVAILABILITY_PCT)
    .flatMap((person) => {
      const counted = countLevel(person, skillId, asOf);
      return counted ? [{ personId: person.id, counted }] : [];
    });
  const covered = Math.max(0, ...held.map(({ counted }) => counted.level));
  const gap = Math.max(0, required - covered);
  const holders = held.filter(({ counted }) => counted.level >= required).map(({ personId }) => personId);
  const best = held.filter(({ counted }) => counted.level === covered).map(({ counted }) => counted);
  return {
    skillId,
    required,
    importance,
    onOverlay,
    covered,
    assessed: held.length > 0,
    gap,
    holders,
    busFactor: holders.length,
    severity: severityOf(need, gap, holders.length),
    stale: best.length > 0 && best.every((counted) => counted.stale),
    selfRated: best.length > 0 && best.every((counted) => counted.source === "self"),
  };
}

function severityOf({ importance, onOverlay }: Need, gap: number, busFactor: number): Severity {
  if (importance === "must" && (gap >= 2 || (gap === 1 && onOverlay))) return "blocker";
  if (importance === "must" && (gap === 1 || busFactor === 1)) return "high";
  return importance === "should" && gap >= 1 ? "medium" : "low";
}

const STRENGTH: Record<RatingSource, number> = { evidence: 3, manager: 2, peer: 1, self: 0 };

/**
 * The level that counts for a person and a skill, or null when it was never assessed (which is not 0). The
 * newest rating by somebody else or by evidence counts; on one day the stronger source. Nothing is averaged.
 */
export function countLevel(person: Person, skillId: string, asOf: CalendarDate): CountedLevel | null {
  const ratings = person.ratings.filter((rating) => rating.skillId === skillId);
  const byOthers = ratings.filter((rating) => rating.source !== "self");
  const rating = newestOf(byOthers.length > 0 ? byOthers : ratings);
  if (!rating) return null;
  return {
    level: rating.source === "self" ? Math.max(0, rating.level - 1) : rating.level,
    rated: rating.level,
    source: rating.source,
    at: rating.at,
    stale: countDays(rating.at, asOf) > STALE_AFTER_DAYS,
  };
}

function newestOf(ratings: Rating[]): Rating | undefined {
  return ratings.reduce<Rating | undefined>((best, rating) => {
    if (!best || rating.at > best.at) return rating;
    return rating.at === best.at && STRENGTH[rating.source] > STRENGTH[best.source] ? rating : best;
  }, undefined);
}
