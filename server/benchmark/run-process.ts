import { spawn } from "node:child_process";
import { LineSplitter } from "./split-lines.ts";

/** Between the polite request to stop and the end. */
const graceMs = 10_000;

export type ProcessOrder = {
  command: string;
  args: string[];
  cwd: string;
  timeLimitMs: number;
  signal: AbortSignal;
  /** Each line of stderr, and of stdout. */
  onLine: (line: string) => void;
  onStart?: (pid: number) => Promise<void> | void;
  graceMs?: number;
};

export type ProcessEnd =
  | { outcome: "exited"; exitCode: number }
  /** Ended by a signal that was not ours, for example when the machine ran out of memory. */
  | { outcome: "killed"; signal: string }
  | { outcome: "stopped" }
  | { outcome: "timed_out" }
  | { outcome: "not_started"; reason: string };

/**
 * Runs a command in a process group of its own and returns when nothing of that group is left. A stop or the time
 * limit sends SIGTERM to the whole group, and SIGKILL ten seconds later.
 */
export async function runProcess(order: ProcessOrder): Promise<ProcessEnd> {
  if (order.signal.aborted) return { outcome: "stopped" };
  const child = spawn(order.command, order.args, {
    cwd: order.cwd,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.once("error", (error) => resolve({ outcome: "not_started", reason: error.message }));
    child.once("exit", (code, signal) =>
      resolve(signal ? { outcome: "killed", signal } : { outcome: "exited", exitCode: code ?? 70 }),
    );
  });
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  for (const stream of [child.stdout, child.stderr]) {
    const lines = new LineSplitter();
    stream.setEncoding("utf8").on("data", (piece: string) => {
      for (const line of lines.take(piece)) order.onLine(line);
    });
    stream.once("close", () => {
      const rest = lines.end();
      if (rest !== null) order.onLine(rest);
    });
  }
  const { pid } = child;
  if (pid === undefined) return ended;
  await order.onStart?.(pid);

  let why: "stopped" | "timed_out" | null = null;
  let kill: NodeJS.Timeout | undefined;
  const stop = (reason: "stopped" | "timed_out") => {
    why ??= reason;
    signalGroup(pid, "SIGTERM");
    kill ??= setTimeout(() => signalGroup(pid, "SIGKILL"), order.graceMs ?? graceMs);
  };
  const onAbort = () => stop("stopped");
  const limit = setTimeout(() => stop("timed_out"), order.timeLimitMs);
  order.signal.addEventListener("abort", onAbort, { once: true });
  if (order.signal.aborted) onAbort();
  try {
    const end = await ended;
    // What the leader left behind must not outlive it, and would keep its pipes open.
    signalGroup(pid, "SIGKILL");
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
    return why === null ? end : { outcome: why };
  } finally {
    clearTimeout(limit);
    clearTimeout(kill);
    order.signal.removeEventListener("abort", onAbort);
  }
}

export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nothing of the group is left.
  }
}
