import type { SweepPoint } from "#server/benchmark/job-schema.ts";
import { varyConfig } from "#server/benchmark/vary-config.ts";
import type { PilotFile } from "#server/scaffold/assemble-pilot.ts";

/**
 * The handed-out files with the point's values in `pilot.json`. The archive is checked against its hash before, so this
 * is the one byte sequence that differs from what was handed out, and it says which point it is.
 */
export function varyPilot(files: PilotFile[], point: SweepPoint | undefined): PilotFile[] {
  if (point === undefined) return files;
  return files.map((file) => (file.path === "pilot.json" ? { ...file, bytes: varyBytes(file.bytes) } : file));

  function varyBytes(bytes: Uint8Array): Uint8Array {
    const config = JSON.parse(new TextDecoder().decode(bytes));
    return new TextEncoder().encode(`${JSON.stringify(varyConfig(config, point), null, 2)}\n`);
  }
}
