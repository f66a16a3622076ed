import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "pilotage-start-"));
const file = join(folder, "a-file");
let busy: Server;
let busyPort = 0;

beforeAll(async () => {
  writeFileSync(file, "");
  busy = createServer();
  await new Promise<void>((resolve) => busy.listen(0, "127.0.0.1", resolve));
  const address = busy.address();
  if (address && typeof address === "object") busyPort = address.port;
});
afterAll(() => {
  busy.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("npm start says in one sentence why it does not start", () => {
  test.each([
    ["bound to every address", { HOST: "0.0.0.0" }, 78, "has no accounts yet"],
    ["bound to an address of the network", { HOST: "192.0.2.7" }, 78, "loopback address only"],
    ["a port that is no number", { PORT: "http" }, 78, 'PORT is "http"'],
    ["a port out of range", { PORT: "70000" }, 78, "from 0 to 65535"],
    ["a data folder that cannot be made", { PILOTAGE_DATA_DIR: `${file}/inside` }, 77, "cannot be written"],
  ])("%s", (_title, env, exitCode, sentence) => {
    expectRefusal({ PILOTAGE_DATA_DIR: folder, ...env }, exitCode, sentence);
  });

  test("a port that somebody else holds", () => {
    expectRefusal({ PORT: String(busyPort), PILOTAGE_DATA_DIR: folder }, 75, `Port ${busyPort} is in use.`);
  });

  test("a data folder that another Pilotage uses", () => {
    // This test process stands in for it: its command line must name the launch folder to count.
    const since = "2026-11-20T09:00:00.000Z";
    const other = spawnLooksLikeUs();
    writeFileSync(join(folder, "running.json"), JSON.stringify({ pid: other.pid, since }));
    try {
      expectRefusal({ PILOTAGE_DATA_DIR: folder }, 75, `is in use by pid ${other.pid} since ${since}`);
    } finally {
      other.stop();
    }
  });
});

function expectRefusal(env: Record<string, string>, exitCode: number, sentence: string): void {
  const child = spawnSync(process.execPath, ["server/launch/start.mjs"], {
    env: { ...process.env, ...env },
    encoding: "utf8",
    timeout: 20_000,
  });
  expect(child.stderr).toContain(sentence);
  expect(child.stderr).not.toContain("    at ");
  expect(child.status).toBe(exitCode);
}

function spawnLooksLikeUs(): { pid: number; stop: () => void } {
  const script =
    "const c = require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)', 'server/launch/start.mjs'], { detached: true, stdio: 'ignore' }); c.unref(); process.stdout.write(String(c.pid))";
  const pid = Number(spawnSync(process.execPath, ["-e", script], { encoding: "utf8" }).stdout);
  return { pid, stop: () => process.kill(pid) };
}
