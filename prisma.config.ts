import { defineConfig } from "prisma/config";

// `validate`, `format` and `generate` need no engine, but the command insists on downloading one unless a path is
// named that exists. It points at this file and not at a stub: a migrate command then fails instead of reporting
// success without having done anything. Migrations are applied by server/migrate.ts.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= import.meta.filename;

export default defineConfig({ schema: process.env.PILOTAGE_PRISMA_SCHEMA ?? "prisma/schema.prisma" });
