import { createCaller } from "#server/api/root.ts";
import type { Db } from "#server/db.ts";
import type { Session } from "#server/identity/schema.ts";

/** A caller without HTTP: `const api = callAs(db, owner)`, then `await api.brief.createProject({ … })`. */
export function callAs(db: Db, session: Session | null, now: () => Date = () => new Date()) {
  return createCaller({ db, session, now });
}
