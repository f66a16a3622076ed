export type Goodput = {
  /** Answers inside the limit per second of load. */
  goodputRps: number;
  /** Share of all requests that were inside; a missing answer is outside. */
  attainment: number;
};

/** Strictly under the limit, as everywhere; `seconds` is the time until the last answer was in. Null without either. */
export function measureGoodput(
  latenciesMs: readonly (number | null)[],
  limitMs: number,
  seconds: number,
): Goodput | null {
  if (latenciesMs.length === 0 || !(seconds > 0)) return null;
  const inside = latenciesMs.filter((ms) => ms !== null && ms < limitMs).length;
  return { goodputRps: inside / seconds, attainment: inside / latenciesMs.length };
}
