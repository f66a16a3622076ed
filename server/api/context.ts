import { type Db, db } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import { findOriginProblem } from "#server/identity/check-origin.ts";
import type { Session } from "#server/identity/schema.ts";
import { readLocalOwner } from "#server/identity/store.ts";

export type Context = { db: Db; session: Session | null; now: () => Date };

/**
 * Proves who is asking. Called by every door of the web (procedures, route handlers, pages), never by a proxy alone:
 * a proxy has been walked around before.
 *
 * @throws PilotageError HOST_REJECTED, ORIGIN_REJECTED
 */
export async function createContext(method: string, headers: Headers): Promise<Context> {
  const problem = findOriginProblem({
    method,
    host: headers.get("host"),
    origin: headers.get("origin"),
    secFetchSite: headers.get("sec-fetch-site"),
  });
  if (problem) throw new PilotageError("forbidden", problem.code, problem.message);
  const database = db();
  return { db: database, session: await readLocalOwner(database), now: () => new Date() };
}
