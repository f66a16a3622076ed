import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { SqlDriverAdapter, SqlQuery, Transaction } from "@prisma/driver-adapter-utils";
import { sayRoom } from "#server/messages/say.ts";
import { PilotageError } from "./errors.ts";

const say = sayRoom("errors");

/**
 * The stock adapter, made safe to share. As it ships, one connection serves all, so that a query of request B runs
 * inside the open transaction of request A and vanishes with its roll-back; BEGIN is deferred, so that two processes
 * that read and then write fail in spite of busy_timeout; and an existing WAL file is reopened with synchronous
 * NORMAL, which may lose acknowledged writes with the power.
 */
export class HardenedSqlite extends PrismaBetterSqlite3 {
  override async connect(): Promise<SqlDriverAdapter> {
    const adapter = await super.connect();
    await hold(adapter, { journal_mode: "wal", synchronous: 2, foreign_keys: 1, busy_timeout: 5000 });
    return queueBehindTransactions(adapter);
  }
}

/** Sets each pragma and reads it back: SQLite answers an unknown or refused one with silence. */
async function hold(adapter: SqlDriverAdapter, pragmas: Record<string, string | number>): Promise<void> {
  for (const [name, wanted] of Object.entries(pragmas)) {
    const setting = await adapter.queryRaw(statement(`PRAGMA ${name} = ${wanted}`));
    const read = await adapter.queryRaw(statement(`PRAGMA ${name}`));
    const found = String((read.rows[0] ?? setting.rows[0])?.[0]);
    if (found !== String(wanted)) {
      throw new PilotageError(
        "unavailable",
        "STORE_UNSAFE",
        say("STORE_UNSAFE.said", { name, found: String(found), wanted: String(wanted) }),
        { exitCode: 78, hint: say("STORE_UNSAFE.hint") },
      );
    }
  }
}

function queueBehindTransactions(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const acquire = createLock();
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    const release = await acquire();
    try {
      return await work();
    } finally {
      release();
    }
  };
  const queryRaw = adapter.queryRaw.bind(adapter);
  const executeRaw = adapter.executeRaw.bind(adapter);
  const executeScript = adapter.executeScript.bind(adapter);
  const startTransaction = adapter.startTransaction.bind(adapter);

  adapter.queryRaw = (query) => alone(() => queryRaw(query));
  adapter.executeRaw = (query) => alone(() => executeRaw(query));
  adapter.executeScript = (script) => alone(() => executeScript(script));
  adapter.startTransaction = async (isolation) => {
    const release = await acquire();
    let transaction: Transaction | undefined;
    try {
      transaction = await startTransaction(isolation);
      // The deferred BEGIN has locked nothing yet. Taking the write lock now makes two processes wait in turn.
      await transaction.executeRaw(statement("ROLLBACK"));
      await transaction.executeRaw(statement("BEGIN IMMEDIATE"));
    } catch (error) {
      await transaction?.rollback();
      release();
      throw error;
    }
    return releaseAtEnd(transaction, release);
  };
  return adapter;
}

function releaseAtEnd(transaction: Transaction, release: () => void): Transaction {
  const commit = transaction.commit.bind(transaction);
  const rollback = transaction.rollback.bind(transaction);
  transaction.commit = () => commit().finally(release);
  transaction.rollback = () => rollback().finally(release);
  return transaction;
}

/** First come, first served. */
function createLock(): () => Promise<() => void> {
  let tail: Promise<void> = Promise.resolve();
  return () => {
    let release = () => {};
    const mine = new Promise<void>((resolve) => {
      release = resolve;
    });
    const turn = tail.then(() => release);
    tail = tail.then(() => mine);
    return turn;
  };
}

function statement(sql: string): SqlQuery {
  return { sql, args: [], argTypes: [] };
}
