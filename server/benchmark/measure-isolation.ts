import { buildWalls } from "./build-walls.ts";
import type { Isolation } from "./job-schema.ts";
import { runProcess } from "./run-process.ts";

/** Binds a loopback port and must fail to reach an address outside (192.0.2.1 is reserved for documentation). */
export const wallProbe = [
  "import socket, sys",
  "s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(1)",
  "c = socket.create_connection(s.getsockname(), 2); c.close()",
  "try:",
  "    socket.create_connection(('192.0.2.1', 80), 1)",
  "except OSError as error:",
  "    sys.exit(0 if error.errno in (101, 113) else 1)",
  "sys.exit(1)",
].join("\n");

/** Finds out by trying, once at start: promises are not enough, containers often forbid namespaces. */
export async function measureIsolation(python = "python3"): Promise<Isolation> {
  const best: Isolation = { level: 1, network: "none", limits: true };
  const { command, args } = buildWalls(python, { isolation: best, set: {}, pass: [] }, [
    python,
    "-c",
    wallProbe,
  ]);
  const end = await runProcess({
    command,
    args,
    cwd: "/",
    timeLimitMs: 15_000,
    signal: new AbortController().signal,
    onLine: () => undefined,
  });
  return end.outcome === "exited" && end.exitCode === 0 ? best : { level: 0, network: "open", limits: true };
}
