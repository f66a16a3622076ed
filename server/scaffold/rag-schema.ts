import * as z from "zod";
import {
  defineTarget,
  PilotProject,
  PilotTitle,
  TemplateVersion,
  VariableName,
  Workload,
} from "./pilot-schema.ts";

/** The name of a measured quantity, as it stands in `pilot.json` targets and in `report.json` metrics. */
export const RagMetric = z.enum([
  "answer_accuracy",
  "refusal_accuracy",
  "precision_at_k",
  "recall_at_k",
  "mrr",
  "ndcg_at_k",
  "latency_p50_ms",
  "latency_p95_ms",
  "latency_p99_ms",
  "error_share",
  "throughput_rps",
  "usd_per_1k",
]);
export type RagMetric = z.infer<typeof RagMetric>;

export const RagTarget = defineTarget(RagMetric);
export type RagTarget = z.infer<typeof RagTarget>;

/** `pilot.json` of the RAG pilot: the one file that the app writes to configure it. */
export const RagPilotConfig = z.strictObject({
  schemaVersion: z.literal(1),
  template: z.literal("rag"),
  templateVersion: TemplateVersion,
  projectId: PilotProject,
  title: PilotTitle,
  targets: z.array(RagTarget).min(1).max(12),
  workload: Workload,
  data: z.strictObject({
    /** Folder in BEIR layout, relative to the pilot, or absolute. */
    path: z.string().min(1).max(400),
  }),
  ingest: z.strictObject({
    chunkCharacters: z.int().min(100).max(10_000),
    /** Must be smaller than `chunkCharacters`; the pilot refuses anything else with exit 78. */
    overlapCharacters: z.int().min(0).max(5_000),
  }),
  retrieval: z.strictObject({
    mode: z.enum(["bm25", "dense", "hybrid"]),
    /** "lsa", fitted on the corpus, or a sentence-transformers model by name or local path. */
    embedder: z.string().min(1).max(400),
    /** Of lsa only; a trained model brings its own. */
    dimensions: z.int().min(2).max(1024),
    k: z.int().min(1).max(50),
    fusion: z.enum(["convex", "rrf"]),
    /** Share of the dense score in the convex combination, 0 to 1. */
    denseWeight: z.number().min(0).max(1),
    store: z.enum(["faiss_exact", "faiss_hnsw", "torch", "pgvector", "weaviate", "qdrant", "pinecone"]),
    /** The name of the environment variable that holds the server's address, never the address. */
    storeUrlVariable: VariableName,
    /** Limits are the narrowest of the stores that read them (pgvector). */
    hnsw: z.strictObject({
      m: z.int().min(4).max(100),
      /** At least twice `m`; the pilot refuses anything else with exit 78. */
      efConstruction: z.int().min(8).max(1000),
      efSearch: z.int().min(1).max(1000),
    }),
    /** With "audience" a document is searched only for readers of one of its audiences. */
    permissions: z.enum(["off", "audience"]),
  }),
  answer: z.strictObject({
    mode: z.enum(["extractive", "openai_compatible", "transformers"]),
    model: z.string().min(1).max(200).nullable(),
    baseUrl: z.url({ protocol: /^https?$/ }).nullable(),
    /** Of the endpoint's key. */
    apiKeyVariable: VariableName,
    timeoutSeconds: z.number().positive().max(600),
    maxRetries: z.int().min(0).max(10),
    /** Evidence below this score (0 to 1) is thin: the pilot refuses instead of guessing. */
    refuseBelow: z.number().min(0).max(1),
    usdPerMillionTokensIn: z.number().min(0).max(10_000).nullable(),
    usdPerMillionTokensOut: z.number().min(0).max(10_000).nullable(),
    orchestration: z.enum(["chain", "graph"]),
    /** Model calls and searches of one question, when the graph decides them. */
    maxSteps: z.int().min(1).max(50),
    /** Needs both prices. */
    maxUsdPerQuestion: z.number().positive().max(1000).nullable(),
    maxConcurrency: z.int().min(1).max(256),
    /** Turns of a conversation that a question may look back on; 0 = each question stands alone. */
    historyTurns: z.int().min(0).max(50),
    /** 0 = no cache. */
    cacheEntries: z.int().min(0).max(1_000_000),
  }),
  guard: z.strictObject({
    /** What happens to a chunk that reads like an instruction. */
    injection: z.enum(["off", "flag", "drop"]),
    /** In logs and in what is sent to a model. */
    personalData: z.enum(["off", "mask"]),
  }),
  serve: z.strictObject({
    host: z.literal("127.0.0.1"),
    port: z.int().min(0).max(65_535),
    /** Null = no key is asked for. */
    apiKeyVariable: VariableName.nullable(),
    requestsPerMinute: z.int().min(1).max(1_000_000).nullable(),
    maxQuestionCharacters: z.int().min(1).max(100_000),
  }),
  device: z.enum(["cpu", "cuda"]),
  precision: z.enum(["float32", "bfloat16"]),
});
export type RagPilotConfig = z.infer<typeof RagPilotConfig>;

/** What a person may choose on the page; null or absent = what the brief says, else what the template ships. */
export const PilotChoices = z
  .strictObject({
    accuracyShare: z.number().min(0.5).max(0.99).nullable().optional(),
    latencyP95Ms: z.int().min(1).max(600_000).nullable().optional(),
    retrievalMode: RagPilotConfig.shape.retrieval.shape.mode.nullable().optional(),
    k: RagPilotConfig.shape.retrieval.shape.k.nullable().optional(),
    answerMode: RagPilotConfig.shape.answer.shape.mode.nullable().optional(),
    model: z.string().trim().min(1).max(200).nullable().optional(),
    baseUrl: z
      .url({ protocol: /^https?$/ })
      .max(400)
      .nullable()
      .optional(),
    store: RagPilotConfig.shape.retrieval.shape.store.nullable().optional(),
    embedder: z.string().trim().min(1).max(400).nullable().optional(),
    permissions: RagPilotConfig.shape.retrieval.shape.permissions.nullable().optional(),
    orchestration: RagPilotConfig.shape.answer.shape.orchestration.nullable().optional(),
    historyTurns: RagPilotConfig.shape.answer.shape.historyTurns.nullable().optional(),
    cacheEntries: RagPilotConfig.shape.answer.shape.cacheEntries.nullable().optional(),
    injection: RagPilotConfig.shape.guard.shape.injection.nullable().optional(),
    personalData: RagPilotConfig.shape.guard.shape.personalData.nullable().optional(),
    device: RagPilotConfig.shape.device.nullable().optional(),
  })
  .superRefine((choices, ctx) => {
    if (choices.answerMode === "transformers" && !choices.model) {
      ctx.addIssue({ code: "custom", path: ["model"], message: "A local model needs a name or a path." });
    }
    if (choices.answerMode !== "openai_compatible") return;
    for (const key of ["model", "baseUrl"] as const) {
      if (choices[key]) continue;
      ctx.addIssue({
        code: "custom",
        path: [key],
        message: "An endpoint needs both a model name and an address.",
      });
    }
  });
export type PilotChoices = z.infer<typeof PilotChoices>;
