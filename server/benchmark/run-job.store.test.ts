import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { MemberId } from "#server/identity/schema.ts";
import { RagPilotConfig } from "#server/scaffold/rag-schema.ts";
import { readScaffold } from "#server/scaffold/store.ts";
import { makeJob } from "#server/testing/make-job.ts";
import { makeReport } from "#server/testing/make-report.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import { readJob } from "./job-store.ts";
import { claimNext } from "./lease-store.ts";
import type { RagReport } from "./rag-schema.ts";
import { runJob } from "./run-job.ts";
import { readRun, storeReport } from "./store.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "pilotage-run-job-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

onBothDatabases("a job with an executor that answers at once", (database) => {
  /** Runs a fresh job with what `write` makes of a report that fits the hand-out. */
  const runWith = async (write: (fitting: RagReport) => string) => {
    const { db, owner } = database();
    const { id, projectId, scaffoldId } = await makeJob(db, owner);
    const ws = owner.workspaceId;
    const scaffold = await readScaffold(db, ws, projectId, scaffoldId);
    const report = makeReport({ config: RagPilotConfig.parse(scaffold.config) });
    const job = await claimNext(db, new Date());
    if (!job) throw new Error("nothing to claim");
    const end = await runJob(
      {
        db,
        dataDir,
        executor: {
          name: "local",
          run: async () => ({ outcome: "reported", reportText: write(report) }),
          abandon: async () => undefined,
        },
        worker: { pid: process.pid, identity: "test" },
        now: () => new Date(),
        readScaffold: async () => scaffold,
        keepReport: (tx, { lease }, kept, isolation) =>
          storeReport(tx, ws, {
            projectId,
            jobId: lease.jobId,
            scaffoldId,
            source: "local",
            isolation,
            modified: false,
            report: kept,
            createdBy: owner.memberId as MemberId,
            at: new Date(),
          }),
        shutdown: new AbortController().signal,
        report: (thrown) => {
          throw thrown;
        },
      },
      job,
    );
    return { end, db, ws, projectId, job: await readJob(db, ws, id), runId: report.runId };
  };

  test.each([null, true])(
    "stores that the pilot is the one handed out, whatever it says itself: %s",
    async (said) => {
      const { end, db, ws, projectId, runId } = await runWith((report) =>
        JSON.stringify({ ...report, modified: said }),
      );
      expect(end).toBe("succeeded");
      expect(await readRun(db, ws, projectId, runId)).toMatchObject({
        report: { modified: false },
        run: { modified: false },
      });
      await db.benchmarkRun.deleteMany();
    },
  );

  test.each<[string, (report: RagReport) => RagReport]>([
    [
      "is about another configuration",
      ({ config }) => makeReport({ config: { ...config, retrieval: { ...config.retrieval, k: 9 } } }),
    ],
    [
      "has a figure that its records do not give",
      (report) => ({ ...report, metrics: report.metrics.map((one) => ({ ...one, value: 0.5 })) }),
    ],
  ])("fails where the report %s, and stores nothing", async (_title, change) => {
    const { end, db, job } = await runWith((report) => JSON.stringify(change(report)));
    expect(end).toBe("failed");
    expect(job).toMatchObject({ state: "failed", error: { code: "REPORT_REFUSED" } });
    expect(await db.benchmarkRun.count()).toBe(0);
  });
});
