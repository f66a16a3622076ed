import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, inject } from "vitest";
import { type Db, openDatabase } from "#server/db.ts";
import type { Settings } from "#server/env.ts";
import type { Session } from "#server/identity/schema.ts";
import { ensureLocalOwner } from "#server/identity/store.ts";
import { newId } from "#server/new-id.ts";

export type TestDatabase = { db: Db; owner: Session; settings: Pick<Settings, "databaseUrl" | "provider"> };

/**
 * Runs the same sentences on SQLite and on PostgreSQL, each on a fresh database with a local owner.
 *
 * onBothDatabases("a project is kept", (database) => { test("…", async () => { const { db, owner } = database(); … }) })
 */
export function onBothDatabases(title: string, tests: (database: () => TestDatabase) => void): void {
  const providers = inject("postgresUrl") ? (["sqlite", "postgres"] as const) : (["sqlite"] as const);
  describe.each(providers)(`${title} (%s)`, (provider) => {
    let opened: TestDatabase & { close: () => Promise<void> };
    beforeAll(async () => {
      opened = provider === "sqlite" ? await openSqliteCopy() : await openPostgresCopy();
    });
    afterAll(async () => opened.close());
    tests(() => opened);
  });
}

async function openSqliteCopy() {
  const folder = mkdtempSync(join(tmpdir(), "pilotage-store-"));
  copyFileSync(inject("sqliteTemplate"), join(folder, "test.db"));
  const settings = { provider: "sqlite" as const, databaseUrl: `file:${join(folder, "test.db")}` };
  const db = openDatabase(settings);
  const close = async () => {
    await db.$disconnect();
    rmSync(folder, { recursive: true, force: true });
  };
  return { db, settings, owner: await ensureLocalOwner(db, new Date()), close };
}

async function openPostgresCopy() {
  const name = newId("prj").toLowerCase();
  const admin = new pg.Client({ connectionString: inject("postgresUrl") });
  await admin.connect();
  // Template copies collide when two files start at once; the lock makes them take turns.
  await admin.query("SELECT pg_advisory_lock(1)");
  await admin.query(`CREATE DATABASE "${name}" TEMPLATE pilotage_template`);
  await admin.query("SELECT pg_advisory_unlock(1)");
  await admin.end();
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  const settings = { provider: "postgres" as const, databaseUrl: url.href };
  const db = openDatabase(settings);
  return { db, settings, owner: await ensureLocalOwner(db, new Date()), close: () => db.$disconnect() };
}
