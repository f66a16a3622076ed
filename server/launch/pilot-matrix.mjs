// Hands out the RAG pilot in many configurations, so that every two options meet at least once, and runs each in an
// empty folder: setup, tests, server, a small bench, gate. `--all` for the whole set, two of them otherwise; `--only
// NAME` for one; `--out FILE` for the counts as JSON. An option that needs what is not here is reported by name.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { configure, extrasOf, nameOf, OPTIONS, writeSample } from "./configure-pilot.mjs";
import { findUv } from "./find-tools.mjs";
import { root } from "./install.mjs";
import { pairOptions } from "./pair-options.mjs";
import { run, say } from "./say.mjs";
import { startStandInModel } from "./stand-in-model.mjs";
import { talkToPilot } from "./talk-to-pilot.mjs";

const KEY = "matrix-key-of-32-characters-0000";
const FEW = 2;
// Tests of the code build on their own choices: only the extra packages of a store change what they can run.
const OTHER_TESTS = ["tests/data"];

const SERVERS = `
import json, sys
from contextlib import ExitStack
from pathlib import Path
from rag_pilot.errors import PilotError
from rag_pilot.stores.local_servers import find_weaviate, postgres, weaviate
urls, missing = {}, {}
with ExitStack() as stack:
    for name in sys.argv[1:]:
        folder = Path("var", name).resolve()
        try:
            server = postgres(folder) if name == "pgvector" else weaviate(folder, find_weaviate(Path()))
            urls[name] = stack.enter_context(server)
        except PilotError as error:
            missing[name] = str(error)
    print(json.dumps({"urls": urls, "missing": missing}), flush=True)
    sys.stdin.read()
`;

await run(async () => {
  const { values } = parseArgs({
    options: { all: { type: "boolean" }, only: { type: "string" }, out: { type: "string" } },
  });
  const every = pairOptions(OPTIONS);
  const wanted = values.only
    ? every.filter((row) => nameOf(row) === values.only)
    : values.all
      ? every
      : every.slice(0, FEW);
  const folder = mkdtempSync(join(tmpdir(), "pilotage-matrix-"));
  const model = await startStandInModel();
  const servers = await startStores(folder, wanted);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const tested = new Set();
  try {
    for (const row of wanted) {
      const outcome = await runOne(
        row,
        folder,
        model.url,
        servers,
        !tested.has(row.store) && values.all === true,
      );
      tested.add(row.store);
      counts[outcome.state] += 1;
      say(`   ${outcome.state.padEnd(7)} ${nameOf(row)}: ${outcome.said}`);
    }
    if (wanted.length === 0) throw new Error(`no configuration is named ${values.only}`);
    if (wanted.some((row) => row.answer === "endpoint") && model.asked() === 0)
      throw new Error("the stand-in model was never asked");
  } finally {
    servers.stop();
    model.close();
    rmSync(folder, { recursive: true, force: true });
  }
  if (values.out) writeFileSync(values.out, JSON.stringify(counts));
  if (counts.failed > 0) process.exitCode = 1;
});

/**
 * @param {import("./configure-pilot.mjs").Row} row @param {string} folder @param {string} modelUrl
 * @param {{ urls: Record<string, string>, missing: Record<string, string> }} servers @param {boolean} allTests
 * @returns {Promise<{ state: "passed" | "failed" | "skipped", said: string }>}
 */
async function runOne(row, folder, modelUrl, servers, allTests) {
  const missing = servers.missing[row.store];
  if (missing) return { state: "skipped", said: `${row.store} is not run here: ${missing}` };
  const started = Date.now();
  const pilot = await handOut(folder, nameOf(row));
  const config = configure(JSON.parse(readFileSync(join(pilot, "pilot.json"), "utf8")), row, modelUrl);
  writeFileSync(join(pilot, "pilot.json"), `${JSON.stringify(config, null, 2)}\n`);
  writeSample(pilot, row);
  const env = { LLM_API_KEY: "stand-in", PILOT_API_KEY: KEY, STORE_URL: servers.urls[row.store] ?? "" };
  const work = (/** @type {string} */ verb, /** @type {string[]} */ ...rest) =>
    call("make", [verb, ...rest], pilot, env);
  const extras = extrasOf(row);
  const plain = await work("setup", ...(extras.length > 0 ? [`EXTRAS=${extras.join(" ")}`] : []));
  if (plain.code !== 0) {
    const offline = /Failed to fetch|error sending request|dns error|No solution found/.test(plain.text);
    const said = `setup ended with ${plain.code}: ${lastLine(plain.text)}`;
    return offline
      ? { state: "skipped", said: `the packages of ${extras.join(", ")} are not to be had here` }
      : { state: "failed", said };
  }
  const program = join(pilot, ".venv", "bin", "pilot");
  /** @type {[string, () => Promise<string | null>][]} */
  const steps = [
    ["tests", () => ends(call(program, ["test", ...(allTests ? [] : OTHER_TESTS)], pilot, env), [0])],
    ["server", () => talkToPilot(program, pilot, row, { ...process.env, ...env }, KEY)],
    ["bench", () => ends(call(program, ["bench", "--no-track"], pilot, env), [0])],
    ["gate", () => ends(call(program, ["gate"], pilot, env), [0, 1, 3])],
  ];
  const times = [`setup ${secondsSince(started)}`];
  for (const [name, step] of steps) {
    const begun = Date.now();
    const problem = await step().catch((error) => String(error));
    if (problem !== null) return { state: "failed", said: `${name}: ${problem}` };
    times.push(`${name} ${secondsSince(begun)}`);
  }
  rmSync(pilot, { recursive: true, force: true });
  return { state: "passed", said: `${times.join(", ")} s` };
}

/** @param {string} folder @param {string} name @returns {Promise<string>} the unpacked pilot */
async function handOut(folder, name) {
  const out = join(folder, name);
  const args = ["--import", "tsx", "server/cli/main.ts", "hand-out", "rag", "--out", out];
  const { code, text } = await call(process.execPath, args, root, {});
  if (code !== 0) throw new Error(`hand-out: ${lastLine(text)}`);
  return out;
}

/**
 * Real servers for the stores that need one, run by a pilot of its own. @param {string} folder
 * @param {import("./configure-pilot.mjs").Row[]} rows
 */
async function startStores(folder, rows) {
  const needed = ["pgvector", "weaviate"].filter((store) => rows.some((row) => row.store === store));
  if (needed.length === 0) return { urls: {}, missing: {}, stop: () => {} };
  const pilot = await handOut(folder, "servers");
  const synced = await call(findUv(), ["sync", "--frozen", "--quiet", "--group", "stores"], pilot, {});
  if (synced.code !== 0) say(`   pgserver could not be installed: ${lastLine(synced.text)}`);
  const child = spawn(join(pilot, ".venv", "bin", "python"), ["-c", SERVERS, ...needed], {
    cwd: pilot,
    stdio: ["pipe", "pipe", "inherit"],
  });
  let text = "";
  for await (const piece of child.stdout) {
    text += piece;
    if (text.includes("\n")) break;
  }
  const { urls, missing } = JSON.parse(text || '{"urls":{},"missing":{}}');
  return { urls, missing, stop: () => void child.stdin.end() };
}

/** @param {Promise<{ code: number | null, text: string }>} done @param {number[]} good */
async function ends(done, good) {
  const { code, text } = await done;
  return code !== null && good.includes(code) ? null : `ended with ${code}: ${text.trim().slice(-1500)}`;
}

/**
 * @param {string} command @param {string[]} args @param {string} cwd @param {Record<string, string>} env
 * @returns {Promise<{ code: number | null, text: string }>}
 */
function call(command, args, cwd, env) {
  return new Promise((resolve, reject) => {
    const uvBin = join(root, ".tools", "uv", "bin");
    const path = `${process.env.PATH ?? ""}:${uvBin}`;
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, PATH: path, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (text += piece));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, text }));
  });
}

/** @param {number} moment */
function secondsSince(moment) {
  return Math.round((Date.now() - moment) / 1000);
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split("\n").at(-1) ?? "";
}
