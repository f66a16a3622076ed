import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { MemberId } from "#server/identity/schema.ts";
import { RagPilotConfig } from "#server/scaffold/rag-schema.ts";
import { readScaffold } from "#server/scaffold/store.ts";
import { makeJob } from "#server/testing/make-job.ts";
import { makeQuestion, makeReport } from "#server/testing/make-report.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import { readJob, readSeal } from "./job-store.ts";
import { claimNext } from "./lease-store.ts";
import { openReport } from "./open-report.ts";
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
  const runWith = async (
    write: (fitting: RagReport) => string,
    seal: (fitting: RagReport) => string | null = () => null,
  ) => {
    const { db, owner } = database();
    const { id, projectId, scaffoldId } = await makeJob(db, owner);
    const ws = owner.workspaceId;
    const scaffold = await readScaffold(db, ws, projectId, scaffoldId);
    const report = makeReport({ config: RagPilotConfig.parse(scaffold.config) });
    await db.job.update({ where: { id }, data: { seal: seal(report) } });
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

  test("stores what followed the plan that was sealed before, and tells which it was", async () => {
    const { end, db, ws, job, runId } = await runWith((report) => JSON.stringify(report), sealOf);
    expect(end).toBe("succeeded");
    expect(job.seal).toMatch(/^[0-9a-f]{64}$/);
    expect(await readSeal(db, ws, job.id)).toBe(job.seal);
    expect(await db.benchmarkRun.count({ where: { runId } })).toBe(1);
    await db.benchmarkRun.deleteMany();
  });

  test.each<[string, (report: RagReport) => RagReport]>([
    [
      "asked for more requests than were sealed",
      ({ config }) => {
        return makeReport({ config: { ...config, workload: { ...config.workload, requestsPerRun: 7 } } });
      },
    ],
    [
      "asked fewer questions",
      ({ config }) =>
        makeReport({
          config,
          questions: Array.from({ length: 40 }, (_, at) => makeQuestion({ id: `q${at}` })),
        }),
    ],
  ])("refuses a report that %s, however it came out", async (_title, change) => {
    const { end, db, job } = await runWith((report) => JSON.stringify(change(report)), sealOf);
    expect(end).toBe("failed");
    expect(job.error).toMatchObject({
      code: "REPORT_REFUSED",
      message: expect.stringContaining("another plan than the one that was sealed"),
    });
    expect(await db.benchmarkRun.count()).toBe(0);
  });
});

const sealOf = (report: RagReport) => openReport(report).seal();
