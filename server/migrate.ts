import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import pg from "pg";
import { sayRoom } from "#server/messages/say.ts";
import type { Settings } from "./env.ts";
import { PilotageError } from "./errors.ts";

const say = sayRoom("errors");

type Migration = { name: string; sql: string; checksum: string };
type Applied = { migration_name: string; checksum: string };

/**
 * Brings the database to the program's version and keeps `_prisma_migrations` as Prisma's own engine does, so that
 * `prisma migrate deploy` can take over. One transaction a migration; a SQLite file is copied first.
 *
 * @returns the names applied now
 * @throws PilotageError SCHEMA_NEWER (78), MIGRATION_CHANGED (78), DATA_DIR_READONLY (77), DATABASE_DAMAGED (65)
 */
export async function migrate(
  settings: Pick<Settings, "databaseUrl" | "provider">,
  folder: string,
): Promise<string[]> {
  const known = readMigrations(join(folder, settings.provider));
  return settings.provider === "sqlite"
    ? migrateSqlite(settings.databaseUrl.replace(/^file:/, ""), known)
    : migratePostgres(settings.databaseUrl, known);
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/** @throws PilotageError when the database knows more, or other, migrations than this program */
export function pendingMigrations(known: Migration[], applied: Applied[]): Migration[] {
  for (const row of applied) {
    const mine = known.find((migration) => migration.name === row.migration_name);
    if (!mine) {
      throw new PilotageError(
        "invalid",
        "SCHEMA_NEWER",
        say("SCHEMA_NEWER.said", { name: row.migration_name, newest: String(known.at(-1)?.name) }),
        { exitCode: 78, hint: say("SCHEMA_NEWER.hint") },
      );
    }
    if (mine.checksum !== row.checksum) {
      throw new PilotageError(
        "invalid",
        "MIGRATION_CHANGED",
        say("MIGRATION_CHANGED.said", { name: mine.name }),
        {
          exitCode: 78,
        },
      );
    }
  }
  return known.filter((migration) => !applied.some((row) => row.migration_name === migration.name));
}

const migrationsTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMP,
  "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMP,
  "started_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;
const appliedQuery = `SELECT migration_name, checksum FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`;

async function migrateSqlite(path: string, known: Migration[]): Promise<string[]> {
  const existed = existsSync(path);
  const database = openSqlite(path);
  try {
    database.pragma("journal_mode = WAL");
    database.pragma("busy_timeout = 10000");
    database.exec(migrationsTable);
    const pending = pendingMigrations(known, database.prepare(appliedQuery).all() as Applied[]);
    if (pending.length === 0) return [];
    if (existed) await database.backup(`${path}.before-${pending[0]?.name}`);
    // Redefining a table with foreign keys on would cascade and delete the children.
    database.pragma("foreign_keys = OFF");
    for (const migration of pending) applyToSqlite(database, migration);
    return pending.map((migration) => migration.name);
  } catch (error) {
    throw explainSqlite(error, path);
  } finally {
    database.close();
  }
}

function openSqlite(path: string): Database.Database {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return new Database(path);
  } catch (error) {
    throw explainSqlite(error, path);
  }
}

function applyToSqlite(database: Database.Database, migration: Migration): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    // Another process may have been first while we waited for the lock.
    const applied = database.prepare(appliedQuery).all() as Applied[];
    if (!applied.some((row) => row.migration_name === migration.name)) {
      database.exec(migration.sql);
      const broken = database.pragma("foreign_key_check") as unknown[];
      if (broken.length > 0) throw new Error(`${migration.name} leaves ${broken.length} broken references`);
      database
        .prepare(
          `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
           VALUES (?, ?, ?, ?, ?, 1)`,
        )
        .run(randomUUID(), migration.checksum, migration.name, Date.now(), Date.now());
    }
    database.exec("COMMIT");
  } catch (error) {
    if (database.inTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

async function migratePostgres(url: string, known: Migration[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
  } catch {
    throw new PilotageError(
      "unavailable",
      "STORE_UNAVAILABLE",
      say("STORE_UNAVAILABLE.postgres", { address: withoutPassword(url) }),
      {
        exitCode: 69,
      },
    );
  }
  try {
    // Two starting processes: the second waits here, then finds nothing to do. The number is only ours.
    await client.query("SELECT pg_advisory_lock(4711202601)");
    await client.query(migrationsTable);
    const applied = await client.query<Applied>(appliedQuery);
    const pending = pendingMigrations(known, applied.rows);
    for (const migration of pending) {
      await client.query("BEGIN");
      await client.query(migration.sql);
      await client.query(
        `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
         VALUES ($1, $2, $3, now(), now(), 1)`,
        [randomUUID(), migration.checksum, migration.name],
      );
      await client.query("COMMIT");
    }
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

function withoutPassword(url: string): string {
  const parsed = new URL(url);
  return `${parsed.host}${parsed.pathname}`;
}

function explainSqlite(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (/SQLITE_CANTOPEN|SQLITE_READONLY|EACCES|EROFS|EPERM/.test(code)) {
    return new PilotageError(
      "unavailable",
      "DATA_DIR_READONLY",
      say("DATA_DIR_READONLY.said", { folder: dirname(path) }),
      {
        exitCode: 77,
        hint: say("DATA_DIR_READONLY.hint"),
      },
    );
  }
  if (/SQLITE_NOTADB|SQLITE_CORRUPT/.test(code)) {
    return new PilotageError("invalid", "DATABASE_DAMAGED", say("DATABASE_DAMAGED.said", { path }), {
      exitCode: 65,
      hint: say("DATABASE_DAMAGED.hint", { path }),
    });
  }
  return error;
}
