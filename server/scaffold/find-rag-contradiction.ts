import { sayRoom } from "#server/messages/say.ts";
import type { RagPilotConfig } from "./rag-schema.ts";

const say = sayRoom("errors");

/** What spans two keys and so cannot stand in the schema. The pilot refuses the same with the same exit code. */
export function findRagContradiction({
  ingest,
  retrieval,
  answer,
  device,
  precision,
}: RagPilotConfig): { path: string; message: string } | null {
  const { chunkCharacters, overlapCharacters } = ingest;
  if (overlapCharacters >= chunkCharacters) {
    const message = say("CONFIG_INVALID.overlap", {
      overlap: String(overlapCharacters),
      chunk: String(chunkCharacters),
    });
    return { path: "ingest.overlapCharacters", message };
  }
  if (retrieval.hnsw.efConstruction < 2 * retrieval.hnsw.m) {
    const message = say("CONFIG_INVALID.efConstruction", { least: String(2 * retrieval.hnsw.m) });
    return { path: "retrieval.hnsw.efConstruction", message };
  }
  if (answer.mode === "transformers" && !answer.model) {
    return { path: "answer.model", message: say("CONFIG_INVALID.localModel") };
  }
  if (answer.mode === "openai_compatible" && (!answer.model || !answer.baseUrl)) {
    const path = answer.model ? "answer.baseUrl" : "answer.model";
    return { path, message: say("CONFIG_INVALID.endpoint") };
  }
  const priced = answer.usdPerMillionTokensIn !== null && answer.usdPerMillionTokensOut !== null;
  if (answer.maxUsdPerQuestion !== null && !priced) {
    return { path: "answer.maxUsdPerQuestion", message: say("CONFIG_INVALID.prices") };
  }
  const usesTorch =
    answer.mode === "transformers" ||
    (retrieval.mode !== "bm25" && (retrieval.embedder !== "lsa" || retrieval.store === "torch"));
  if (!usesTorch && device !== "cpu") {
    return { path: "device", message: say("CONFIG_INVALID.device") };
  }
  if (!usesTorch && precision !== "float32") {
    return { path: "precision", message: say("CONFIG_INVALID.precision") };
  }
  return null;
}
