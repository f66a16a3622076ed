import { sha256Of } from "./canonical-json.ts";
import { type HandoverInput, renderHandover, toJsonFile } from "./render-handover.ts";
import type { Manifest, ManifestEntry } from "./schema.ts";

export type PilotFile = { path: string; bytes: Uint8Array; executable: boolean };

/**
 * The handed-out pilot: the template byte for byte, except `pilot.json`, plus files under `handover/`. The manifest
 * lists every file but itself; `entries` lists them all.
 */
export function assemblePilot(
  template: { files: PilotFile[] },
  handover: HandoverInput,
): { files: PilotFile[]; manifest: Manifest; entries: ManifestEntry[] } {
  const written = [
    { path: "pilot.json", text: toJsonFile(handover.config) },
    ...renderHandover(handover).map((file) => ({ path: `handover/${file.name}`, text: file.text })),
  ].map(({ path, text }) => ({ path, bytes: new TextEncoder().encode(text), executable: false }));
  const files = [...template.files.filter((file) => file.path !== "pilot.json"), ...written].sort(byPath);
  const listed = files.map(listFile);
  const manifest: Manifest = {
    schemaVersion: 1,
    template: handover.config.template,
    templateVersion: handover.config.templateVersion,
    files: listed,
  };
  const last = { path: "handover/manifest.json", bytes: encode(manifest), executable: false };
  const entries = [...listed, listFile(last)].sort(byPath);
  return { files: [...files, last].sort(byPath), manifest, entries };
}

export function listFile(file: PilotFile): ManifestEntry {
  return {
    path: file.path,
    sha256: sha256Of(file.bytes),
    bytes: file.bytes.length,
    executable: file.executable,
  };
}

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(toJsonFile(value));
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : 1;
}
