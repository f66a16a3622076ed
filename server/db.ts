import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient as PostgresClient } from "#prisma/generated/postgres/client.ts";
import { PrismaClient as SqliteClient } from "#prisma/generated/sqlite/client.ts";
import { sayRoom } from "#server/messages/say.ts";
import { HardenedSqlite } from "./db-sqlite.ts";
import { readSettings, type Settings } from "./env.ts";
import { PilotageError } from "./errors.ts";

const say = sayRoom("errors");

/** One type for both databases: the schemas are the same but for the provider. */
export type Db = SqliteClient;
/** What a function gets inside `db.$transaction`; never use the outer client there. */
export type Tx = Parameters<Parameters<Db["$transaction"]>[0]>[0];

/** Waiting for a write of another process is normal on SQLite; five seconds is not. */
const transactionOptions = { maxWait: 5_000, timeout: 10_000 };

export function openDatabase(settings: Pick<Settings, "databaseUrl" | "provider">): Db {
  if (settings.provider === "postgres") {
    const adapter = new PrismaPg({ connectionString: settings.databaseUrl, max: 10 });
    return new PostgresClient({ adapter, transactionOptions }) as unknown as Db;
  }
  return new SqliteClient({ adapter: new HardenedSqlite({ url: settings.databaseUrl }), transactionOptions });
}

const holder = globalThis as { pilotageDb?: Db };

/** The web process's one client; survives hot reload in development. */
export function db(): Db {
  holder.pilotageDb ??= openDatabase(readSettings());
  return holder.pilotageDb;
}

/**
 * Several stores' writes as one: what they would put into a transaction of their own joins the one that is open.
 *
 * db.$transaction(async (tx) => { const one = joinTransaction(tx); await createProject(one, …); await addPerson(one, …) })
 */
export function joinTransaction(tx: Tx): Db {
  const join = (work: (tx: Tx) => Promise<unknown>) => work(tx);
  return new Proxy(tx as Db, {
    get: (target, key) => (key === "$transaction" ? join : Reflect.get(target, key)),
  });
}

/** A unique constraint was hit. Both adapters say it in other words; this is the only place that knows them. */
export function isUniqueViolation(error: unknown): boolean {
  return errorCode(error) === "P2002";
}

/** Turns a full disk or an unreachable database into an expected error; anything else passes unchanged. */
export function explainStoreError(error: unknown): unknown {
  const text = error instanceof Error ? `${errorCode(error)} ${error.message}` : "";
  if (/SQLITE_FULL|disk is full|disk full|ENOSPC|53100/i.test(text)) {
    return new PilotageError("unavailable", "STORAGE_FULL", say("STORAGE_FULL.said"), {
      hint: say("STORAGE_FULL.saidHint"),
    });
  }
  if (/P1001|P1002|P1008|P1017|ECONNREFUSED|SQLITE_BUSY|Can't reach database/.test(text)) {
    return new PilotageError("unavailable", "STORE_UNAVAILABLE", say("STORE_UNAVAILABLE.said"), {
      hint: say("STORE_UNAVAILABLE.hint"),
    });
  }
  return error;
}

function errorCode(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
