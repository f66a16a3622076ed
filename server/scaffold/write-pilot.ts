import { randomBytes } from "node:crypto";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import {
  basename,
  dirname,
  join,
  mkdir,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from "#server/untraced-files.ts";
import { packArchive, sayDiskError, writePilot } from "./archive.ts";
import type { PilotFile } from "./assemble-pilot.ts";

const cannotCreate = 73;
const say = sayRoom("errors");

/**
 * Writes a pilot to a new folder, or to a new file when the name ends in `.zip`. Whole or not at all: it is written
 * beside the target under another name and then moved there.
 *
 * @returns the sha256 of the archive, which is the same for a folder of the same pilot
 * @throws PilotageError OUT_EXISTS, OUT_UNWRITABLE (73), STORAGE_FULL (74), STORAGE_READ_ONLY (77)
 */
export async function handOutPilot(files: PilotFile[], out: string): Promise<{ sha256: string }> {
  const archive = packArchive(files);
  const asFile = out.endsWith(".zip");
  await checkFree(out, asFile);
  const part = join(dirname(out), `.${basename(out)}.${randomBytes(6).toString("hex")}.part`);
  try {
    if (asFile) {
      await writeFile(part, archive.bytes, { flag: "wx" });
    } else {
      await mkdir(part);
      await writePilot(files, part);
    }
    await rename(part, out);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    const said = sayDiskError(error, say("STORAGE_FULL.handOut", { path: out }));
    if (said instanceof PilotageError) throw said;
    throw new PilotageError("invalid", "OUT_UNWRITABLE", say("OUT_UNWRITABLE.file", { path: out }), {
      exitCode: cannotCreate,
    });
  }
  return { sha256: archive.sha256 };
}

async function checkFree(out: string, asFile: boolean): Promise<void> {
  const parent = await stat(dirname(out)).catch(() => null);
  if (!parent?.isDirectory()) {
    throw new PilotageError(
      "invalid",
      "OUT_UNWRITABLE",
      say("OUT_UNWRITABLE.folder", { folder: dirname(out) }),
      {
        exitCode: cannotCreate,
      },
    );
  }
  const there = await stat(out).catch(() => null);
  if (there === null) return;
  const isEmptyFolder = there.isDirectory() && !asFile && (await readdir(out)).length === 0;
  if (isEmptyFolder) return;
  throw new PilotageError("invalid", "OUT_EXISTS", say("OUT_EXISTS.said", { path: out }), {
    exitCode: cannotCreate,
    hint: say("OUT_EXISTS.hint"),
  });
}
