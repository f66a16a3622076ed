import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "#server/new-id.ts";
import { honest, keepTinyEnvironment, makeTinyArchive } from "#server/testing/make-tiny-pilot.ts";
import { acceptReport } from "./accept-report.ts";
import type { Isolation, JobEventBody } from "./job-schema.ts";
import { makeLocalExecutor, markOf } from "./local-executor.ts";
import { measureIsolation } from "./measure-isolation.ts";
import type { RagReport } from "./rag-schema.ts";
import { findMarked } from "./read-process.ts";

const dataDir = mkdtempSync(join(tmpdir(), "pilotage-bad-"));
/** New for every run: what carries the mark of a job is ended with it, also that of the same test beside this one. */
const jobId = newId("job");
let isolation: Isolation;
let attempt = 0;
beforeAll(async () => {
  keepTinyEnvironment(dataDir);
  isolation = await measureIsolation();
}, 30_000);
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

type Case = { body?: string; timeLimitMs?: number; report?: (report: RagReport) => unknown };

async function runPilot({ body, timeLimitMs = 60_000, report }: Case) {
  attempt += 1;
  const archive = await makeTinyArchive(dataDir, body, undefined, report ? { report } : {});
  const folder = join(dataDir, String(attempt));
  mkdirSync(folder);
  const events: JobEventBody[] = [];
  const executor = makeLocalExecutor({
    dataDir,
    toolsDir: dataDir,
    evalDataDir: null,
    isolation,
    timeLimitMs,
  });
  const end = await executor.run({
    ...archive,
    jobId,
    attempt,
    spec: { kind: "bench", preset: "quick", dataSet: "bundled" },
    wantsGpu: false,
    folder,
    signal: new AbortController().signal,
    onEvent: (body) => events.push(body),
    onIsolation: async () => undefined,
    onStart: async () => undefined,
    onExternalId: async () => undefined,
  });
  const left = await findMarked("PILOTAGE_RUN", markOf(jobId, attempt));
  const bytes = events.reduce((sum, event) => sum + (event.kind === "log" ? event.line.length : 0), 0);
  return { end, events, left, logBytes: bytes, out: join(folder, "scratch", "report.json") };
}

describe("a pilot on this machine", () => {
  test("that is honest hands in a report that passes", async () => {
    const { end } = await runPilot({});
    if (end.outcome !== "reported") throw new Error(JSON.stringify(end));
    const accepted = acceptReport(end.reportText, { projectId: null, now: new Date("2026-11-20T11:00:00Z") });
    expect(accepted.outcome).toBe("accepted");
  });

  test.each<[string, Case, string]>([
    ["ends well without a report", { body: "pass" }, "REPORT_MISSING"],
    ["hangs", { body: "time.sleep(600)", timeLimitMs: 700 }, "TIMED_OUT"],
    ["fails", { body: "sys.exit(65)" }, "PILOT_FAILED"],
    ["kills itself", { body: "os.kill(os.getpid(), 9)" }, "PILOT_FAILED"],
    ["asks for all memory", { body: "hoard = bytearray(64 << 30)\n    write()" }, "PILOT_FAILED"],
    [
      "writes a report of 200 MiB",
      { body: 'open(sys.argv[sys.argv.index("--out") + 1], "wb").truncate(200 << 20)' },
      "REPORT_REFUSED",
    ],
    [
      "makes a folder of its report",
      { body: 'os.mkdir(sys.argv[sys.argv.index("--out") + 1])' },
      "REPORT_MISSING",
    ],
    [
      "makes a pipe of its report, which nobody could read to its end",
      { body: 'os.mkfifo(sys.argv[sys.argv.index("--out") + 1])' },
      "REPORT_MISSING",
    ],
  ])(
    "that %s fails with a reason and leaves nothing behind",
    async (_title, pilot, code) => {
      const { end, left } = await runPilot(pilot);
      expect(end).toMatchObject({ outcome: "failed", error: { code } });
      expect(left).toEqual([]);
    },
    30_000,
  );

  test("that prints 1 GB, with line ends or without, costs no more than a bounded log", async () => {
    const before = process.memoryUsage().rss;
    const half = "for _ in range(8192): os.write(1, piece)";
    const { end, logBytes, events } = await runPilot({
      body: [
        'piece = (b"x" * 16383 + b"\\n") * 4',
        half,
        'piece = b"y" * 65536',
        half,
        'os.write(1, b"\\nlast words\\n")',
        "write()",
      ].join("\n    "),
    });
    expect(end).toMatchObject({ outcome: "reported" });
    expect(logBytes).toBeLessThan(80_000);
    expect(events).toContainEqual({ kind: "log", line: "last words" });
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(300);
  }, 120_000);

  test("that forks, and whose children leave its group, is ended whole", async () => {
    const { end, left } = await runPilot({
      body: [
        "for _ in range(20):",
        "        if os.fork() == 0:",
        "            os.setsid()",
        "            time.sleep(600)",
        "    write()",
      ].join("\n"),
    });
    expect(end).toMatchObject({ outcome: "reported" });
    expect(left).toEqual([]);
  }, 30_000);

  test.each<[string, (report: RagReport) => unknown, string]>([
    [
      "more successes than requests",
      (report) => ({
        ...report,
        metrics: report.metrics.map((metric) =>
          metric.name === "answer_accuracy" ? { ...metric, value: 51 / 50, outOf: 50 } : metric,
        ),
      }),
      "METRIC_",
    ],
    [
      "more answers than it was asked",
      (report) => ({
        ...report,
        metrics: report.metrics.map((metric) =>
          metric.name === "error_share" ? { ...metric, outOf: 7 } : metric,
        ),
      }),
      "",
    ],
    [
      "a clock that was set back while it ran",
      (report) => ({ ...report, startedAt: report.finishedAt, finishedAt: report.startedAt }),
      "TIME_",
    ],
    [
      "a clock that runs ahead",
      (report) => ({ ...report, startedAt: "2026-11-20T12:10:00Z", finishedAt: "2026-11-20T12:15:00Z" }),
      "TIME_",
    ],
    [
      "a clock that jumped between sending and answering",
      (report) => ({
        ...report,
        requests: report.requests.map((request, at) => (at === 3 ? { ...request, doneMs: 0 } : request)),
      }),
      "TIME_",
    ],
  ])(
    "whose report has %s is refused",
    async (_title, report, code) => {
      const { end } = await runPilot({ body: honest, report });
      if (end.outcome !== "reported") throw new Error(JSON.stringify(end));
      const accepted = acceptReport(end.reportText, {
        projectId: null,
        now: new Date("2026-11-20T11:00:00Z"),
      });
      expect(accepted.outcome).toBe("refused");
      if (accepted.outcome === "refused")
        expect(accepted.problems.map((one) => one.code).join()).toContain(code);
    },
    30_000,
  );

  test("whose archive is not what was handed out is not run", async () => {
    const { manifest } = await makeTinyArchive(dataDir);
    const [first, ...rest] = manifest;
    const other = await makeTinyArchive(dataDir, "print(1)");
    const ran: string[] = [];
    const end = await makeLocalExecutor({ dataDir, toolsDir: dataDir, evalDataDir: null, isolation }).run({
      archiveSha256: other.archiveSha256,
      manifest: first ? [first, ...rest] : [],
      jobId,
      attempt: 1,
      spec: { kind: "bench", preset: "quick", dataSet: "bundled" },
      wantsGpu: false,
      folder: join(dataDir, "other"),
      signal: new AbortController().signal,
      onEvent: () => undefined,
      onIsolation: async () => undefined,
      onStart: async () => void ran.push("started"),
      onExternalId: async () => undefined,
    });
    expect(end).toMatchObject({ outcome: "failed", error: { code: "ARCHIVE_DAMAGED" } });
    expect(ran).toEqual([]);
    expect(existsSync(join(dataDir, "other", "pilot"))).toBe(false);
  });
});
