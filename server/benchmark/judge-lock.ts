import type { Found } from "#server/benchmark/measured-answers.data.ts";
import type { Fingerprint } from "#server/benchmark/report-schema.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("benchmark");

/** Only a free-threaded build can have its lock turned back on; on the others it was never off. */
export function judgeLock({ gilEnabled, python }: Pick<Fingerprint, "gilEnabled" | "python">): Found | null {
  if (gilEnabled === null || !/free-thread|\dt\b/i.test(python)) return null;
  return { value: gilEnabled, because: say("because.globalLock", { python }) };
}
