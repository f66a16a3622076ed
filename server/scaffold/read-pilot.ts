import { join, readFile } from "#server/untraced-files.ts";
import { listFile, type PilotFile } from "./assemble-pilot.ts";
import { sha256Of } from "./canonical-json.ts";
import { findChanges, type PilotChange } from "./find-changes.ts";
import { readPilotFiles, readTemplate } from "./read-template.ts";
import { Manifest, type ManifestEntry, type PilotConfig } from "./schema.ts";

/**
 * How a pilot's folder differs from what this app hands out: its code against the app's own template, its
 * `pilot.json` against the manifest that came with it. A pilot of another template version counts as changed, because
 * there is nothing here to compare it with.
 */
export async function findPilotChanges(pilotDir: string, config: PilotConfig): Promise<PilotChange[]> {
  const template = await readTemplate(config.template);
  const found = await readPilotFiles(pilotDir);
  const changes = findChanges(measured(found), measured(template.files), ["pilot.json"]);
  const sealed = await readSealedConfig(pilotDir);
  const own = found.find((file) => file.path === "pilot.json");
  const isSealed = sealed === null || own === undefined || sealed === sha256Of(own.bytes);
  const isKnownVersion = config.templateVersion === template.config.templateVersion;
  if (isSealed && isKnownVersion) return changes;
  return [...changes, { path: "pilot.json", change: "edited" }];
}

/** Documents are there to be filled in; only what can change a measurement counts as changed. */
function measured(files: PilotFile[]): ManifestEntry[] {
  return files.map(listFile).filter(({ path }) => !path.startsWith("handover/"));
}

/** The hash of `pilot.json` when it was handed out; null for a pilot that never was (the template itself). */
async function readSealedConfig(pilotDir: string): Promise<string | null> {
  const text = await readFile(join(pilotDir, "handover", "manifest.json"), "utf8").catch(() => null);
  if (text === null) return null;
  try {
    const manifest = Manifest.parse(JSON.parse(text));
    return manifest.files.find((file) => file.path === "pilot.json")?.sha256 ?? "";
  } catch {
    return "";
  }
}
