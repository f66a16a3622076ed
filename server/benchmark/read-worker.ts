import * as z from "zod";
import { join, mkdir, readFile, rename, writeFile } from "#server/untraced-files.ts";
import { beatMs } from "./advance-job.ts";
import { Isolation } from "./job-schema.ts";

/** `<dataDir>/worker.json`: that the worker lives, and what walls this machine gives a pilot. */
export const WorkerBeat = z.strictObject({
  pid: z.int(),
  startedAt: z.iso.datetime(),
  beatAt: z.iso.datetime(),
  isolation: Isolation,
});
export type WorkerBeat = z.infer<typeof WorkerBeat>;

/** Three missed beats: it is restarted within seconds, so this is not a passing matter. */
const silentMs = 3 * beatMs;

export async function writeWorkerBeat(dataDir: string, beat: WorkerBeat): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const temporary = join(dataDir, `.worker.json.${beat.pid}`);
  await writeFile(temporary, JSON.stringify(beat));
  await rename(temporary, join(dataDir, "worker.json"));
}

/** Null when no worker beats on this machine: jobs wait until one does. */
export async function readWorker(dataDir: string, now: Date): Promise<WorkerBeat | null> {
  try {
    const beat = WorkerBeat.parse(JSON.parse(await readFile(join(dataDir, "worker.json"), "utf8")));
    return now.getTime() - Date.parse(beat.beatAt) <= silentMs ? beat : null;
  } catch {
    return null;
  }
}
