import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { enqueueJob } from "#server/benchmark/job-store.ts";
import { archivesDir } from "#server/benchmark/local-executor.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import type { Db } from "#server/db.ts";
import type { Session } from "#server/identity/schema.ts";
import { keepArchive, packArchive } from "#server/scaffold/archive.ts";
import { listFile } from "#server/scaffold/assemble-pilot.ts";
import { sha256Of } from "#server/scaffold/canonical-json.ts";
import type { RagPilotConfig } from "#server/scaffold/rag-schema.ts";
import { makeScaffoldRow } from "./make-job.ts";
import { makeConfig, makeReport } from "./make-report.ts";

/** A lock file without a package: uv makes an empty environment of it, without a network. */
const lock = [
  "version = 1",
  "revision = 3",
  'requires-python = ">=3.10"',
  "",
  "[[package]]",
  'name = "tiny-pilot"',
  'version = "0.1.0"',
  'source = { virtual = "." }',
  "",
].join("\n");
const project = [
  "[project]",
  'name = "tiny-pilot"',
  'version = "0.1.0"',
  'requires-python = ">=3.10"',
  "dependencies = []",
  "",
  "[project.scripts]",
  'pilot = "tiny_pilot:main"',
  "",
].join("\n");

/** What the pilot does between its start and its report; Python, indented by four blanks, `write()` writes it. */
export const honest = 'say({"phase": "load", "done": 1, "total": 1})\n    write()';

const program = (body: string) => `import json, os, random, sys, time

def say(what):
    print(json.dumps(what), file=sys.stderr, flush=True)

def write(change=lambda report: None):
    report = json.load(open("report.json"))
    report["runId"] = "run_" + "".join(random.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=26))
    change(report)
    out = sys.argv[sys.argv.index("--out") + 1]
    json.dump(report, open(out + ".part", "w"))
    os.rename(out + ".part", out)

def main():
    say({"phase": "warmup"})
    ${body}
    return 0
`;

type Change = { report?: (report: RagReport) => unknown };

/** A real archive of a real pilot of forty lines, kept where hand-outs lie. */
export async function makeTinyArchive(
  dataDir: string,
  body = honest,
  config: RagPilotConfig = makeConfig(),
  change: Change = {},
) {
  const report = makeReport({ config });
  const text = (value: unknown) => new TextEncoder().encode(String(value));
  const files = [
    { path: "pyproject.toml", bytes: text(project) },
    { path: "uv.lock", bytes: text(lock) },
    { path: "pilot.json", bytes: text(JSON.stringify(config)) },
    { path: "src/tiny_pilot.py", bytes: text(program(body)) },
    { path: "report.json", bytes: text(JSON.stringify(change.report?.(report) ?? report)) },
  ].map((file) => ({ ...file, executable: false }));
  const archive = packArchive(files);
  await keepArchive(archivesDir(dataDir), archive);
  return { archiveSha256: archive.sha256, manifest: files.map(listFile) };
}

/** The same with its rows. */
export async function makeTinyPilot(
  { db, owner, dataDir }: { db: Db; owner: Session; dataDir: string },
  body = honest,
  change: Change & { config?: Partial<RagPilotConfig> } = {},
) {
  const { projectId, scaffoldId, config: made } = await makeScaffoldRow(db, owner);
  const config = { ...made, ...change.config };
  const { archiveSha256, manifest } = await makeTinyArchive(dataDir, body, config, change);
  await db.scaffold.update({
    where: { id: scaffoldId },
    data: { archiveSha256, manifest: JSON.stringify(manifest), config: JSON.stringify(config) },
  });
  const enqueue = () =>
    enqueueJob(db, owner.workspaceId, {
      projectId,
      scaffoldId,
      spec: { kind: "bench", preset: "quick", dataSet: "bundled" },
      createdBy: owner.memberId,
      at: new Date(),
    });
  return { projectId, scaffoldId, enqueue };
}

/** The environment of the tiny pilot as it lies after its first run: nothing has to be installed. */
export function keepTinyEnvironment(dataDir: string): void {
  const folder = join(dataDir, "environments", sha256Of(new TextEncoder().encode(lock)).slice(0, 32));
  mkdirSync(join(folder, "bin"), { recursive: true });
  // Past the shims of version managers: they take longer than the pilot.
  const python = execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" });
  symlinkSync(python.trim(), join(folder, "bin", "python"));
  writeFileSync(join(folder, "pilotage-ready"), "");
}
