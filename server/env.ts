import * as z from "zod";
import { sayRoom } from "#server/messages/say.ts";
import { resolve } from "#server/untraced-files.ts";
import { PilotageError } from "./errors.ts";

const say = sayRoom("errors");

/** The checkout. Every door (npm, the supervisor, tests) starts there; a bundler knows no better `import.meta`. */
export const rootDir = process.cwd();

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  /** Unset = the embedded SQLite in PILOTAGE_DATA_DIR. */
  DATABASE_URL: z.string().optional(),
  PILOTAGE_DATA_DIR: z.string().default("data"),
  /** Real evaluation sets for measurements; optional. */
  PILOTAGE_EVAL_DATA: z.string().optional(),
});

export type Settings = {
  port: number;
  host: string;
  databaseUrl: string;
  provider: "sqlite" | "postgres";
  /** Absolute. Holds the database, hand-outs in use, run folders and backups. */
  dataDir: string;
  evalDataDir: string | null;
};

/** The only reader of the environment. @throws PilotageError SETTING_INVALID with the variable's name. */
export function readSettings(environment: Record<string, string | undefined> = process.env): Settings {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new PilotageError(
      "invalid",
      "SETTING_INVALID",
      say("SETTING_INVALID.said", { name: issue?.path.join(".") ?? "", reason: issue?.message ?? "" }),
      {
        exitCode: 78,
      },
    );
  }
  const env = parsed.data;
  const dataDir = resolve(env.PILOTAGE_DATA_DIR);
  return {
    port: env.PORT,
    host: env.HOST,
    ...database(env.DATABASE_URL, dataDir),
    dataDir,
    evalDataDir: env.PILOTAGE_EVAL_DATA ? resolve(env.PILOTAGE_EVAL_DATA) : null,
  };
}

function database(url: string | undefined, dataDir: string): Pick<Settings, "databaseUrl" | "provider"> {
  if (!url) return { databaseUrl: `file:${dataDir}/pilotage.db`, provider: "sqlite" };
  if (url.startsWith("file:")) return { databaseUrl: url, provider: "sqlite" };
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return { databaseUrl: url, provider: "postgres" };
  throw new PilotageError("invalid", "DATABASE_URL_INVALID", say("DATABASE_URL_INVALID.said"), {
    exitCode: 78,
  });
}
