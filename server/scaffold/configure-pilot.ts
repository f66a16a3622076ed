import type { Answers, ProjectKind } from "#server/brief/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { type ConfiguredPilot, findWhyNone } from "./find-why-none.ts";
import { ragCoverage } from "./pilot-coverage.data.ts";
import type { PilotChoices, RagPilotConfig, RagTarget } from "./rag-schema.ts";
import type { NotExercised } from "./schema.ts";

const say = sayRoom("scaffold");

/** From the guides: an answer in under two seconds, and more than four in five right. */
const defaultLatencyP95Ms = 2000;
const defaultAccuracyShare = 0.8;

/**
 * What a project's brief and decision say about its pilot, as values of `pilot.json`. `base` is the template's own
 * `pilot.json`: whatever nobody chose stays as the template ships it.
 */
export function configurePilot(input: {
  base: RagPilotConfig;
  /** Null kind: a blank project that nobody has named yet. */
  project: { id: string | null; name: string; kind: ProjectKind | null };
  answers: Answers;
  decision: { layer: string; pick: string | null }[];
  choices: PilotChoices;
}): ConfiguredPilot<RagPilotConfig> {
  const none = findWhyNone(input.project.kind, input.answers, input.decision);
  if (none) return none;
  const config = applyChoices(input, input.choices);
  return {
    outcome: "configured",
    config,
    defaults: applyChoices(input, {}),
    notExercised: listNotExercised(input.project.kind, input.decision, config),
  };
}

function applyChoices(
  { base, project, answers }: Pick<Parameters<typeof configurePilot>[0], "base" | "project" | "answers">,
  choices: PilotChoices,
): RagPilotConfig {
  const openAi = choices.answerMode === "openai_compatible";
  const namesModel = openAi || choices.answerMode === "transformers";
  return {
    ...base,
    projectId: project.id,
    title: project.name,
    targets: setTargets(answers, choices),
    retrieval: {
      ...base.retrieval,
      mode: choices.retrievalMode ?? base.retrieval.mode,
      k: choices.k ?? base.retrieval.k,
      embedder: choices.embedder ?? base.retrieval.embedder,
      store: choices.store ?? base.retrieval.store,
      permissions:
        choices.permissions ?? (answers.tenants === "many" ? "audience" : base.retrieval.permissions),
    },
    answer: {
      ...base.answer,
      mode: choices.answerMode ?? base.answer.mode,
      model: namesModel ? (choices.model ?? null) : base.answer.model,
      baseUrl: openAi ? (choices.baseUrl ?? null) : base.answer.baseUrl,
      // An agent decides its own steps; the others follow a fixed chain unless somebody says otherwise.
      orchestration:
        choices.orchestration ?? (project.kind === "agent" ? "graph" : base.answer.orchestration),
      historyTurns: choices.historyTurns ?? base.answer.historyTurns,
      cacheEntries: choices.cacheEntries ?? base.answer.cacheEntries,
    },
    guard: {
      injection: choices.injection ?? base.guard.injection,
      personalData: choices.personalData ?? base.guard.personalData,
    },
    device: choices.device ?? base.device,
  };
}

function setTargets(answers: Answers, choices: PilotChoices): RagTarget[] {
  const answered = answers.latency_ms;
  const latencyMs = choices.latencyP95Ms ?? (typeof answered === "number" && answered > 0 ? answered : null);
  return [
    {
      metric: "answer_accuracy",
      comparison: "gt",
      value: choices.accuracyShare ?? defaultAccuracyShare,
      confidence: 0.95,
    },
    { metric: "latency_p95_ms", comparison: "lt", value: latencyMs ?? defaultLatencyP95Ms, confidence: 0.95 },
  ];
}

function listNotExercised(
  kind: ProjectKind | null,
  decision: { layer: string; pick: string | null }[],
  config: RagPilotConfig,
): NotExercised[] {
  const list: NotExercised[] = [];
  const chosen = listChosen(config);
  for (const { layer, pick } of decision) {
    const coverage = ragCoverage[layer];
    if (pick === null || !coverage || coverage.exercised.includes(pick)) continue;
    if (chosen[layer]?.includes(pick) || (layer === "model" && chosen.model)) continue;
    list.push({ layer, pick, why: coverage.runs });
  }
  if (
    kind === "agent" &&
    config.answer.orchestration === "chain" &&
    !list.some((entry) => entry.layer === "orchestration")
  ) {
    list.push({
      layer: "orchestration",
      pick: "py_graph",
      why: say("exercise.fixedChain"),
    });
  }
  return list;
}

/** Picks that this configuration runs beyond what every pilot runs, by layer. */
function listChosen({ retrieval: { store }, answer }: RagPilotConfig): Record<string, string[]> {
  return {
    ...(answer.orchestration === "graph" ? { orchestration: ["py_graph"] } : {}),
    ...(store === "pgvector" || store === "weaviate" || store === "qdrant"
      ? { retrieval: ["self_hosted_vector_db"] }
      : {}),
    ...(store === "pinecone" ? { retrieval: ["managed_vector_db"] } : {}),
    // With an endpoint the pilot does call a model that somebody serves; which one, nobody knows here.
    ...(answer.mode === "openai_compatible" ? { inference: ["hosted_api"], model: [] } : {}),
    ...(answer.mode === "transformers" ? { model: [] } : {}),
  };
}
