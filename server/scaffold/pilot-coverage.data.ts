/**
 * What the RAG pilot exercises of each layer. A pick outside `exercised` is said plainly as "not exercised here":
 * the pilot measures the option it runs, never the one it does not.
 */
export const ragCoverage: Record<string, { exercised: string[]; runs: string }> = {
  api: { exercised: ["py_fastapi"], runs: "The pilot serves with FastAPI in Python." },
  orchestration: {
    exercised: ["py_chain"],
    runs: "The pilot runs a fixed chain: retrieve, prompt, answer. Choose the graph to let the model decide steps.",
  },
  hotpath: {
    exercised: ["py_asyncio", "py_native_libs"],
    runs: "The pilot's hot path is asyncio around native libraries (NumPy, FAISS).",
  },
  inference: {
    exercised: [],
    runs: "The pilot answers with sentences of its documents until you name an OpenAI-compatible endpoint.",
  },
  retrieval: {
    exercised: ["faiss_in_process"],
    runs: "The pilot retrieves with BM25 and FAISS in its own process until you choose a store of its own.",
  },
  platform: { exercised: [], runs: "The pilot runs as one local process; no container is built." },
  client: { exercised: ["server_only"], runs: "The pilot's page is served by its own server." },
  data: { exercised: [], runs: "The pilot reads documents, not tables." },
  model: {
    exercised: [],
    runs: "The pilot's default answerer is extractive; a generative model is measured once you name its endpoint.",
  },
};

/** The same of the MLOps pilot. */
export const mlopsCoverage: Record<string, { exercised: string[]; runs: string }> = {
  api: { exercised: ["py_fastapi"], runs: "The pilot serves scores with FastAPI in Python." },
  hotpath: {
    exercised: ["py_native_libs"],
    runs: "The pilot's hot path is Polars and PyTorch: native code called from Python.",
  },
  inference: {
    exercised: ["py_runtime_native"],
    runs: "The pilot scores with PyTorch in its own process.",
  },
  data: { exercised: ["polars_duckdb"], runs: "The pilot prepares its features with Polars." },
  platform: {
    exercised: ["containers_python"],
    runs: "The pilot's container definition builds from the promoted model; its benchmark runs as a local process.",
  },
  client: { exercised: ["server_only"], runs: "The pilot's page is served by its own server." },
  model: {
    exercised: ["classic_ml"],
    runs: "The pilot trains a small network of its own beside simple baselines.",
  },
};
