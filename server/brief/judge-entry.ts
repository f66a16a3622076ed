import { FRICTION, IMPACT, STOPS } from "./entry-criteria.data.ts";
import { type EntryBody, type Score, type Spread, type StopId, Zone } from "./entry-schema.ts";

/** Worth at least this much to be worth a pilot now or later (mean of impact, 1 to 5). */
export const IMPACT_LINE = 3.5;
/** At most this much in the way (mean of friction, 1 to 5). */
export const FRICTION_LINE = 2.5;

export type JudgedEntry = {
  impact: Spread;
  friction: Spread;
  /** Mean impact minus mean friction, -4 to 4. */
  score: { low: number; high: number };
  /** Zones that the scores alone allow. One when enough is known. */
  byScores: Zone[];
  /** Zones it may still turn out to be in, with the checks. */
  zones: Zone[];
  /** Checks that hold and end it. */
  stopped: StopId[];
  /** Nobody is measured on it. */
  capped: boolean;
  /** Checks nobody has answered. */
  openChecks: StopId[];
  /** The score of time saved comes from cases and minutes, because nobody gave one. */
  timeFromVolume: boolean;
};

/**
 * Where a candidate stands. A missing score counts as everything from 1 to 5 and a missing check as both answers:
 * more than one zone means that what is missing decides.
 */
export function judgeEntry(body: EntryBody): JudgedEntry {
  const time = body.impact.time ?? scoreVolume(body);
  const impact = spread(IMPACT.map(({ id }) => (id === "time" ? time : body.impact[id])));
  const friction = spread(FRICTION.map(({ id }) => body.friction[id]));
  const holds = (id: StopId) => STOPS.some((stop) => stop.id === id && body.stops[id] === stop.stopsAt);
  const open = STOPS.filter(({ id }) => body.stops[id] === "unknown");
  const stopped = STOPS.filter((stop) => !stop.caps && holds(stop.id)).map(({ id }) => id);
  const capped = STOPS.some((stop) => stop.caps && holds(stop.id));
  const byScores = listZones(impact, friction);

  const possible = new Set<Zone>(stopped.length > 0 ? ["shelve"] : byScores);
  if (stopped.length === 0) {
    if (open.some((stop) => !stop.caps)) possible.add("shelve");
    const mayBeCapped = capped || open.some((stop) => stop.caps);
    if (possible.has("accelerate") && mayBeCapped) possible.add("incubate");
    if (capped) possible.delete("accelerate");
  }
  return {
    impact,
    friction,
    score: { low: impact.low - friction.high, high: impact.high - friction.low },
    byScores,
    zones: Zone.options.filter((zone) => possible.has(zone)),
    stopped,
    capped,
    openChecks: open.map(({ id }) => id),
    timeFromVolume: body.impact.time === null && time !== null,
  };
}

/** Where a point stands: worth it and easy, easy but small, worth it but hard, neither. */
export function findZone(impact: number, friction: number): Zone {
  const isEasy = friction <= FRICTION_LINE;
  if (impact >= IMPACT_LINE) return isEasy ? "accelerate" : "research";
  return isEasy ? "incubate" : "shelve";
}

/** Hours a month by the anchors of time saved; null while a part of the product is missing. */
export function scoreVolume({
  casesPerMonth,
  minutesSavedPerCase,
}: Pick<EntryBody, "casesPerMonth" | "minutesSavedPerCase">): Score {
  if (casesPerMonth === null || minutesSavedPerCase === null) return null;
  const hours = (casesPerMonth * minutesSavedPerCase) / 60;
  if (hours < 10) return 1;
  if (hours < 50) return 2;
  if (hours <= 150) return 3;
  return hours <= 500 ? 4 : 5;
}

function spread(scores: readonly Score[]): Spread {
  const mean = (unknown: number) =>
    scores.reduce<number>((sum, score) => sum + (score ?? unknown), 0) / scores.length;
  const known = scores.filter((score) => score !== null).length;
  return { low: mean(1), high: mean(5), known, outOf: scores.length };
}

/** The means move over their whole spread, so that the corners of the field show every zone it touches. */
function listZones(impact: Spread, friction: Spread): Zone[] {
  const touched = new Set(
    [impact.low, impact.high].flatMap((worth) =>
      [friction.low, friction.high].map((effort) => findZone(worth, effort)),
    ),
  );
  return Zone.options.filter((zone) => touched.has(zone));
}
