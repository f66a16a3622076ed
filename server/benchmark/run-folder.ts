import * as z from "zod";
import { WorkspaceId } from "#server/identity/schema.ts";
import { join, mkdir, open, readdir, readFile, rename, rm } from "#server/untraced-files.ts";
import { JobId } from "./job-schema.ts";

/**
 * What a worker writes down before it starts a pilot, so that whoever comes after its death can end the orphan and
 * give the lease back at once. Readable by this user only: it holds the lease's token.
 */
export const RunState = z.strictObject({
  lease: z.strictObject({
    workspaceId: WorkspaceId,
    jobId: JobId,
    attempt: z.int().min(1),
    token: z.string().min(20),
  }),
  worker: z.strictObject({ pid: z.int(), identity: z.string() }),
  /** Null until the pilot started. */
  pilot: z.strictObject({ pid: z.int(), identity: z.string() }).nullable(),
});
export type RunState = z.infer<typeof RunState>;

const stateFile = "state.json";

/** `<dataDir>/runs/<job>/<attempt>`: made empty. */
export async function makeRunFolder(dataDir: string, jobId: string, attempt: number): Promise<string> {
  const folder = runFolder(dataDir, jobId, attempt);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Old or new, never half: a crash in the middle must not hide an orphan. */
export async function writeRunState(folder: string, state: RunState): Promise<void> {
  const temporary = join(folder, `.${stateFile}`);
  const handle = await open(temporary, "w", 0o600);
  try {
    await handle.writeFile(JSON.stringify(state));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, join(folder, stateFile));
}

/** Every run folder that is left, with what is known about it; null = it never got as far as a state. */
export async function listRunFolders(dataDir: string): Promise<{ folder: string; state: RunState | null }[]> {
  const runs = join(dataDir, "runs");
  const found: { folder: string; state: RunState | null }[] = [];
  for (const jobId of await readdir(runs).catch(() => [])) {
    for (const attempt of await readdir(join(runs, jobId)).catch(() => [])) {
      const folder = join(runs, jobId, attempt);
      const text = await readFile(join(folder, stateFile), "utf8").catch(() => null);
      found.push({
        folder,
        state: text === null ? null : (RunState.safeParse(parseJson(text)).data ?? null),
      });
    }
  }
  return found;
}

/** The run's folder and, when it was the last, its job's. */
export async function removeRunFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  const job = join(folder, "..");
  if ((await readdir(job).catch(() => ["unreadable"])).length === 0) {
    await rm(job, { recursive: true, force: true });
  }
}

function runFolder(dataDir: string, jobId: string, attempt: number): string {
  return join(dataDir, "runs", JobId.parse(jobId), String(attempt));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
