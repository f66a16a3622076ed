import { toCanonicalJson } from "#server/scaffold/canonical-json.ts";
import type { RagPilotConfig } from "#server/scaffold/schema.ts";

/** The same promise, measured: how long the load ran and on which documents is a choice of the run, all else is sealed. */
export function isSameSpec(handedOut: RagPilotConfig, measured: RagPilotConfig): boolean {
  return toCanonicalJson(sealedPart(handedOut)) === toCanonicalJson(sealedPart(measured));
}

function sealedPart({ data: _data, workload, ...config }: RagPilotConfig): unknown {
  const { runs: _runs, requestsPerRun: _requests, ...load } = workload;
  return { ...config, load };
}
