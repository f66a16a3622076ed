import { unzipSync, type Zippable, zipSync } from "fflate";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { dirname, join, mkdir, open, readFile, rename, rm, writeFile } from "#server/untraced-files.ts";
import { listFile, type PilotFile } from "./assemble-pilot.ts";
import { sha256Of } from "./canonical-json.ts";
import type { ManifestEntry } from "./schema.ts";

const say = sayRoom("errors");

/** A hand-out is some hundred small files; what unpacks to more was not packed here. */
const unpackedLimitBytes = 200 * 1024 * 1024;
/** The names of our templates: relative, POSIX, no dot folder that leads upwards. */
const safePath = /^(?!\/)(?!(.*\/)?\.{1,2}(\/|$))[A-Za-z0-9._/-]+$/;

/**
 * The same bytes on every machine: sorted entries, fixed modes and one date. The zip format keeps local time without
 * a zone and fflate reads it with local getters, so the date must be made from local parts: a UTC date would move
 * with the time zone.
 */
export function packArchive(files: PilotFile[]): { bytes: Uint8Array; sha256: string } {
  const mtime = new Date(2020, 0, 1);
  const entries: Zippable = {};
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const mode = 0o100000 | (file.executable ? 0o755 : 0o644);
    // `os: 3` is Unix; the mode stands in the upper half of the attributes.
    entries[checkPath(file.path)] = [file.bytes, { mtime, os: 3, attrs: mode * 65_536, level: 6 }];
  }
  const bytes = zipSync(entries);
  return { bytes, sha256: sha256Of(bytes) };
}

/**
 * @throws PilotageError ARCHIVE_DAMAGED when the archive's hash, or one file, is not what was handed out
 */
export function unpackArchive(bytes: Uint8Array, sha256: string, manifest: ManifestEntry[]): PilotFile[] {
  if (sha256Of(bytes) !== sha256) throw damaged(say("ARCHIVE_DAMAGED.hash"));
  const claimed = manifest.reduce((sum, entry) => sum + entry.bytes, 0);
  if (claimed > unpackedLimitBytes) throw damaged(say("ARCHIVE_DAMAGED.size"));
  const unpacked = unzipSync(bytes);
  const names = Object.keys(unpacked).sort();
  const listed = manifest.map((entry) => entry.path).sort();
  if (names.join("\n") !== listed.join("\n")) throw damaged(say("ARCHIVE_DAMAGED.files"));
  return manifest.map((entry) => {
    const file = {
      path: checkPath(entry.path),
      bytes: unpacked[entry.path] ?? new Uint8Array(),
      executable: entry.executable,
    };
    if (listFile(file).sha256 !== entry.sha256)
      throw damaged(say("ARCHIVE_DAMAGED.fileChanged", { path: entry.path }));
    return file;
  });
}

/** Writes a pilot into a new folder. Refuses to overwrite a file. */
export async function writePilot(files: PilotFile[], folder: string): Promise<void> {
  for (const file of files) {
    const path = join(folder, checkPath(file.path));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.bytes, { flag: "wx", mode: file.executable ? 0o755 : 0o644 });
  }
}

/** Archives lie under their hash: writing one twice is one file, and a crash leaves the old state or the new. */
export async function keepArchive(
  folder: string,
  archive: { bytes: Uint8Array; sha256: string },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${archive.sha256}.${process.pid}.part`);
  try {
    const handle = await open(temporary, "w", 0o644);
    try {
      await handle.writeFile(archive.bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, archivePath(folder, archive.sha256));
  } catch (error) {
    await rm(temporary, { force: true });
    throw sayDiskError(error, say("STORAGE_FULL.archive"));
  }
}

/** @throws PilotageError ARCHIVE_MISSING */
export async function readArchive(folder: string, sha256: string): Promise<Uint8Array> {
  return readFile(archivePath(folder, sha256)).catch(() => {
    throw new PilotageError("absent", "ARCHIVE_MISSING", say("ARCHIVE_MISSING.said"), {
      hint: say("ARCHIVE_MISSING.hint"),
    });
  });
}

/** A full disk and a read-only folder are the operator's to mend, and must not look like a fault of the program. */
export function sayDiskError(error: unknown, message: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new PilotageError("unavailable", "STORAGE_FULL", message, {
      hint: say("STORAGE_FULL.hint"),
      exitCode: 74,
    });
  }
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return new PilotageError("forbidden", "STORAGE_READ_ONLY", message, {
      hint: say("STORAGE_READ_ONLY.hint"),
    });
  }
  return error;
}

function archivePath(folder: string, sha256: string): string {
  return join(folder, `${checkPath(sha256)}.zip`);
}

function checkPath(path: string): string {
  if (!safePath.test(path)) throw damaged(say("ARCHIVE_DAMAGED.fileName"));
  return path;
}

function damaged(why: string): PilotageError {
  return new PilotageError("invalid", "ARCHIVE_DAMAGED", say("ARCHIVE_DAMAGED.said", { why }));
}
