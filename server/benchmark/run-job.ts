import type { Db, Tx } from "#server/db.ts";
import { sayRoom } from "#server/messages/say.ts";
import { openConfig } from "#server/scaffold/open-config.ts";
import type { ManifestEntry, PilotConfig } from "#server/scaffold/schema.ts";
import { acceptReport } from "./accept-report.ts";
import { beatMs, leaseMs } from "./advance-job.ts";
import type { Executor } from "./executor.ts";
import { explainThrown } from "./explain-thrown.ts";
import type { Isolation, JobError, JobEventBody } from "./job-schema.ts";
import {
  appendEvents,
  beat,
  type ClaimedJob,
  failJob,
  recordExternalId,
  recordIsolation,
  releaseJob,
  stopJob,
  succeedJob,
} from "./lease-store.ts";
import { isSameSpec } from "./match-spec.ts";
import { openReport } from "./open-report.ts";
import { identifyProcess } from "./read-process.ts";
import { makeRunFolder, removeRunFolder, writeRunState } from "./run-folder.ts";
import type { Report } from "./schema.ts";
import { varyConfig } from "./vary-config.ts";

const say = sayRoom("errors");

/** Often enough to look live, seldom enough to cost nothing. */
const tellEveryMs = 300;

export type RunJobTools = {
  db: Db;
  dataDir: string;
  executor: Executor;
  worker: { pid: number; identity: string };
  times?: { leaseMs: number; beatMs: number };
  now: () => Date;
  readScaffold: (job: ClaimedJob) => Promise<HandedOut>;
  keepReport: (tx: Tx, job: ClaimedJob, report: Report, isolation: Isolation | null) => Promise<unknown>;
  /** Aborted when the worker is asked to end: the job goes back to the queue. */
  shutdown: AbortSignal;
  /** Where an unexpected error is written down for the operator. */
  report: (thrown: unknown) => void;
};
export type HandedOut = { archiveSha256: string; manifest: ManifestEntry[]; config: PilotConfig };

export type JobEnd = "succeeded" | "failed" | "cancelled" | "released" | "lost";

/** Runs one claimed job to its end and writes what became of it. Beats from a timer, apart from the work. */
export async function runJob(tools: RunJobTools, job: ClaimedJob): Promise<JobEnd> {
  const { db, now } = tools;
  const { lease } = job;
  const times = tools.times ?? { leaseMs, beatMs };
  const halt = new AbortController();
  let why: "cancelled" | "released" | "lost" | null = null;
  const stop = (reason: "cancelled" | "released" | "lost") => {
    why ??= reason;
    halt.abort();
  };
  const onShutdown = () => stop("released");
  tools.shutdown.addEventListener("abort", onShutdown, { once: true });
  if (tools.shutdown.aborted) onShutdown();

  const teller = makeTeller(
    (bodies, offset) => appendEvents(db, lease, bodies, now(), offset),
    () => stop("lost"),
  );
  // A cancel should be felt within two seconds; the lease itself would do with a beat in ten.
  const beating = repeat(times.beatMs / 5, async () => {
    const state = await beat(db, lease, now(), times.leaseMs);
    if (state === "lost") stop("lost");
    if (state === "cancel") stop("cancelled");
  });

  let isolation: Isolation | null = null;
  let folder: string | null = null;
  try {
    const made = await makeRunFolder(tools.dataDir, lease.jobId, lease.attempt);
    folder = made;
    const state = { lease, worker: tools.worker, pilot: null };
    await writeRunState(made, state);
    const scaffold = await tools.readScaffold(job);
    const end = await tools.executor.run({
      jobId: lease.jobId,
      attempt: lease.attempt,
      spec: job.spec,
      archiveSha256: scaffold.archiveSha256,
      manifest: scaffold.manifest,
      wantsGpu: openConfig(scaffold.config).wantsGpu,
      folder: made,
      signal: halt.signal,
      onEvent: teller.tell,
      onIsolation: async (got) => {
        isolation = got;
        await recordIsolation(db, lease, got);
      },
      onExternalId: async (id) => {
        await recordExternalId(db, lease, id);
      },
      onStart: async (pid) => {
        const identity = await identifyProcess(pid);
        if (identity !== null) await writeRunState(made, { ...state, pilot: { pid, identity } });
      },
    });
    if (why === null && end.outcome === "reported") {
      teller.tell({ kind: "phase", phase: "verdict" });
      const accepted = readReportOf(scaffold, job, end.reportText, now());
      await teller.flush();
      if ("error" in accepted) return await endFailed(accepted.error);
      const { report } = accepted;
      const kept = await succeedJob(db, lease, report.runId, now(), (tx) =>
        tools.keepReport(tx, job, report, isolation),
      );
      if (kept) return "succeeded";
      return (await stopJob(db, lease, now())) ? "cancelled" : "lost";
    }
    await teller.flush();
    if (why === "released") return (await releaseJob(db, lease, now())) ? "released" : "lost";
    if (why === "lost") return "lost";
    if (why === "cancelled" || end.outcome === "stopped") {
      return (await stopJob(db, lease, now())) ? "cancelled" : "lost";
    }
    return end.outcome === "failed" ? await endFailed(end.error) : "lost";
  } catch (thrown) {
    tools.report(thrown);
    await teller.flush();
    return await endFailed(explainThrown(thrown));
  } finally {
    beating.end();
    tools.shutdown.removeEventListener("abort", onShutdown);
    if (folder !== null) await removeRunFolder(folder);
  }

  async function endFailed(error: JobError): Promise<JobEnd> {
    return (await failJob(db, lease, error, now())) ? "failed" : "lost";
  }
}

/** What the pilot wrote is a claim: shape, seal, project and arithmetic are checked before anything is stored. */
function readReportOf(
  scaffold: HandedOut,
  job: ClaimedJob,
  text: string,
  now: Date,
): { report: Report } | { error: JobError } {
  const accepted = acceptReport(text, { projectId: job.projectId, now });
  if (accepted.outcome === "refused") {
    const [first] = accepted.problems;
    const problem = first?.message ?? say("REPORT_REFUSED.unfit");
    const message = first?.path
      ? say("REPORT_REFUSED.problemAt", { problem, path: first.path })
      : say("REPORT_REFUSED.problem", { problem });
    const lastLines = accepted.problems
      .slice(0, 40)
      .map((p) => `${p.code} ${p.path} ${p.message}`.slice(0, 1_000));
    return { error: { code: "REPORT_REFUSED", message: message.slice(0, 2_000), lastLines } };
  }
  // An executor runs the archive that was handed out and nothing else; it is checked file by file when unpacked.
  const report = { ...accepted.report, modified: false };
  const opened = openReport(report);
  const promised = varyConfig(scaffold.config, job.spec.sweep?.point);
  if (!isSameSpec(promised, report.config) || opened.preset !== job.spec.preset) {
    const message = say("REPORT_REFUSED.otherConfig");
    return { error: { code: "REPORT_REFUSED", message, lastLines: [] } };
  }
  // Other targets, another sample or another seed than what was sealed is another test, however it came out.
  if (job.seal !== null && opened.seal() !== job.seal) {
    const message = say("REPORT_REFUSED.otherPlan");
    return { error: { code: "REPORT_REFUSED", message, lastLines: [] } };
  }
  return { report };
}

/** Gathers events and writes them in batches, one batch after the other. */
function makeTeller(write: (bodies: JobEventBody[], offset: number) => Promise<boolean>, onLost: () => void) {
  let waiting: JobEventBody[] = [];
  let written = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const send = () => {
    clearTimeout(timer);
    timer = undefined;
    // A database that does not answer for a moment must not end the run: the lease decides, not the log. What is
    // written next is taken when its turn comes, so that what failed before it stays before it.
    writing = writing.then(async () => {
      const bodies = waiting;
      waiting = [];
      try {
        if (!(await write(bodies, written))) return onLost();
        written += bodies.length;
      } catch {
        waiting = [...bodies, ...waiting];
      }
    });
    return writing;
  };
  return {
    tell: (body: JobEventBody) => {
      waiting.push(body);
      timer ??= setTimeout(send, tellEveryMs);
    },
    flush: async () => {
      for (let turn = 0; turn === 0 || (waiting.length > 0 && turn < 5); turn++) await send();
    },
  };
}

/** Calls again and again, never beside itself; a failed turn is tried again at the next. */
function repeat(everyMs: number, work: () => Promise<void>): { end: () => void } {
  let ended = false;
  let timer: NodeJS.Timeout;
  const next = () => {
    timer = setTimeout(async () => {
      await work().catch(() => undefined);
      if (!ended) next();
    }, everyMs);
  };
  next();
  return {
    end: () => {
      ended = true;
      clearTimeout(timer);
    },
  };
}
