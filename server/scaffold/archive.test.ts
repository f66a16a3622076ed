import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keepArchive, packArchive, readArchive, unpackArchive, writePilot } from "./archive.ts";
import { listFile, type PilotFile } from "./assemble-pilot.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const files: PilotFile[] = [
  { path: "src/app.py", bytes: bytes("print('ok')\n".repeat(50)), executable: false },
  { path: "Makefile", bytes: bytes("setup:\n"), executable: false },
  { path: "tools/setup.sh", bytes: bytes("#!/bin/sh\n"), executable: true },
];
const manifest = files.map(listFile);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pilotage-archive-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the archive", () => {
  test("has the same bytes whatever the order of the files and the time zone of the machine", () => {
    const program = `
      const { packArchive } = await import(${JSON.stringify(new URL("./archive.ts", import.meta.url).href)});
      const files = JSON.parse(process.argv[1]).map((f) => ({ ...f, bytes: Buffer.from(f.bytes, "base64") }));
      process.stdout.write(new Date(2020, 0, 1).getTimezoneOffset() + " " + packArchive(files).sha256);
    `;
    const input = JSON.stringify(
      [...files].reverse().map((file) => ({ ...file, bytes: Buffer.from(file.bytes).toString("base64") })),
    );
    const told = ["UTC", "Asia/Kolkata", "America/New_York"].map((zone) =>
      execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program, input], {
        env: { ...process.env, TZ: zone },
        encoding: "utf8",
      }).split(" "),
    );
    expect(told.map(([offset]) => offset)).toEqual(["0", "-330", "300"]);
    expect(new Set(told.map(([, sha256]) => sha256))).toEqual(new Set([packArchive(files).sha256]));
  }, 60_000);

  test("opens in another program with the names, modes and contents that went in", () => {
    const program = [
      "import io, json, sys, zipfile",
      "z = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))",
      "assert z.testzip() is None",
      "print(json.dumps([[i.filename, oct(i.external_attr >> 16), list(i.date_time), i.file_size] for i in z.infolist()]))",
    ].join("\n");
    const listing = execFileSync("python3", ["-c", program], {
      input: packArchive(files).bytes,
      encoding: "utf8",
    });
    const date = [2020, 1, 1, 0, 0, 0];
    expect(JSON.parse(listing)).toEqual([
      ["Makefile", "0o100644", date, 7],
      ["src/app.py", "0o100644", date, 600],
      ["tools/setup.sh", "0o100755", date, 10],
    ]);
  });

  test("unpacks to the files that were packed, with their modes", async () => {
    const archive = packArchive(files);
    await keepArchive(folder, archive);
    const read = await readArchive(folder, archive.sha256);
    await writePilot(unpackArchive(read, archive.sha256, manifest), join(folder, "pilot"));
    expect(await readFile(join(folder, "pilot/src/app.py"))).toEqual(Buffer.from(files[0]?.bytes ?? []));
    expect((await stat(join(folder, "pilot/tools/setup.sh"))).mode & 0o100).toBe(0o100);
  });

  test("is refused when one byte of it changed", () => {
    const archive = packArchive(files);
    const changed = Uint8Array.from(archive.bytes);
    changed[40] = (changed[40] ?? 0) ^ 1;
    expect(() => unpackArchive(changed, archive.sha256, manifest)).toThrow(
      "its hash is not the one on record",
    );
  });

  test("is refused when it holds another list of files, or another content, than the record says", () => {
    const archive = packArchive(files);
    expect(() => unpackArchive(archive.bytes, archive.sha256, manifest.slice(1))).toThrow("list of files");
    const other = manifest.map((entry) => ({ ...entry, sha256: "0".repeat(64) }));
    expect(() => unpackArchive(archive.bytes, archive.sha256, other)).toThrow("was changed");
  });

  test.each(["../x", "/etc/passwd", "a/../../b", "a\\b", "a b", "./a", "a/.."])(
    "never takes the name %j",
    (path) => {
      expect(() => packArchive([{ path, bytes: bytes(""), executable: false }])).toThrow("not allowed");
    },
  );

  test("that is gone says so", async () => {
    await expect(readArchive(folder, "0".repeat(64))).rejects.toMatchObject({ code: "ARCHIVE_MISSING" });
  });

  test("never overwrites a file of somebody", async () => {
    await writePilot(files, folder);
    await expect(writePilot(files, folder)).rejects.toMatchObject({ code: "EEXIST" });
  });
});
