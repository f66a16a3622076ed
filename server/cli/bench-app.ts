import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import autocannon from "autocannon";
import { createProject } from "#server/brief/store.ts";
import { openDatabase } from "#server/db.ts";
import { readSettings } from "#server/env.ts";
import { readLocalOwner } from "#server/identity/store.ts";
import { build } from "#server/launch/build.mjs";
import { prepareData, serve } from "#server/launch/serve.mjs";
import { freePort } from "#server/launch/start-postgres.mjs";
import { packArchive } from "#server/scaffold/archive.ts";
import { assemblePilot } from "#server/scaffold/assemble-pilot.ts";
import { readTemplate } from "#server/scaffold/read-template.ts";
import { benchDecisions, benchRuleChange } from "./bench-decisions.ts";
import { benchJudging } from "./bench-judging.ts";

/** `npm run bench`: figures for the README. Nothing here passes or fails. */

const storedProjects = 1_000;
const requestsPerSecond = 20;
const secondsPerPage = 5;

process.stdout.write(
  `${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}\n`,
);
await benchArchive();
process.stdout.write(`\n${benchJudging()}\n`);
process.stdout.write(`\n${benchDecisions()}\n`);
await benchPages();

async function benchArchive(): Promise<void> {
  const template = await readTemplate("rag");
  const handover = { config: template.config, notExercised: [], decision: [], owners: [], plan: null };
  const pack = () => packArchive(assemblePilot(template, handover).files);
  const hashes = new Set<string>();
  const times: number[] = [];
  for (let round = 0; round < 20; round++) {
    const started = performance.now();
    hashes.add(pack().sha256);
    times.push(performance.now() - started);
  }
  process.stdout.write(
    `\nhand-out of ${template.files.length} files: median ${rank(times, 0.5).toFixed(0)} ms, max ${rank(times, 1).toFixed(0)} ms, ${hashes.size === 1 ? "byte-identical in 20 rounds" : "NOT identical"}\n`,
  );
}

async function benchPages(): Promise<void> {
  build();
  const dataDir = mkdtempSync(join(tmpdir(), "pilotage-bench-"));
  const place = { host: "127.0.0.1", port: await freePort(), dataDir };
  prepareData(place);
  const projectId = await fill(dataDir);
  const running = await serve(place);
  try {
    process.stdout.write(
      `\n${storedProjects} projects stored, ${requestsPerSecond} requests/s for ${secondsPerPage} s a page, after a warm-up\n`,
    );
    process.stdout.write("page                                p50 ms   p95 ms   first-load JS kB gz\n");
    for (const path of pagesOf(projectId)) {
      const times = await time(`${running.url}${path}`);
      const name = path.replace(projectId, "…").padEnd(34);
      const figures = [rank(times, 0.5), rank(times, 0.95)].map((ms) => ms.toFixed(0).padStart(7)).join("  ");
      process.stdout.write(
        `${name} ${figures}   ${(await firstLoadKilobytes(running.url, path)).toFixed(0).padStart(10)}\n`,
      );
    }
  } finally {
    await running.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function pagesOf(projectId: string): string[] {
  const rooms = ["", "/brief", "/decision", "/team", "/plan", "/scaffold", "/benchmark", "/dossier"];
  return ["/", "/projects/new", ...rooms.map((room) => `/projects/${projectId}${room}`)];
}

async function fill(dataDir: string): Promise<string> {
  const db = openDatabase(readSettings({ PILOTAGE_DATA_DIR: dataDir }));
  const owner = await readLocalOwner(db);
  if (!owner) throw new Error("no local owner");
  let projectId = "";
  for (let i = 0; i < storedProjects; i++) {
    const project = { name: `Project ${String(i).padStart(4, "0")}`, presetId: "rag_support" as const };
    projectId = (await createProject(db, owner.workspaceId, owner.memberId, project, new Date())).id;
  }
  process.stdout.write(`\n${await benchRuleChange(db, owner.workspaceId)}\n`);
  await db.$disconnect();
  return projectId;
}

async function time(url: string): Promise<number[]> {
  for (let i = 0; i < 10; i++) await fetch(url);
  const times: number[] = [];
  await new Promise<void>((resolve, reject) => {
    const options = { url, connections: 4, overallRate: requestsPerSecond, duration: secondsPerPage };
    const load = autocannon(options, (error) => (error ? reject(error) : resolve()));
    load.on("response", (_client, status, _bytes, responseMs) => {
      if (status !== 200) reject(new Error(`${url} answered ${status}`));
      times.push(responseMs);
    });
  });
  return times;
}

/** Adds up the scripts that the HTML really loads; build tools have miscounted this before. */
async function firstLoadKilobytes(origin: string, path: string): Promise<number> {
  const html = await (await fetch(origin + path)).text();
  const scripts = new Set(
    [...html.matchAll(/<script[^>]+src="([^"]+)"(?![^>]*nomodule)/gi)].map((match) => match[1] ?? ""),
  );
  let bytes = 0;
  for (const script of scripts) {
    const body = await (await fetch(new URL(script, origin))).arrayBuffer();
    bytes += gzipSync(new Uint8Array(body)).byteLength;
  }
  return bytes / 1000;
}

/** Nearest rank. */
function rank(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
