import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, describe, expect, test } from "vitest";
import { twinForPostgres } from "./launch/generate-clients.mjs";
import { migrate } from "./migrate.ts";
import { onBothDatabases } from "./testing/open-test-database.ts";

const folder = mkdtempSync(join(tmpdir(), "pilotage-migrate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const last = "20261121120000_staffing_and_sealed_jobs";
const migrateFile = (path: string) =>
  migrate({ provider: "sqlite", databaseUrl: `file:${path}` }, "prisma/migrations");

describe("the database is brought to the program's version", () => {
  test("a fresh file gets every migration, a second start none", async () => {
    const path = join(folder, "fresh.db");
    expect(await migrateFile(path)).toContain(last);
    expect(await migrateFile(path)).toEqual([]);
  });

  test("a newer database is refused and left alone", async () => {
    const path = join(folder, "newer.db");
    await migrateFile(path);
    const database = new Database(path);
    database.exec(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name) VALUES ('x', 'x', '20990101000000_from_the_future')`,
    );
    database.close();
    await expect(migrateFile(path)).rejects.toThrow("20990101000000_from_the_future");
  });

  test("a file that is no database is refused and left as it is", async () => {
    const path = join(folder, "damaged.db");
    writeFileSync(path, "this is not a database, it is a letter to one".repeat(40));
    const before = readFileSync(path);
    await expect(migrateFile(path)).rejects.toMatchObject({ code: "DATABASE_DAMAGED" });
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

test("the newest migration was written for the schema as it stands", () => {
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  expect(readFileSync(`prisma/migrations/sqlite/${last}/schema.prisma`, "utf8")).toBe(schema);
  expect(readFileSync(`prisma/migrations/postgres/${last}/schema.prisma`, "utf8")).toBe(
    twinForPostgres(schema),
  );
});

onBothDatabases("the migrated tables are those of the schema", (database) => {
  test("every model can be read with all its columns", async () => {
    const { db } = database();
    const models = [...readFileSync("prisma/schema.prisma", "utf8").matchAll(/^model (\w+)/gm)].map(
      (match) => match[1] ?? "",
    );
    expect(models.length).toBeGreaterThan(10);
    for (const model of models) {
      const delegate = (db as unknown as Record<string, { findMany: () => Promise<unknown[]> }>)[
        model.charAt(0).toLowerCase() + model.slice(1)
      ];
      await expect(delegate?.findMany(), model).resolves.toBeInstanceOf(Array);
    }
  });
});
