/**
 * When leases that ran out may be taken back: only after this process has watched for a whole lease without a gap.
 * After an outage, or when the machine slept, the other workers get the time to beat first. Times in milliseconds of
 * the clock that the leases are written in; it may jump.
 */
export type Watch = { from: number; lastTurn: number };

export function beginWatch(now: number): Watch {
  return { from: now, lastTurn: now };
}

/** One turn of the sweeper. */
export function watchLeases(
  watch: Watch,
  now: number,
  { sweepMs, leaseMs }: { sweepMs: number; leaseMs: number },
): { watch: Watch; mayTake: boolean } {
  const passed = now - watch.lastTurn;
  // Backwards is as much of a gap as four missed turns: the leases were written by another clock.
  const from = passed < 0 || passed > 4 * sweepMs ? now : watch.from;
  return { watch: { from, lastTurn: now }, mayTake: now - from >= leaseMs };
}
