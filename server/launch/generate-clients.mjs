// Generates the two database clients from one schema. Offline; skips what is up to date.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** @returns {boolean} whether anything was generated */
export function generateClients() {
  const source = readFileSync(`${root}prisma/schema.prisma`, "utf8");
  const lock = readFileSync(`${root}package-lock.json`, "utf8").match(
    /"node_modules\/prisma": \{\s*"version": "([^"]+)"/,
  )?.[1];
  const wanted = createHash("sha256").update(`${lock}\n${source}`).digest("hex");
  const stamp = `${root}prisma/generated/.generated-from`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return false;

  rmSync(`${root}prisma/generated`, { recursive: true, force: true });
  mkdirSync(`${root}prisma/generated`, { recursive: true });
  writeFileSync(`${root}prisma/generated/postgres.prisma`, twinForPostgres(source));
  generate("prisma/schema.prisma");
  generate("prisma/generated/postgres.prisma");
  writeFileSync(stamp, wanted);
  return true;
}

/** @param {string} source */
export function twinForPostgres(source) {
  return source
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('output          = "./generated/sqlite"', 'output          = "./postgres"');
}

/** @param {string} schema */
function generate(schema) {
  execFileSync(
    process.execPath,
    ["node_modules/prisma/build/index.js", "generate", "--schema", schema, "--no-hints"],
    {
      cwd: root,
      env: {
        ...process.env,
        PILOTAGE_PRISMA_SCHEMA: schema,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
      stdio: "pipe",
    },
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generateClients();
