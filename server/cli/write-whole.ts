import { randomBytes } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { sayRoom } from "#server/messages/say.ts";
import { sayDiskError } from "#server/scaffold/archive.ts";

const say = sayRoom("errors");

/** The old file or the new one, never half of it. @throws PilotageError STORAGE_FULL, STORAGE_READ_ONLY */
export async function writeWhole(path: string, text: string): Promise<void> {
  const part = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.part`);
  try {
    await writeFile(part, text);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw sayDiskError(error, say("STORAGE_FULL.report", { path }));
  }
}
