import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { findMarked } from "#server/benchmark/read-process.ts";
import { rootDir } from "#server/env.ts";

/** The version that `PILOTAGE_RAY_VERSION` defaults to. */
const version = "2.60.0";
const home = join(rootDir, ".tools", "ray");
const ray = join(home, "bin", "ray");
const requirements = join(rootDir, "server", "testing", "ray-requirements.txt");
const mark = "PILOTAGE_TEST_RAY";

/** Ray in a tool environment of its own, installed once from the hashed list; the reason when it cannot be. */
export function installRay(): string | null {
  try {
    if (existsSync(ray) && execFileSync(ray, ["--version"], { encoding: "utf8" }).includes(version)) {
      return null;
    }
    const own = join(rootDir, ".tools", "uv", "bin", "uv");
    const uv = existsSync(own) ? own : "uv";
    execFileSync(uv, ["venv", "--quiet", "--clear", home], { stdio: "pipe" });
    const install = [
      "pip",
      "install",
      "--quiet",
      "--require-hashes",
      "--python",
      join(home, "bin", "python"),
    ];
    execFileSync(uv, [...install, "-r", requirements], { stdio: "pipe", timeout: 10 * 60_000 });
    return null;
  } catch (thrown) {
    return thrown instanceof Error ? (thrown.message.split("\n")[0] ?? "") : String(thrown);
  }
}

export type TestRay = {
  address: string;
  token: string;
  version: string;
  /** The environments that its nodes keep. */
  cacheDir: string;
  /** Asks the cluster itself, past the code under test. */
  ask: (path: string) => Promise<unknown>;
  stop: () => Promise<void>;
};

/** A real cluster of two node processes on this machine, a head without a core for jobs and a worker with one. */
export async function startRay(): Promise<TestRay> {
  // Short, because Unix sockets lie in it and their paths are limited to some hundred characters.
  const folder = mkdtempSync(join(tmpdir(), "ray-"));
  const token = randomBytes(32).toString("hex");
  const cacheDir = join(folder, "cache");
  const nodes: ChildProcess[] = [];
  const [port = 0, dashboard = 0, client = 0, ...agents] = await findFreePorts(5);
  const start = (name: string, args: string[]) => {
    const log = openSync(join(folder, `${name}.log`), "w");
    // Two nodes of one machine would want the same port; the second would then serve no logs.
    const agent = ["--dashboard-agent-listen-port", String(agents.pop())];
    const common = [...agent, "--block", "--node-ip-address", "127.0.0.1", "--disable-usage-stats"];
    const child = spawn(ray, ["start", ...common, "--object-store-memory", "80000000", ...args], {
      cwd: folder,
      detached: true,
      stdio: ["ignore", log, log],
      env: {
        NODE_ENV: "test",
        PATH: `${join(home, "bin")}:${join(rootDir, ".tools", "uv", "bin")}:${process.env.PATH}`,
        HOME: folder,
        XDG_CACHE_HOME: cacheDir,
        RAY_AUTH_MODE: "token",
        RAY_AUTH_TOKEN: token,
        // The defaults are for a quiet machine.
        RAY_raylet_start_wait_time_s: "240",
        RAY_raylet_start_timeout_s: "240",
        [mark]: folder,
      },
    });
    nodes.push(child);
  };
  const address = `http://127.0.0.1:${dashboard}`;
  const ask = async (path: string): Promise<unknown> => {
    const response = await fetch(`${address}${path}`, {
      headers: { Authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.json();
  };
  const stop = async () => {
    for (const { pid } of nodes.reverse()) if (pid) end(-pid, "SIGTERM");
    await Promise.race([Promise.all(nodes.map(ended)), wait(15_000)]);
    // Each process of the cluster inherited the mark; nothing else has it.
    for (const pid of await findMarked(mark, folder)) end(pid, "SIGKILL");
    await wait(200);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const sayWhy = (name: string) => readFileSync(join(folder, `${name}.log`), "utf8").slice(-2_000);
  const until = async (name: string, isReady: () => Promise<boolean>) => {
    const giveUpAt = Date.now() + 240_000;
    while (!(await isReady().catch(() => false))) {
      const [child] = nodes.slice(-1);
      if (child?.exitCode !== null || Date.now() > giveUpAt) {
        const why = sayWhy(name);
        await stop();
        throw new Error(`the ${name} node of the test cluster did not start: ${why}`);
      }
      await wait(500);
    }
  };
  start("head", [
    ...["--head", "--port", String(port), "--dashboard-host", "127.0.0.1", "--temp-dir", join(folder, "t")],
    ...["--dashboard-port", String(dashboard), "--ray-client-server-port", String(client), "--num-cpus", "0"],
  ]);
  await until("head", async () => (await countNodes(ask)) >= 1);
  start("worker", ["--address", `127.0.0.1:${port}`, "--num-cpus", "1"]);
  await until("worker", async () => (await countNodes(ask)) >= 2);
  return { address, token, version, cacheDir, ask, stop };
}

async function countNodes(ask: TestRay["ask"]): Promise<number> {
  const answer = (await ask("/nodes?view=summary")) as {
    data: { summary: { raylet: { state?: string } }[] };
  };
  return answer.data.summary.filter((node) => node.raylet.state === "ALIVE").length;
}

async function findFreePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address();
      await new Promise((resolve) => server.close(resolve));
      return typeof address === "object" && address !== null ? address.port : 0;
    }),
  );
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", () => resolve()));
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone meanwhile.
  }
}
