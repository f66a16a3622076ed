import { toCanonicalJson } from "#server/scaffold/canonical-json.ts";
import { openConfig } from "#server/scaffold/open-config.ts";
import type { PilotConfig } from "#server/scaffold/schema.ts";

/** The same promise, measured: what a run chooses for itself (how long, on which documents) may differ, all else is sealed. */
export function isSameSpec(handedOut: PilotConfig, measured: PilotConfig): boolean {
  return toCanonicalJson(openConfig(handedOut).promised) === toCanonicalJson(openConfig(measured).promised);
}
