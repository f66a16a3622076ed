import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { honest, makeTinyPilot } from "#server/testing/make-tiny-pilot.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import { installRay, startRay, type TestRay } from "#server/testing/start-ray.ts";
import { isTerminal } from "./advance-job.ts";
import type { Executor } from "./executor.ts";
import { readEventsAfter, readJob, requestCancel } from "./job-store.ts";
import { makeRayExecutor, submissionIdOf } from "./ray-executor.ts";
import { runQueue } from "./run-queue.ts";
import { openRayCluster } from "./run-ray-job.ts";
import { readRun } from "./store.ts";

const missing = installRay();
if (missing !== null)
  process.stderr.write(`NOT RUN on a Ray cluster: Ray cannot be installed here (${missing}).\n`);

const dataDir = mkdtempSync(join(tmpdir(), "pilotage-ray-"));
let ray: TestRay;
let executor: Executor;
beforeAll(async () => {
  if (missing !== null) return;
  ray = await startRay();
  executor = makeRayExecutor({
    dataDir,
    evalDataDir: null,
    settings: ray,
    times: { lookMs: 400, roomMs: 120_000, pilotMs: 120_000, answerMs: 30_000 },
  });
}, 500_000);
afterAll(async () => {
  await ray?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

type Status = { status: string; submission_id: string; entrypoint: string; driver_node_id?: string };

onBothDatabases("on a real Ray cluster of two nodes that asks for a token", (database) => {
  const queues: AbortController[] = [];
  const running: Promise<void>[] = [];
  afterEach(async () => {
    for (const queue of queues.splice(0)) queue.abort();
    await Promise.all(running.splice(0));
  });
  const serve = (with_ = executor) => {
    const shutdown = new AbortController();
    queues.push(shutdown);
    const times = { leaseMs: 20_000, beatMs: 1_000, sweepMs: 1_000, lookMs: 100, outageMs: 500 };
    const { db } = database();
    const worker = { pid: process.pid, identity: "test" };
    const tools = { db, dataDir, executor: with_, worker, now: () => new Date(), times };
    running.push(runQueue({ ...tools, shutdown: shutdown.signal, say: () => undefined }));
    return shutdown;
  };
  const begin = async (body = honest, change = {}) => {
    const { db, owner } = database();
    const pilot = await makeTinyPilot({ db, owner, dataDir }, body, change);
    const { id } = await pilot.enqueue();
    const read = () => readJob(db, owner.workspaceId, id);
    const until = async (isSo: (job: Awaited<ReturnType<typeof read>>) => boolean) => {
      for (const giveUpAt = Date.now() + 180_000; Date.now() < giveUpAt; await wait(300)) {
        const job = await read();
        if (isSo(job)) return job;
        if (isTerminal(job.state)) throw new Error(`ended too early: ${JSON.stringify(job)}`);
      }
      throw new Error(`still waiting: ${JSON.stringify(await read())}`);
    };
    const ended = () => until((job) => isTerminal(job.state));
    return { ...pilot, id, read, until, ended, db, ws: owner.workspaceId };
  };

  test.skipIf(missing !== null)(
    "a hand-out runs there, its report is stored and says where it was made",
    async () => {
      const { id, ended, db, ws, projectId } = await begin(
        `${honest}\n    print("the token is", os.environ.get("RAY_AUTH_TOKEN"), "RAY_AUTH_MODE" in os.environ)`,
      );
      serve();
      const job = await ended();
      expect(job).toMatchObject({ state: "succeeded", attempt: 1, executor: "ray", error: null });
      const { run } = await readRun(db, ws, projectId, job.runId ?? "");
      expect(run).toMatchObject({ source: "ray", isolation: job.isolation, modified: false });
      expect(job.isolation).toMatchObject({ limits: true });
      const row = await db.job.findUniqueOrThrow({ where: { id } });
      expect(row.externalId).toBe(submissionIdOf(id, 1));
      const there = (await ray.ask(`/api/jobs/${row.externalId}`)) as Status;
      expect(there).toMatchObject({ status: "SUCCEEDED", entrypoint: "python pilotage/run-on-ray.py" });
      const events = (await readEventsAfter(db, ws, id, 0)).map(({ body }) => body);
      const phases = events.flatMap((body) => (body.kind === "phase" ? [body.phase] : []));
      expect(phases).toEqual(["unpack", "cluster", "environment", "warmup", "load", "verdict"]);
      expect(events).toContainEqual({ kind: "log", line: "the token is None False" });
    },
  );

  test.skipIf(missing !== null)("a cancelled job is stopped on the cluster too", async () => {
    const { id, until, ended, db, ws } = await begin(
      'say({"phase": "load", "done": 1, "total": 9})\n    time.sleep(600)',
    );
    serve();
    await until((job) => job.phase === "load");
    await requestCancel(db, ws, id, new Date());
    expect(await ended()).toMatchObject({ state: "cancelled", runId: null });
    expect(await ray.ask(`/api/jobs/${submissionIdOf(id, 1)}`)).toMatchObject({ status: "STOPPED" });
  });

  test.skipIf(missing !== null)(
    "a job given back is another submission, and the first one is not left running",
    async () => {
      const { id, until, ended } = await begin(
        'if order_attempt() == 1:\n        say({"phase": "load", "done": 1, "total": 9})\n        time.sleep(600)\n    write()'.replaceAll(
          "order_attempt()",
          'int(os.environ["PILOTAGE_RUN"].split("/")[1])',
        ),
      );
      const first = serve();
      await until((job) => job.phase === "load");
      first.abort();
      await until((job) => job.state === "queued");
      serve();
      expect(await ended()).toMatchObject({ state: "succeeded", attempt: 2 });
      expect(await ray.ask(`/api/jobs/${submissionIdOf(id, 1)}`)).toMatchObject({ status: "STOPPED" });
      expect(await ray.ask(`/api/jobs/${submissionIdOf(id, 2)}`)).toMatchObject({ status: "SUCCEEDED" });
    },
  );

  test.skipIf(missing !== null)("a pilot that fails there says so in its own words", async () => {
    const { ended } = await begin('print("the corpus is empty")\n    sys.exit(65)');
    serve();
    const job = await ended();
    expect(job).toMatchObject({ state: "failed", error: { code: "PILOT_FAILED" } });
    expect(job.error?.message).toContain("65");
    expect(job.error?.lastLines).toContain("the corpus is empty");
  });

  test.skipIf(missing !== null)("a job stopped by somebody on the cluster fails and says so", async () => {
    const { id, until, ended } = await begin(
      'say({"phase": "load", "done": 1, "total": 9})\n    time.sleep(600)',
    );
    serve();
    await until((job) => job.phase === "load");
    await openRayCluster(ray).stop(submissionIdOf(id, 1));
    expect(await ended()).toMatchObject({ state: "failed", error: { code: "RAY_FAILED" } });
  });

  test.skipIf(missing !== null)(
    "a job that needs a GPU where there is none is told so, and does not wait for ever",
    async () => {
      const impatient = makeRayExecutor({
        dataDir,
        evalDataDir: null,
        settings: ray,
        times: { lookMs: 400, roomMs: 4_000, answerMs: 30_000 },
      });
      const { ended } = await begin(honest, { config: { device: "cuda" } });
      serve(impatient);
      expect(await ended()).toMatchObject({ state: "failed", error: { code: "RAY_NO_ROOM" } });
    },
  );

  test.skipIf(missing !== null)(
    "a wrong token and a wrong version are told before anything is sent",
    async () => {
      const settings = { address: ray.address, token: "x".repeat(32), version: ray.version };
      await expect(openRayCluster(settings).check()).rejects.toMatchObject({ code: "RAY_TOKEN_REFUSED" });
      const other = openRayCluster({ ...settings, token: ray.token, version: "2.52.0" });
      await expect(other.check()).rejects.toMatchObject({ code: "RAY_VERSION" });
    },
  );
});
