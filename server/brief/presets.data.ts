import type { Answers, Preset } from "./schema.ts";

/** A support assistant on a hundred documents, by one Python team in two weeks: our first golden scenario. */
const ragSupport: Answers = {
  goal: "speed_to_market",
  ml_libs: "yes",
  bound: "io",
  profiled: false,
  ft_deps: "none",
  latency_ms: 2000,
  peak_rps: 20,
  project: "rag",
  autonomy: "answer_only",
  corpus: 100,
  tenants: "one",
  data_gb: 0.2,
  cadence: "weekly",
  model_source: "hosted_api",
  monthly_q: 60_000,
  sensitivity: "internal",
  residency: "any",
  target: "server",
  ops: "containers",
  langs: ["python"],
  weeks: 2,
};

/** The business questions that a table of records answers without a chat model, on a daily pipeline. */
const dailyClassifier: Answers = {
  ...without(ragSupport, ["corpus", "tenants", "monthly_q", "autonomy"]),
  project: "classification",
  bound: "cpu",
  parallel: "independent_chunks",
  vectorisable: true,
  model_source: "own_training",
  data_gb: 40,
  cadence: "daily",
  sensitivity: "regulated",
};

export const PRESETS: readonly Preset[] = [
  {
    id: "rag_support",
    title: "Support assistant",
    kind: "rag",
    problem: "Support answers the same questions again and again, and the answers are in our documents.",
    answers: ragSupport,
  },
  {
    id: "summarisation",
    title: "Document summaries",
    kind: "assistant",
    problem: "People read long documents to find the few lines that concern them.",
    answers: { ...ragSupport, project: "assistant", corpus: 5_000, autonomy: "suggest", monthly_q: 20_000 },
  },
  {
    id: "internal_qa",
    title: "Internal questions and answers",
    kind: "rag",
    problem: "Colleagues ask around for what is written down somewhere.",
    answers: { ...ragSupport, corpus: 20_000, tenants: "many", peak_rps: 5 },
  },
  {
    id: "data_classification",
    title: "Sorting records",
    kind: "classification",
    problem: "Somebody sorts incoming records by hand.",
    answers: { ...dailyClassifier, data_gb: 2, cadence: "weekly", sensitivity: "internal" },
  },
  {
    id: "daily_classifier",
    title: "Daily retrained classifier",
    kind: "classification",
    problem: "The pattern we look for changes every week, and yesterday's model misses it.",
    answers: dailyClassifier,
  },
  {
    id: "forecast",
    title: "Forecast",
    kind: "forecast",
    problem: "We plan stock and staff by gut feeling.",
    answers: { ...dailyClassifier, project: "forecast", data_gb: 5, sensitivity: "internal" },
  },
  {
    id: "agent_workflow",
    title: "Agent workflow",
    kind: "agent",
    problem: "A case passes through several systems, and a person copies between them.",
    answers: {
      ...ragSupport,
      project: "agent",
      autonomy: "act_with_approval",
      steps: 8,
      weeks: 6,
    },
  },
  {
    id: "on_device_assistant",
    title: "On-device assistant",
    kind: "assistant",
    problem: "People need help where there is no network, with data that may not leave the device.",
    answers: {
      ...ragSupport,
      project: "assistant",
      residency: "on_device",
      target: "edge",
      model_source: "open_weights",
      sensitivity: "personal",
      weeks: 8,
    },
  },
  {
    id: "native_engine",
    title: "Native engine",
    kind: "engine",
    problem: "A control loop or a new algorithm has to answer within milliseconds, every time.",
    answers: {
      ...without(ragSupport, ["corpus", "tenants", "monthly_q", "data_gb", "cadence", "autonomy"]),
      project: "engine",
      goal: "new_engine",
      ml_libs: "no",
      bound: "cpu",
      latency_ms: 5,
      hard_realtime: true,
      model_source: "own_training",
      langs: ["python", "rust"],
      weeks: 26,
    },
  },
  {
    id: "blank",
    title: "Blank",
    kind: null,
    problem: "None of these. Start with the questions.",
    answers: {},
  },
];

function without(answers: Answers, questions: string[]): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([question]) => !questions.includes(question)));
}
