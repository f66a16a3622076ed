/**
 * The worker with short times, for tests that kill and stop it: the same queue, stores and local executor, told on
 * stdin when to begin and saying on stdout how far it is. Isolation is not tried out, so that a start costs less.
 */
import { once } from "node:events";
import { writeSync } from "node:fs";
import { makeLocalExecutor } from "#server/benchmark/local-executor.ts";
import { identifyProcess } from "#server/benchmark/read-process.ts";
import { recoverRuns, runQueue } from "#server/benchmark/run-queue.ts";
import { openDatabase } from "#server/db.ts";
import { readSettings } from "#server/env.ts";

const settings = readSettings();
const { dataDir } = settings;
const db = openDatabase(settings);
// In one write each, so that a line is whole or absent when the process is killed.
const say = (line: Record<string, unknown>) => void writeSync(1, `${JSON.stringify(line)}\n`);

const local = makeLocalExecutor({
  dataDir,
  toolsDir: dataDir,
  evalDataDir: null,
  isolation: { level: 0, network: "open", limits: true },
});
const tools = {
  db,
  dataDir,
  executor: {
    ...local,
    run: async (order: Parameters<typeof local.run>[0]) => {
      say({ started: order.jobId, attempt: order.attempt });
      const end = await local.run(order);
      say({ computed: order.jobId, attempt: order.attempt });
      return end;
    },
  },
  worker: { pid: process.pid, identity: (await identifyProcess(process.pid)) ?? "unknown" },
  now: () => new Date(),
  times: { leaseMs: 600, beatMs: 500, sweepMs: 150, lookMs: 20, outageMs: 50 },
  shutdown: new AbortController().signal,
  say,
};
await db.job.count();
say({ ready: process.pid });
await once(process.stdin, "data");
await recoverRuns(tools, [local]);
await runQueue(tools);
