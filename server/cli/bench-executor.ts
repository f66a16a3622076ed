import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { makeLocalExecutor } from "#server/benchmark/local-executor.ts";
import { measureIsolation } from "#server/benchmark/measure-isolation.ts";
import { newId } from "#server/new-id.ts";
import { keepTinyEnvironment, makeTinyArchive } from "#server/testing/make-tiny-pilot.ts";

/**
 * What the local executor adds to a run: the same pilot of a known length through the executor, and what of the wall
 * time was not the pilot's own. Tells a JSON line. `node --import tsx server/cli/bench-executor.ts [seconds] [runs]`
 */
const seconds = Number(process.argv[2] ?? 30);
const runs = Number(process.argv[3] ?? 5);
const dataDir = mkdtempSync(join(tmpdir(), "pilotage-executor-"));
// Ten steps a second, as chatty as the real pilot under load; the pilot tells how long it lived itself.
const body = [
  `started = time.time(); until = started + ${seconds}; step = 0`,
  "while time.time() < until:",
  '        step += 1; say({"phase": "load", "done": step, "total": step + 1}); print("step", step, flush=True)',
  "        time.sleep(0.1)",
  "    write()",
  '    print("lived", time.time() - started, flush=True)',
].join("\n");
const measured: { wallS: number; overheadS: number; workerCpuS: number }[] = [];
try {
  keepTinyEnvironment(dataDir);
  const archive = await makeTinyArchive(dataDir, body.replace("\nwhile", "\n    while"));
  const isolation = await measureIsolation();
  const executor = makeLocalExecutor({ dataDir, toolsDir: dataDir, evalDataDir: null, isolation });
  for (let run = 1; run <= runs; run++) {
    const folder = join(dataDir, String(run));
    mkdirSync(folder);
    let livedS = 0;
    const startedAt = performance.now();
    const cpu = process.cpuUsage();
    const end = await executor.run({
      ...archive,
      jobId: newId("job"),
      attempt: run,
      spec: { kind: "bench", preset: "quick", dataSet: "bundled" },
      wantsGpu: false,
      folder,
      signal: new AbortController().signal,
      onEvent: (event) => {
        const told = event.kind === "log" ? /^lived ([\d.]+)$/.exec(event.line) : null;
        if (told) livedS = Number(told[1]);
      },
      onIsolation: async () => undefined,
      onStart: async () => undefined,
      onExternalId: async () => undefined,
    });
    if (end.outcome !== "reported" || livedS === 0) throw new Error(JSON.stringify(end));
    const wallS = (performance.now() - startedAt) / 1000;
    const used = process.cpuUsage(cpu);
    measured.push({ wallS, overheadS: wallS - livedS, workerCpuS: (used.user + used.system) / 1e6 });
  }
  const sharesPct = measured.map((run) => (100 * run.overheadS) / run.wallS).sort((a, b) => a - b);
  const cpuPct = measured.map((run) => (100 * run.workerCpuS) / run.wallS).sort((a, b) => a - b);
  const middle = Math.floor(runs / 2);
  const told = {
    at: new Date().toISOString(),
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    network: isolation.network,
    pilotSeconds: seconds,
    runs,
    overheadPct: { median: round(sharesPct[middle]), worst: round(sharesPct.at(-1)) },
    overheadSeconds: round(measured.map((run) => run.overheadS).sort((a, b) => a - b)[middle]),
    workerCpuPct: { median: round(cpuPct[middle]), worst: round(cpuPct.at(-1)) },
  };
  process.stdout.write(`${JSON.stringify(told)}\n`);
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

function round(value = Number.NaN): number {
  return Math.round(value * 1000) / 1000;
}
