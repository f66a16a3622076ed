import { type Db, openDatabase } from "#server/db.ts";
import { readSettings } from "#server/env.ts";
import type { Session } from "#server/identity/schema.ts";
import { ensureLocalOwner } from "#server/identity/store.ts";
import { migrate } from "#server/migrate.ts";

/**
 * Runs `work` as the local owner on the same database as the web, made ready first: the terminal may be the first
 * door somebody uses.
 * @throws PilotageError as `migrate`
 */
export async function inWorkspace<T>(work: (db: Db, owner: Session) => Promise<T>): Promise<T> {
  const settings = readSettings();
  await migrate(settings, "prisma/migrations");
  const db = openDatabase(settings);
  try {
    const owner = await ensureLocalOwner(db, new Date());
    return await work(db, owner);
  } finally {
    await db.$disconnect();
  }
}
