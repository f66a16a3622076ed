import { rootDir } from "#server/env.ts";
import type { Isolation } from "./job-schema.ts";

const gib = 1024 ** 3;
/** Of one run: memory a process may map, one file, open files, CPU seconds of all cores; no core dumps. */
export const limits = {
  RLIMIT_AS: 8 * gib,
  RLIMIT_FSIZE: 2 * gib,
  RLIMIT_NOFILE: 4096,
  RLIMIT_CPU: 2 * 60 * 60,
  RLIMIT_CORE: 0,
};
/** What a pilot may see of the environment: nothing that could be a secret. */
export const keptVariables = ["PATH", "LANG", "LC_ALL", "TZ"];

const enterWalls = `${rootDir}/server/benchmark/enter-walls.py`;

export type Walls = {
  isolation: Isolation;
  /** Paths and switches for the pilot; no secret belongs here: other processes of the user can read it. */
  set: Record<string, string>;
  /** Names of variables handed through from whoever started us, for example a key the person set themselves. */
  pass: string[];
};

/** The command inside its walls. `python` runs the short launcher that sets them up from within. */
export function buildWalls(
  python: string,
  walls: Walls,
  command: string[],
): { command: string; args: string[] } {
  const closed = walls.isolation.network === "none";
  const order = { loopback: closed, limits, keep: [...keptVariables, ...walls.pass], set: walls.set };
  const inner = [python, enterWalls, JSON.stringify(order), ...command];
  // A user namespace needs no rights; the network namespace inside it has a loopback and nothing else.
  return closed
    ? { command: "unshare", args: ["--map-root-user", "--net", "--", ...inner] }
    : { command: python, args: inner.slice(1) };
}
