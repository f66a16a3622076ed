import { describe, expect, test } from "vitest";
import { buildWalls } from "./build-walls.ts";
import { measureIsolation } from "./measure-isolation.ts";
import { identifyProcess } from "./read-process.ts";
import { runProcess } from "./run-process.ts";

function python(program: string, overrides: Partial<Parameters<typeof runProcess>[0]> = {}) {
  const lines: string[] = [];
  const end = runProcess({
    command: "python3",
    args: ["-u", "-c", program],
    cwd: "/",
    timeLimitMs: 20_000,
    signal: new AbortController().signal,
    onLine: (line) => lines.push(line),
    graceMs: 300,
    ...overrides,
  });
  return end.then((ended) => ({ end: ended, lines }));
}

describe("a process of its own", () => {
  test("ends with its exit code and everything it said", async () => {
    const program = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(78)";
    const { end, lines } = await python(program);
    expect(end).toEqual({ outcome: "exited", exitCode: 78 });
    expect(lines.sort()).toEqual(["err", "out"]);
  });

  test("that cannot be started says so", async () => {
    const { end } = await python("", { command: "/nowhere/python3" });
    expect(end).toMatchObject({ outcome: "not_started" });
  });

  test("is stopped with everything it started, even when it will not listen", async () => {
    const program = [
      "import signal, subprocess, time",
      "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
      "child = subprocess.Popen(['sleep', '600'])",
      "print(child.pid)",
      "time.sleep(600)",
    ].join("\n");
    const stop = new AbortController();
    let childPid = 0;
    const { end } = await python(program, {
      signal: stop.signal,
      onLine: (line) => {
        childPid = Number(line);
        stop.abort();
      },
    });
    expect(end).toEqual({ outcome: "stopped" });
    expect(childPid).toBeGreaterThan(0);
    await expect.poll(() => identifyProcess(childPid)).toBeNull();
  });

  test("ends when its time is over", async () => {
    expect((await python("import time; time.sleep(600)", { timeLimitMs: 200 })).end).toEqual({
      outcome: "timed_out",
    });
  });
});

describe("inside the walls", () => {
  test("a pilot sees no variable that was not given, has limits, and reaches only itself where the machine can do that", async () => {
    const isolation = await measureIsolation();
    const program = [
      "import json, os, resource, socket",
      "try:",
      "    socket.create_connection(('192.0.2.1', 80), 1); reached = True",
      "except OSError as error:",
      "    reached = error.errno not in (101, 113)",
      "variables = sorted(name for name in os.environ if name not in ('LC_CTYPE',))",
      "print(json.dumps([reached, variables, resource.getrlimit(resource.RLIMIT_FSIZE)[0]]))",
    ].join("\n");
    const walls = buildWalls("python3", { isolation, set: { PILOT_HOME: "/tmp" }, pass: [] }, [
      "python3",
      "-c",
      program,
    ]);
    const { lines } = await python("", { command: walls.command, args: walls.args });
    const [reached, variables, fileBytes] = JSON.parse(lines.at(-1) ?? "[]");
    if (isolation.network === "none") expect(reached).toBe(false);
    expect(variables.filter((name: string) => !["PATH", "LANG", "LC_ALL", "TZ"].includes(name))).toEqual([
      "PILOT_HOME",
    ]);
    expect(fileBytes).toBe(2 * 1024 ** 3);
  });
});
