import * as z from "zod";

/** The name of a measured quantity, as it stands in `pilot.json` targets and in `report.json` metrics. */
export const MetricName = z.enum([
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
export type MetricName = z.infer<typeof MetricName>;

/** What the pilot promised before it was measured. Comparison is strict: a value equal to the target misses it. */
export const Target = z.strictObject({
  metric: MetricName,
  comparison: z.enum(["gt", "lt"]),
  value: z.number().min(0).max(1e9),
  /** One-sided. 0.95 is the house default (alpha 0.05); nothing below it may be called proof. */
  confidence: z.number().min(0.9).max(0.999).default(0.95),
});
export type Target = z.infer<typeof Target>;

/** Open-loop load. Under ten runs independence cannot be shown, so every verdict on latency would be inconclusive. */
export const Workload = z.strictObject({
  arrivals: z.enum(["poisson", "constant"]),
  arrivalsPerSecond: z.number().positive().max(1000),
  runs: z.int().min(1).max(100),
  requestsPerRun: z.int().min(1).max(10_000),
  warmupRequests: z.int().min(0).max(1000),
  timeoutSeconds: z.number().positive().max(600),
  seed: z.int().min(0).max(2_147_483_647),
});
export type Workload = z.infer<typeof Workload>;

/** Free text of people: NFC, no control or direction characters. It lives in data files only, never in code or paths. */
export const PilotTitle = z
  .string()
  .min(1)
  // Code points, as JSON Schema and the pilot count; zod's own `max` would count a rocket twice.
  .refine((title) => [...title].length <= 120, { message: "A title has at most 120 characters" })
  .meta({ maxLength: 120 });

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The name of an environment variable, never what it holds. */
const VariableName = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/);

/** `pilot.json` of the RAG pilot: the one file that the app writes to configure it. */
export const RagPilotConfig = z.strictObject({
  schemaVersion: z.literal(1),
  template: z.literal("rag"),
  templateVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
  /** Null when handed out by the terminal. */
  projectId: z
    .string()
    .regex(/^prj_[0-9A-HJKMNP-TV-Z]{26}$/)
    .nullable(),
  title: PilotTitle,
  targets: z.array(Target).min(1).max(12),
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

/** One handed-out file. Paths are relative and POSIX. */
export const ManifestEntry = z.strictObject({
  path: z.string().min(1).max(300),
  sha256: Sha256,
  bytes: z.int().min(0),
  executable: z.boolean(),
});
export type ManifestEntry = z.infer<typeof ManifestEntry>;

/** What the app writes for a project; every other file is the template's, also the documents to fill in. */
export const WRITTEN_PATHS: ReadonlySet<string> = new Set([
  "pilot.json",
  ...["charter.md", "decision.json", "manifest.json", "owners.md", "plan.json", "targets.json"].map(
    (name) => `handover/${name}`,
  ),
]);

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

/** A pick of the decision that the pilot does not run, and what it runs instead. */
export const NotExercised = z.strictObject({ layer: z.string(), pick: z.string(), why: z.string() });
export type NotExercised = z.infer<typeof NotExercised>;

/** `handover/manifest.json`: what was handed out, without itself. */
export const Manifest = z.strictObject({
  schemaVersion: z.literal(1),
  template: z.literal("rag"),
  templateVersion: RagPilotConfig.shape.templateVersion,
  files: z.array(ManifestEntry).max(2_000),
});
export type Manifest = z.infer<typeof Manifest>;

/** One row of the list of hand-outs. */
export const Scaffold = z.strictObject({
  id: z.string().regex(/^scf_[0-9A-HJKMNP-TV-Z]{26}$/),
  template: z.literal("rag"),
  templateVersion: RagPilotConfig.shape.templateVersion,
  config: RagPilotConfig,
  configSha256: Sha256,
  archiveSha256: Sha256,
  manifest: z.array(ManifestEntry),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type Scaffold = z.infer<typeof Scaffold>;
