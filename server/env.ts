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
  /** Where benchmarks run: a process of this machine, or the Ray cluster below. */
  PILOTAGE_EXECUTOR: z.enum(["local", "ray"]).default("local"),
  PILOTAGE_RAY_ADDRESS: z.string().optional(),
  PILOTAGE_RAY_TOKEN: z.string().optional(),
  /** The version the cluster must have; the default is the one the tests run against. */
  PILOTAGE_RAY_VERSION: z.string().default("2.60.0"),
  /** `allow` = the token may cross a network without TLS. */
  PILOTAGE_RAY_PLAIN_HTTP: z.enum(["refuse", "allow"]).default("refuse"),
});

export type Settings = {
  port: number;
  host: string;
  databaseUrl: string;
  provider: "sqlite" | "postgres";
  /** Absolute. Holds the database, hand-outs in use, run folders and backups. */
  dataDir: string;
  evalDataDir: string | null;
  executor: "local" | "ray";
  /** Null unless benchmarks run on it. */
  ray: RaySettings | null;
};

/** A cluster as the operator names it; nothing of it comes from the web. */
export type RaySettings = {
  /** Without a slash at its end. */
  address: string;
  token: string;
  version: string;
};

/** The only reader of the environment. @throws PilotageError SETTING_INVALID with the variable's name. */
export function readSettings(environment: Record<string, string | undefined> = process.env): Settings {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw refuse(issue?.path.join(".") ?? "", issue?.message ?? "");
  }
  const env = parsed.data;
  const dataDir = resolve(env.PILOTAGE_DATA_DIR);
  return {
    port: env.PORT,
    host: env.HOST,
    ...database(env.DATABASE_URL, dataDir),
    dataDir,
    evalDataDir: env.PILOTAGE_EVAL_DATA ? resolve(env.PILOTAGE_EVAL_DATA) : null,
    executor: env.PILOTAGE_EXECUTOR,
    ray: env.PILOTAGE_EXECUTOR === "ray" ? rayCluster(env) : null,
  };
}

/** The token is worth the whole cluster: it crosses a network only inside TLS, or because the operator said so. */
function rayCluster(env: z.infer<typeof Environment>): RaySettings {
  const given = env.PILOTAGE_RAY_ADDRESS ?? "";
  const url = URL.canParse(given) ? new URL(given) : null;
  const isPlace = url !== null && url.search === "" && url.hash === "" && url.username === "";
  if (!isPlace || !/^https?:$/.test(url.protocol)) {
    throw refuse("PILOTAGE_RAY_ADDRESS", say("SETTING_INVALID.rayAddress"));
  }
  const isHere = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === "http:" && !isHere && env.PILOTAGE_RAY_PLAIN_HTTP !== "allow") {
    throw refuse("PILOTAGE_RAY_ADDRESS", say("SETTING_INVALID.rayPlain"));
  }
  const token = env.PILOTAGE_RAY_TOKEN ?? "";
  // What a header can carry; Ray itself makes tokens of 64 characters.
  if (!/^[\x21-\x7e]{16,512}$/.test(token)) {
    throw refuse("PILOTAGE_RAY_TOKEN", say("SETTING_INVALID.rayToken"));
  }
  return { address: url.href.replace(/\/+$/, ""), token, version: env.PILOTAGE_RAY_VERSION };
}

function refuse(name: string, reason: string): PilotageError {
  return new PilotageError("invalid", "SETTING_INVALID", say("SETTING_INVALID.said", { name, reason }), {
    exitCode: 78,
  });
}

function database(url: string | undefined, dataDir: string): Pick<Settings, "databaseUrl" | "provider"> {
  if (!url) return { databaseUrl: `file:${dataDir}/pilotage.db`, provider: "sqlite" };
  if (url.startsWith("file:")) return { databaseUrl: url, provider: "sqlite" };
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return { databaseUrl: url, provider: "postgres" };
  throw new PilotageError("invalid", "DATABASE_URL_INVALID", say("DATABASE_URL_INVALID.said"), {
    exitCode: 78,
  });
}
