/**
 * A `pilot.json` of the RAG template 1.0, with the keys that 1.1 added: what it did then, said in today's words. Anything else
 * comes back as it is. Hand-outs and reports are evidence for years, so what was written once stays readable.
 */
export function upgradeConfig(config: unknown): unknown {
  if (!isObject(config) || config.template !== "rag" || !/^1\.0\./.test(String(config.templateVersion))) {
    return config;
  }
  const { retrieval, answer, serve } = config;
  if (!isObject(retrieval) || !isObject(answer) || !isObject(serve)) return config;
  return {
    ...config,
    retrieval: {
      store: "faiss_exact",
      storeUrlVariable: "STORE_URL",
      hnsw: { m: 32, efConstruction: 200, efSearch: 128 },
      permissions: "off",
      ...retrieval,
    },
    answer: {
      orchestration: "chain",
      maxSteps: 6,
      maxUsdPerQuestion: null,
      maxConcurrency: 4,
      historyTurns: 0,
      cacheEntries: 0,
      ...answer,
    },
    guard: { injection: "off", personalData: "off" },
    serve: { apiKeyVariable: null, requestsPerMinute: null, maxQuestionCharacters: 2_000, ...serve },
    precision: "float32",
  };
}

/** The same for the configuration inside a report. */
export function upgradeReport(report: unknown): unknown {
  return isObject(report) ? { ...report, config: upgradeConfig(report.config) } : report;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
