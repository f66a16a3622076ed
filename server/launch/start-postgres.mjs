// A throw-away PostgreSQL on a free loopback port, for the store tests. Real server, own data folder, gone afterwards.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * @returns {Promise<{url: string, stop: () => Promise<void>} | null>} null where PostgreSQL is not installed
 */
export async function startPostgres() {
  const bin = findPostgres();
  if (!bin) return null;
  const folder = mkdtempSync(join(tmpdir(), "pilotage-postgres-"));
  const data = join(folder, "data");
  mkdirSync(data, { mode: 0o700 });
  const owner = unprivilegedOwner();
  if (owner) for (const path of [folder, data]) chownSync(path, owner.uid, owner.gid);
  const options = { ...owner, cwd: folder, env: { ...process.env, HOME: folder, LC_ALL: "C" } };

  execFileSync(
    join(bin, "initdb"),
    ["-D", data, "-U", "pilotage", "--auth=trust", "-E", "UTF8", "--no-sync"],
    {
      ...options,
      stdio: "ignore",
    },
  );
  const port = await freePort();
  const server = spawn(
    join(bin, "postgres"),
    [
      "-D",
      data,
      "-p",
      String(port),
      "-h",
      "127.0.0.1",
      "-k",
      folder,
      "-c",
      "fsync=off",
      "-c",
      "max_connections=60",
    ],
    { ...options, stdio: "ignore" },
  );
  const stop = async () => {
    if (server.exitCode === null) {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT");
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `postgresql://pilotage@127.0.0.1:${port}/postgres`;
  for (let attempt = 0; attempt < 100; attempt++) {
    const ready = spawnSync(join(bin, "pg_isready"), ["-h", "127.0.0.1", "-p", String(port)], {
      stdio: "ignore",
    });
    if (ready.status === 0) return { url, stop };
    if (server.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error("PostgreSQL is installed but did not start.");
}

/** Installs the system's package where that is possible; says nothing where it is not. */
export function installPostgres() {
  if (findPostgres()) return true;
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get"))
    return false;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-q"], { stdio: "ignore", env });
  spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "postgresql"], {
    stdio: "ignore",
    env,
  });
  return findPostgres() !== null;
}

/** @returns {string | null} the folder that holds its programs */
function findPostgres() {
  const folders = (process.env.PATH ?? "").split(":");
  const debian = "/usr/lib/postgresql";
  if (existsSync(debian)) {
    const versions = readdirSync(debian).sort((a, b) => Number(b) - Number(a));
    folders.push(...versions.map((version) => `${debian}/${version}/bin`));
  }
  folders.push("/opt/homebrew/opt/postgresql/bin", "/usr/local/opt/postgresql/bin");
  const tools = ["initdb", "postgres", "pg_isready"];
  return folders.find((folder) => folder && tools.every((tool) => existsSync(join(folder, tool)))) ?? null;
}

/** PostgreSQL refuses to run as root; "nobody" always exists. */
function unprivilegedOwner() {
  if (process.getuid?.() !== 0) return undefined;
  const line = execFileSync("getent", ["passwd", "nobody"], { encoding: "utf8" }).split(":");
  return { uid: Number(line[2]), gid: Number(line[3]) };
}

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
