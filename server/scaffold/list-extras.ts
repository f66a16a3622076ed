import type { RagPilotConfig } from "./rag-schema.ts";

/** Names of optional dependencies in the pilot's pyproject.toml, in the order of the alphabet. */
export type PilotExtra = "graph" | "neural" | "pgvector" | "pinecone" | "qdrant" | "weaviate";

/** What a configuration needs beside the default environment, which has no torch and no client of a server. */
export function listExtras({ answer, retrieval }: RagPilotConfig): PilotExtra[] {
  const { store, embedder } = retrieval;
  const extras: PilotExtra[] = [];
  if (answer.orchestration === "graph") extras.push("graph");
  if (embedder !== "lsa" || answer.mode === "transformers" || store === "torch") extras.push("neural");
  if (store === "pgvector" || store === "pinecone" || store === "qdrant" || store === "weaviate") {
    extras.push(store);
  }
  return extras;
}
