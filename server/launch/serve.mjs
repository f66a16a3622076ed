// Supervises the two processes of the app: the web server and the worker.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { isAbsolute, join, resolve } from "node:path";
import { root } from "./install.mjs";
import { Stop } from "./say.mjs";

/**
 * @typedef {{ host: string, port: number, dataDir: string, env?: Record<string, string>, dev?: boolean }} Place
 * @typedef {{ url: string, stop: () => Promise<void>, ended: Promise<void> }} Running
 */

/** @returns {Place} */
export function readPlace(env = process.env) {
  const host = env.HOST ?? "127.0.0.1";
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Stop(78, `PORT is "${env.PORT}"; it must be a number from 0 to 65535.`);
  const dataDir = resolve(root, env.PILOTAGE_DATA_DIR ?? "data");
  return { host, port, dataDir };
}

/** @param {Place} place */
export async function checkPlace(place) {
  if (!isLoopback(place.host)) {
    throw new Stop(
      78,
      `HOST is "${place.host}". Pilotage has no accounts yet, so whoever reaches it is the owner: it serves on the loopback address only.`,
      "Start it without HOST, or with HOST=127.0.0.1.",
    );
  }
  claimDataDir(place.dataDir);
  await checkPort(place);
}

/** @param {string} host */
function isLoopback(host) {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** @param {string} dataDir */
function claimDataDir(dataDir) {
  const owner = join(dataDir, "running.json");
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (existsSync(owner)) {
      const { pid, since } = JSON.parse(readFileSync(owner, "utf8"));
      if (pid !== process.pid && isOurs(pid))
        throw new Stop(
          75,
          `${dataDir} is in use by pid ${pid} since ${since}.`,
          "Stop that one first, or set PILOTAGE_DATA_DIR.",
        );
    }
    writeFileSync(owner, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
    process.once("exit", () => rmSync(owner, { force: true }));
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(
      77,
      `The data folder ${dataDir} cannot be written.`,
      "Set PILOTAGE_DATA_DIR to a folder you may write to.",
    );
  }
}

/** A pid may have been given to another program since; only one of ours counts. @param {number} pid */
function isOurs(pid) {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const command = spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
  return command.includes("server/launch/");
}

/** @param {Place} place */
function checkPort({ host, port }) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === "EADDRINUSE")
        reject(new Stop(75, `Port ${port} is in use.`, `Choose another one: PORT=${port + 1} npm start`));
      else if (error.code === "EACCES")
        reject(
          new Stop(
            77,
            `Port ${port} needs rights this user does not have.`,
            "Choose one above 1023: PORT=3000 npm start",
          ),
        );
      else reject(new Stop(69, `${host}:${port} cannot be served: ${error.code}.`));
    });
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}

/** Migrates, makes the local owner, seeds the example once. @param {Place} place */
export function prepareData(place) {
  const child = spawnSync(process.execPath, ["--import", "tsx", "server/launch/prepare-data.ts"], {
    cwd: root,
    env: childEnv(place),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (child.status !== 0)
    throw new Stop(child.status ?? 70, child.stderr.trim() || "The database could not be prepared.");
}

/** @param {Place} place @returns {Promise<Running>} */
export async function serve(place) {
  const env = childEnv(place);
  const web = place.dev ? ["dev"] : ["start"];
  const children = [
    keepAlive(
      "web",
      // A page makes megabytes of short-lived objects. With room for them the p95 of the team page fell from 202 to 155 ms.
      [
        "--max-semi-space-size=64",
        "node_modules/next/dist/bin/next",
        ...web,
        "-H",
        place.host,
        "-p",
        String(place.port),
      ],
      env,
    ),
    keepAlive("worker", ["--import", "tsx", "server/worker.ts"], env),
  ];
  const url = `http://${place.host.includes(":") ? `[${place.host}]` : place.host}:${place.port}`;
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop()));
  };
  try {
    await untilHealthy(url, children[0]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop, ended: Promise.race(children.map((child) => child.gaveUp)) };
}

/** @param {Place} place */
function childEnv(place) {
  const dataDir = isAbsolute(place.dataDir) ? place.dataDir : resolve(root, place.dataDir);
  return {
    ...process.env,
    ...place.env,
    HOST: place.host,
    PORT: String(place.port),
    PILOTAGE_DATA_DIR: dataDir,
    NEXT_TELEMETRY_DISABLED: "1",
    NODE_ENV: place.dev ? "development" : "production",
  };
}

/**
 * Starts a child and starts it again when it dies, with growing pauses; gives up after five deaths within a minute.
 * @param {string} name @param {string[]} args @param {NodeJS.ProcessEnv} env
 */
function keepAlive(name, args, env) {
  let stopping = false;
  /** @type {number[]} */
  let deaths = [];
  /** @type {import("node:child_process").ChildProcess} */
  let child;
  /** @type {(error: Error) => void} */
  let giveUp;
  /** @type {Promise<void>} */
  const gaveUp = new Promise((_, reject) => {
    giveUp = reject;
  });
  gaveUp.catch(() => {});

  const start = () => {
    // Its own process group: Ctrl-C in a terminal goes to the supervisor alone, which then stops both in order.
    child = spawn(process.execPath, args, {
      cwd: root,
      env,
      stdio: ["ignore", "ignore", "inherit"],
      detached: true,
    });
    child.once("exit", (code, signal) => {
      if (stopping) return;
      const now = Date.now();
      deaths = [...deaths.filter((at) => now - at < 60_000), now];
      process.stderr.write(`The ${name} process ended (${signal ?? code}).\n`);
      if (deaths.length >= 5)
        giveUp(new Stop(70, `The ${name} process keeps ending; see its messages above.`));
      else setTimeout(() => stopping || start(), 250 * 2 ** deaths.length);
    });
  };
  start();

  const stop = async () => {
    stopping = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    signalGroup(child, "SIGTERM");
    const force = setTimeout(() => signalGroup(child, "SIGKILL"), 15_000);
    await ended;
    clearTimeout(force);
  };
  return { stop, gaveUp };
}

/** @param {import("node:child_process").ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup(child, signal) {
  try {
    if (child.pid) process.kill(process.platform === "win32" ? child.pid : -child.pid, signal);
  } catch {
    // It ended in the meantime.
  }
}

/** @param {string} url @param {{ gaveUp: Promise<void> }} web */
async function untilHealthy(url, web) {
  for (let attempt = 0; attempt < 600; attempt++) {
    const answer = await Promise.race([fetch(`${url}/api/health`).catch(() => null), web.gaveUp]);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Stop(70, "The web server did not answer within a minute.");
}
