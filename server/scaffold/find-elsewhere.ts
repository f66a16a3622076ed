import type { RagPilotConfig } from "./rag-schema.ts";

/**
 * Why a run in our own process, which has no network and no model of its own, would measure nothing. A pilot that keeps
 * its days and models where it lies is run by nobody but its owner, on a cluster neither.
 */
export type Elsewhere =
  | "PILOT_RUNS_ITSELF"
  | "ENDPOINT_NOT_REACHABLE"
  | "STORE_NOT_REACHABLE"
  | "MODEL_NOT_HERE"
  | "DEVICE_NOT_HERE";

/** What of a pilot's configuration must run where it is reachable, most telling first; empty: it runs here. */
export function findElsewhere({ answer, retrieval, device }: RagPilotConfig): Elsewhere[] {
  const list: Elsewhere[] = [];
  if (answer.mode === "openai_compatible") list.push("ENDPOINT_NOT_REACHABLE");
  if (isServer(retrieval.store)) list.push("STORE_NOT_REACHABLE");
  if (answer.mode === "transformers" || retrieval.embedder !== "lsa") list.push("MODEL_NOT_HERE");
  if (device !== "cpu") list.push("DEVICE_NOT_HERE");
  return list;
}

function isServer(store: RagPilotConfig["retrieval"]["store"]): boolean {
  return store === "pgvector" || store === "weaviate" || store === "qdrant" || store === "pinecone";
}
