import { describe, expect, it } from "vitest";
import { makeConfig } from "#server/testing/make-report.ts";
import { findElsewhere } from "./find-elsewhere.ts";
import { listExtras } from "./list-extras.ts";
import type { RagPilotConfig } from "./rag-schema.ts";

type Change = {
  retrieval?: Partial<RagPilotConfig["retrieval"]>;
  answer?: Partial<RagPilotConfig["answer"]>;
  device?: RagPilotConfig["device"];
};
const base = makeConfig();
const configOf = ({ retrieval, answer, device }: Change): RagPilotConfig => ({
  ...base,
  retrieval: { ...base.retrieval, ...retrieval },
  answer: { ...base.answer, ...answer },
  device: device ?? base.device,
});

describe("where a configuration can run, and what must be installed for it", () => {
  it.each<[string, Change, string[], string[]]>([
    ["the template as it ships", {}, [], []],
    ["a graph", { answer: { orchestration: "graph" } }, [], ["graph"]],
    ["FAISS with a graph inside", { retrieval: { store: "faiss_hnsw" } }, [], []],
    ["exact search in torch", { retrieval: { store: "torch" } }, [], ["neural"]],
    ["an endpoint", { answer: { mode: "openai_compatible" } }, ["ENDPOINT_NOT_REACHABLE"], []],
    ["PostgreSQL", { retrieval: { store: "pgvector" } }, ["STORE_NOT_REACHABLE"], ["pgvector"]],
    ["Weaviate", { retrieval: { store: "weaviate" } }, ["STORE_NOT_REACHABLE"], ["weaviate"]],
    [
      "a named embedding model",
      { retrieval: { embedder: "all-MiniLM-L6-v2" } },
      ["MODEL_NOT_HERE"],
      ["neural"],
    ],
    ["a local answering model", { answer: { mode: "transformers" } }, ["MODEL_NOT_HERE"], ["neural"]],
    [
      "everything at once",
      {
        retrieval: { store: "qdrant", embedder: "x" },
        answer: { mode: "openai_compatible", orchestration: "graph" },
        device: "cuda",
      },
      ["ENDPOINT_NOT_REACHABLE", "STORE_NOT_REACHABLE", "MODEL_NOT_HERE", "DEVICE_NOT_HERE"],
      ["graph", "neural", "qdrant"],
    ],
  ])("%s", (_, change, elsewhere, extras) => {
    expect(findElsewhere(configOf(change))).toEqual(elsewhere);
    expect(listExtras(configOf(change))).toEqual(extras);
  });
});
