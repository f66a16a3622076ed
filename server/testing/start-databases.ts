import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startPostgres } from "#server/launch/start-postgres.mjs";
import { migrate } from "#server/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    sqliteTemplate: string;
    /** Empty where PostgreSQL is not installed; the run then says so. */
    postgresUrl: string;
  }
}

/** Migrated once; each test file gets a copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "pilotage-test-"));
  const sqliteTemplate = join(folder, "template.db");
  await migrate({ provider: "sqlite", databaseUrl: `file:${sqliteTemplate}` }, "prisma/migrations");
  project.provide("sqliteTemplate", sqliteTemplate);

  const postgres = await startPostgres();
  if (postgres) await migratePostgresTemplate(postgres.url);
  else process.stderr.write("NOT RUN on PostgreSQL: no server is installed here.\n");
  project.provide("postgresUrl", postgres?.url ?? "");

  return async () => {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function migratePostgresTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("CREATE DATABASE pilotage_template");
  await client.end();
  const template = new URL(url);
  template.pathname = "/pilotage_template";
  await migrate({ provider: "postgres", databaseUrl: template.href }, "prisma/migrations");
}
