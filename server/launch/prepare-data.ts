import { seedExample } from "#prisma/seed.ts";
import { exitCodeOf, sayError } from "#server/cli/say-error.ts";
import { openDatabase } from "#server/db.ts";
import { readSettings } from "#server/env.ts";
import { ensureLocalOwner } from "#server/identity/store.ts";
import { migrate } from "#server/migrate.ts";

try {
  const settings = readSettings();
  await migrate(settings, "prisma/migrations");
  const db = openDatabase(settings);
  const owner = await ensureLocalOwner(db, new Date());
  await seedExample(db, owner, new Date());
  await db.$disconnect();
} catch (error) {
  process.stderr.write(sayError(error, false));
  process.exitCode = exitCodeOf(error);
}
