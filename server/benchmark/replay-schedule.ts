export type Replayed = { fromScheduleMs: number[]; fromSendMs: number[] };

/**
 * What an open load would see of servers that always take `serviceMs`: first come, first served. `fromSendMs` is what a
 * client shows that waits for a free connection before it starts its clock; it hides the queue, so it never grows.
 */
export function replaySchedule(
  scheduledMs: readonly number[],
  { serviceMs, servers }: { serviceMs: number; servers: number },
): Replayed {
  const freeAt = new Array<number>(servers).fill(0);
  const replayed: Replayed = { fromScheduleMs: [], fromSendMs: [] };
  for (const moment of scheduledMs) {
    const next = freeAt.indexOf(Math.min(...freeAt));
    const starts = Math.max(moment, freeAt[next] ?? 0);
    freeAt[next] = starts + serviceMs;
    replayed.fromScheduleMs.push(starts + serviceMs - moment);
    replayed.fromSendMs.push(serviceMs);
  }
  return replayed;
}
