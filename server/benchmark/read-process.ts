import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { readdir, readFile } from "#server/untraced-files.ts";

const run = promisify(execFile);

/**
 * When a process started, in words that only it has: pids are used again, start times with the machine's boot are
 * not. Null when it is gone, or only waits to be reaped.
 */
export async function identifyProcess(pid: number): Promise<string | null> {
  if (process.platform === "linux") {
    const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
    if (text === null) return null;
    // The name in parentheses may hold blanks and parentheses; state is the first field after it, start the 20th.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return null;
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
    return `${fields[19]}@${boot.trim()}`;
  }
  const told = await run("ps", ["-o", "lstart=", "-p", String(pid)]).catch(() => null);
  return told?.stdout.trim() || null;
}

/** Is this still the process that was written down, and not another one with its number? */
export async function isSameProcess(pid: number, identity: string): Promise<boolean> {
  return (await identifyProcess(pid)) === identity;
}

/**
 * Processes that carry a variable, wherever they moved themselves: a process group can be left, the environment one
 * was started with cannot be changed from within its parent. Linux only; elsewhere empty.
 */
export async function findMarked(name: string, value: string): Promise<number[]> {
  const names = await readdir("/proc").catch(() => []);
  const pids = names.map(Number).filter((pid) => Number.isInteger(pid) && pid > 1);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
      return environment.split("\0").includes(`${name}=${value}`) ? pid : null;
    }),
  );
  return found.filter((pid) => pid !== null);
}
