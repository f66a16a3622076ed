import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { sayRoom } from "#server/messages/say.ts";
import { join, mkdir, readFile, rename, writeFile } from "#server/untraced-files.ts";
import { MachineProfile, TensorBackendName } from "./schema.ts";

const say = sayRoom("hardware");

const PROBE_LIMIT_MS = 120_000;
/** Machines change slowly; a driver update or a busy neighbour is noticed within a week. */
const KEEP_MS = 7 * 24 * 3_600_000;

const ProbeMessage = z.union([
  z.strictObject({ profile: MachineProfile }),
  z.strictObject({ problem: z.string() }),
]);

export type Probe =
  | { outcome: "measured"; profile: MachineProfile }
  | { outcome: "failed"; reason: string; crashed: boolean };

/** Null until the worker has measured it, or when the file is from another version. */
export async function readMachine(dataDir: string): Promise<MachineProfile | null> {
  try {
    return MachineProfile.parse(JSON.parse(await readFile(fileIn(dataDir), "utf8")));
  } catch {
    return null;
  }
}

/**
 * Measures the machine once a week and keeps the result in the data folder. The worker calls it at its start and need
 * not wait. Never throws: a machine that cannot be measured is shown as not measured, with the reason handed back.
 */
export async function keepMachine(
  dataDir: string,
  now: Date,
  probe: (names: readonly TensorBackendName[]) => Promise<Probe> = probeInOwnProcess,
): Promise<
  { outcome: "kept" | "measured"; profile: MachineProfile } | { outcome: "failed"; reason: string }
> {
  const kept = await readMachine(dataDir);
  if (kept !== null && now.getTime() - Date.parse(kept.measuredAt) < KEEP_MS) {
    return { outcome: "kept", profile: kept };
  }
  const all = TensorBackendName.options;
  let found = await probe(all);
  if (found.outcome === "failed" && found.crashed) {
    const { reason } = found;
    const natives = all.filter((name) => name.startsWith("tfjs-node"));
    found = await probe(all.filter((name) => !natives.includes(name)));
    if (found.outcome === "measured") {
      found.profile.refused.unshift(...natives.map((backend) => ({ backend, reason })));
    }
  }
  if (found.outcome === "failed") return { outcome: "failed", reason: found.reason };
  try {
    await mkdir(dataDir, { recursive: true });
    const temporary = `${fileIn(dataDir)}.${process.pid}`;
    await writeFile(temporary, JSON.stringify(found.profile, null, 2), "utf8");
    await rename(temporary, fileIn(dataDir));
  } catch (error) {
    return { outcome: "failed", reason: error instanceof Error ? error.message : say("notWritten") };
  }
  return { outcome: "measured", profile: found.profile };
}

function probeInOwnProcess(names: readonly TensorBackendName[]): Promise<Probe> {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(new URL("./probe-machine.ts", import.meta.url)), [...names], {
      // The worker may run without a loader of its own (already compiled by one that patched the parent only).
      execArgv: process.execArgv.length > 0 ? process.execArgv : ["--import", "tsx"],
      stdio: "ignore",
      timeout: PROBE_LIMIT_MS,
      killSignal: "SIGKILL",
    });
    let said: Probe | null = null;
    child.on("message", (message) => {
      const parsed = ProbeMessage.safeParse(message);
      if (!parsed.success) return;
      said =
        "profile" in parsed.data
          ? { outcome: "measured", profile: parsed.data.profile }
          : { outcome: "failed", reason: parsed.data.problem, crashed: false };
    });
    child.on("error", (error) => resolve({ outcome: "failed", reason: error.message, crashed: false }));
    child.on("exit", (code, signal) => {
      const reason = say("probeEnded", { how: signal ?? say("exitCode", { code: String(code) }) });
      resolve(said ?? { outcome: "failed", reason, crashed: true });
    });
  });
}

function fileIn(dataDir: string): string {
  return join(dataDir, "machine.json");
}
