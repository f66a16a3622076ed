import type { MetricName } from "#server/scaffold/schema.ts";

export type TraceLink = {
  /** The task of the ten-day plan that proves this layer's pick, by pilot. Null: no task does. */
  task: { rag: string | null; mlops: string | null };
  /** What the benchmark judges for this layer. Null: no target of the pilot speaks about it. */
  metric: MetricName | null;
  /** The answer that a run measures by itself, for example from its stage profile. */
  measures: string | null;
  /** Pilots have nothing to staff, ask or test here unless the pick leaves this option. */
  endsWith: string | null;
};

/** One line per layer: where its pick is tried and what judges it. */
export const TRACE_LINKS: Record<string, TraceLink> = {
  api: {
    task: { rag: "RAG-D4-3", mlops: "ML-D7-2" },
    metric: "latency_p95_ms",
    measures: null,
    endsWith: null,
  },
  orchestration: {
    task: { rag: "RAG-D4-1", mlops: null },
    metric: "refusal_accuracy",
    measures: null,
    endsWith: null,
  },
  hotpath: {
    task: { rag: "RAG-D8-1", mlops: "ML-D9-3" },
    metric: null,
    measures: "bound",
    endsWith: null,
  },
  inference: {
    task: { rag: "RAG-D8-2", mlops: "ML-D8-1" },
    metric: "usd_per_1k",
    measures: null,
    endsWith: null,
  },
  data: {
    task: { rag: "RAG-D3-1", mlops: "ML-D4-1" },
    metric: null,
    measures: null,
    endsWith: null,
  },
  retrieval: {
    task: { rag: "RAG-D3-3", mlops: null },
    metric: "precision_at_k",
    measures: null,
    endsWith: null,
  },
  platform: {
    task: { rag: "RAG-D8-3", mlops: "ML-D8-3" },
    metric: null,
    measures: null,
    endsWith: null,
  },
  client: {
    task: { rag: null, mlops: null },
    metric: null,
    measures: null,
    endsWith: "server_only",
  },
  model: {
    task: { rag: "RAG-D6-1", mlops: "ML-D6-1" },
    metric: "answer_accuracy",
    measures: null,
    endsWith: null,
  },
};
