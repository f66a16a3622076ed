import type { Condition, Evidence } from "./schema.ts";

export const RISK_KINDS = [
  "performance",
  "scalability",
  "team",
  "drift",
  "security",
  "compliance",
  "silent_failure",
  "vendor_price",
] as const;
export type RiskKind = (typeof RISK_KINDS)[number];

export type LayerRisk = {
  id: string;
  layer: string;
  kind: RiskKind;
  /** Only where one of these options is chosen; null for whatever is chosen. */
  options: string[] | null;
  when: Condition;
  because: string;
  evidence: Evidence;
};

const always: Condition = { always: true };

/** Beside fitness: what an option that fits may still cost. No points; they stand next to the pick and its rivals. */
export const LAYER_RISKS: LayerRisk[] = [
  {
    id: "api-wrapper",
    layer: "api",
    kind: "performance",
    options: ["py_fastapi"],
    when: {
      any: [
        { q: "latency_ms", lt: 100 },
        { q: "hard_realtime", eq: true },
      ],
    },
    because: "The wrapper's own time counts inside so tight a budget. Measure it apart from the model.",
    evidence: { source: "polyglot-2025", place: "Wrapper cost" },
  },
  {
    id: "api-load",
    layer: "api",
    kind: "scalability",
    options: ["py_fastapi"],
    when: { q: "peak_rps", gte: 1000 },
    because: "At a thousand requests a second more processes are needed for the same load.",
    evidence: { source: "polyglot-2025", place: "Scale" },
  },
  {
    id: "api-blocking",
    layer: "api",
    kind: "scalability",
    options: ["py_fastapi"],
    when: { q: "legacy_sync", eq: true },
    because: "One blocking call in the path stops every request of its process.",
    evidence: { source: "ten-skills-2026", place: "Interfaces" },
  },
  {
    id: "orchestration-loops",
    layer: "orchestration",
    kind: "silent_failure",
    options: ["py_graph"],
    when: always,
    because: "An agent can run in circles and call it work. It needs limits on steps, time and cost.",
    evidence: { source: "ten-skills-2026", place: "Agentic systems" },
  },
  {
    id: "orchestration-injection",
    layer: "orchestration",
    kind: "security",
    options: null,
    when: always,
    because:
      "Instructions hidden in documents and questions reach the model. They are stopped before it, not by it.",
    evidence: { source: "owasp-llm-2025", place: "LLM01, prompt injection" },
  },
  {
    id: "orchestration-agency",
    layer: "orchestration",
    kind: "security",
    options: null,
    when: { q: "autonomy", in: ["act_with_approval", "act_autonomously"] },
    because: "What acts can do harm: rights, limits and approvals come before tools.",
    evidence: { source: "owasp-agentic-2026", place: "ASI01 to ASI10" },
  },
  {
    id: "hotpath-processes",
    layer: "hotpath",
    kind: "performance",
    options: ["py_multiprocessing"],
    when: always,
    because:
      "The speed-up is close to the number of cores only for large, independent chunks. Measure the curve.",
    evidence: { source: "roadmap-2026", place: "Performance 2" },
  },
  {
    id: "hotpath-blocked",
    layer: "hotpath",
    kind: "performance",
    options: ["py_asyncio"],
    when: { q: "bound", in: ["cpu", "gpu", "mixed"] },
    because: "Computing inside the event loop stops everybody who waits in it.",
    evidence: { source: "roadmap-2026", place: "Performance" },
  },
  {
    id: "hotpath-free-threaded",
    layer: "hotpath",
    kind: "drift",
    options: ["py_free_threaded"],
    when: always,
    because: "One new dependency that has not declared support turns the lock back on without an error.",
    evidence: { source: "cedar-py-110", place: "Report" },
  },
  {
    id: "hotpath-build",
    layer: "hotpath",
    kind: "drift",
    options: ["rust_pyo3", "cpp_cuda_ops"],
    when: always,
    because: "A compiled extension is built for every platform and Python version that runs it.",
    evidence: { source: "polyglot-2025", place: "Layers" },
  },
  {
    id: "inference-vendor",
    layer: "inference",
    kind: "vendor_price",
    options: ["hosted_api"],
    when: always,
    because: "The price and the behaviour of the model change when the vendor changes them.",
    evidence: { source: "ten-skills-2026", place: "Market" },
  },
  {
    id: "inference-leak",
    layer: "inference",
    kind: "compliance",
    options: ["hosted_api"],
    when: { q: "sensitivity", in: ["personal", "regulated"] },
    because: "Personal data leaves the house with every call: mask it, agree on it, or keep it.",
    evidence: { source: "ten-skills-2026", place: "Security" },
  },
  {
    id: "inference-capacity",
    layer: "inference",
    kind: "scalability",
    options: ["py_runtime_native", "rust_cpp_engine"],
    when: { q: "peak_rps", gte: 1000 },
    because: "Machines for the peak stand idle the rest of the day. Measure what one of them carries.",
    evidence: { source: "ten-skills-2026", place: "Market" },
  },
  {
    id: "inference-device",
    layer: "inference",
    kind: "performance",
    options: ["onnx_edge"],
    when: always,
    because: "The weakest device decides. A model is compressed until it fits and then judged again.",
    evidence: { source: "ten-skills-2026", place: "Interfaces" },
  },
  {
    id: "data-memory",
    layer: "data",
    kind: "scalability",
    options: ["pandas"],
    when: { q: "data_gb", gte: 1 },
    because: "It holds the whole table in memory, several times over while it works.",
    evidence: { source: "why-python-2026", place: "Questions" },
  },
  {
    id: "data-quality",
    layer: "data",
    kind: "silent_failure",
    options: null,
    when: { q: "cadence", in: ["daily", "continuous"] },
    because:
      "A table that changed its meaning trains a worse model without an error. Checks stand before training.",
    evidence: { source: "roadmap-2026", place: "Example 2" },
  },
  {
    id: "data-community",
    layer: "data",
    kind: "team",
    options: ["julia_numerics"],
    when: always,
    because: "Fewer people know Julia, and fewer libraries are kept for it.",
    evidence: { source: "why-python-2026", place: "Language comparison" },
  },
  {
    id: "retrieval-permissions",
    layer: "retrieval",
    kind: "security",
    options: ["faiss_in_process", "on_device_index"],
    when: { q: "tenants", eq: "many" },
    because: "The index knows no permissions: the filter before the search is code of your own.",
    evidence: { source: "owasp-llm-2025", place: "LLM08, vector and embedding weaknesses" },
  },
  {
    id: "retrieval-growth",
    layer: "retrieval",
    kind: "scalability",
    options: ["faiss_in_process"],
    when: { q: "corpus", gte: 100000 },
    because: "The vectors live in every process and are loaded again at each start.",
    evidence: { source: "roadmap-2026", place: "Example 1" },
  },
  {
    id: "retrieval-vendor",
    layer: "retrieval",
    kind: "vendor_price",
    options: ["managed_vector_db"],
    when: always,
    because:
      "The service charges by vectors and queries. Prove that another store returns the same before you depend on it.",
    evidence: { source: "house", place: "Experience" },
  },
  {
    id: "platform-drift",
    layer: "platform",
    kind: "drift",
    options: null,
    when: always,
    because: "A container hides drift until its next build: lock file and base image by digest.",
    evidence: { source: "polyglot-2025", place: "Environment drift" },
  },
  {
    id: "platform-cold",
    layer: "platform",
    kind: "performance",
    options: ["serverless"],
    when: { q: "latency_ms", lt: 2000 },
    because: "The first call after a pause waits for the start.",
    evidence: { source: "house", place: "Experience" },
  },
  {
    id: "client-devices",
    layer: "client",
    kind: "performance",
    options: ["ts_onnx_wasm"],
    when: always,
    because: "Model and runtime are downloaded by every client, and its machine decides the speed.",
    evidence: { source: "why-python-2026", place: "Questions" },
  },
  {
    id: "model-wrong",
    layer: "model",
    kind: "silent_failure",
    options: ["hosted_general", "small_open_finetuned", "hybrid_router"],
    when: always,
    because: "A wrong answer reads as well as a right one. Check the shape, and sample the content.",
    evidence: { source: "ten-skills-2026", place: "Bottlenecks" },
  },
  {
    id: "model-price",
    layer: "model",
    kind: "vendor_price",
    options: ["hosted_general", "hybrid_router"],
    when: { q: "monthly_q", gte: 1000000 },
    because: "At this volume a change of price is a change of the business case.",
    evidence: { source: "ten-skills-2026", place: "Market" },
  },
  {
    id: "model-explain",
    layer: "model",
    kind: "compliance",
    options: null,
    when: { q: "sensitivity", eq: "regulated" },
    because: "Somebody will ask why it decided so: inputs, version and reason are kept with each decision.",
    evidence: { source: "ten-skills-2026", place: "Security" },
  },
  {
    id: "model-rare",
    layer: "model",
    kind: "silent_failure",
    options: ["classic_ml"],
    when: { q: "project", eq: "classification" },
    because:
      "Where the positive class is rare, accuracy is high for a model that finds nothing. Judge precision and recall.",
    evidence: { source: "house", place: "Experience" },
  },
];
