import { describe, expect, test } from "vitest";
import { makeConfig } from "#server/testing/make-report.ts";
import { configurePilot } from "./configure-pilot.ts";
import { PilotChoices, RagPilotConfig } from "./rag-schema.ts";

const base = makeConfig({ title: "The template's own title" });
const id = "prj_01JD0000000000000000000000";
type Input = Parameters<typeof configurePilot>[0];
const input = (overrides: Partial<Input> = {}): Input => ({
  base,
  project: { id, name: "Support", kind: "rag" },
  answers: {},
  decision: [],
  choices: {},
  ...overrides,
});

function configured(overrides: Partial<Input> = {}) {
  const pilot = configurePilot(input(overrides));
  if (pilot.outcome !== "configured") throw new Error(pilot.reason);
  return pilot;
}

describe("the pilot's configuration", () => {
  test("without answers keeps the template's values and the house targets", () => {
    const { config, notExercised } = configured();
    expect(config).toEqual({ ...base, projectId: id, title: "Support" });
    expect(notExercised).toEqual([]);
    expect(RagPilotConfig.parse(config)).toEqual(config);
  });

  test.each([
    ["the brief's latency budget", { latency_ms: 800 }, {}, 800],
    ["two seconds when the budget is unknown", { latency_ms: "unknown" }, {}, 2000],
    ["two seconds when the budget makes no sense", { latency_ms: 0 }, {}, 2000],
    ["the person's choice before the brief", { latency_ms: 800 }, { latencyP95Ms: 1500 }, 1500],
  ])("takes %s as the latency target", (_title, answers, choices, target) => {
    const { config } = configured({ answers, choices });
    expect(config.targets.find((entry) => entry.metric === "latency_p95_ms")?.value).toBe(target);
  });

  test("carries the choices of a person", () => {
    const choices = PilotChoices.parse({
      accuracyShare: 0.9,
      retrievalMode: "bm25",
      k: 3,
      answerMode: "openai_compatible",
      model: "small-model",
      baseUrl: "http://127.0.0.1:8080/v1",
    });
    const { config } = configured({ choices });
    expect(config.targets[0]?.value).toBe(0.9);
    expect(config.retrieval).toMatchObject({ mode: "bm25", k: 3 });
    expect(config.answer).toMatchObject({ model: "small-model", baseUrl: "http://127.0.0.1:8080/v1" });
  });

  test("an endpoint without a model or an address is refused", () => {
    const parsed = PilotChoices.safeParse({ answerMode: "openai_compatible" });
    expect(parsed.error?.issues.map((issue) => issue.path.join("."))).toEqual(["model", "baseUrl"]);
  });
});

describe("what the pilot does not exercise", () => {
  test("names each pick it cannot run and what it runs instead", () => {
    const { notExercised } = configured({
      decision: [
        { layer: "api", pick: "go" },
        { layer: "retrieval", pick: "self_hosted_vector_db" },
        { layer: "orchestration", pick: "py_chain" },
        { layer: "data", pick: null },
      ],
    });
    expect(notExercised.map((entry) => `${entry.layer}: ${entry.pick}`)).toEqual([
      "api: go",
      "retrieval: self_hosted_vector_db",
    ]);
  });

  test("an agent runs as a graph, and is told when a chain was chosen instead", () => {
    const project = { id, name: "Agent", kind: "agent" as const };
    const { config, notExercised } = configured({ project });
    expect(config.answer.orchestration).toBe("graph");
    expect(notExercised).toEqual([]);
    const chain = configured({ project, choices: { orchestration: "chain" } });
    expect(chain.notExercised).toMatchObject([{ layer: "orchestration" }]);
  });

  test.each([
    ["retrieval", "self_hosted_vector_db", { store: "pgvector" }],
    ["retrieval", "managed_vector_db", { store: "pinecone" }],
    ["orchestration", "py_graph", { orchestration: "graph" }],
    ["model", "small_open_finetuned", { answerMode: "transformers", model: "/models/small" }],
  ] as const)("the pick %s = %s is exercised once it is chosen", (layer, pick, choices) => {
    const decision = [{ layer, pick }];
    expect(configured({ decision }).notExercised).toMatchObject([{ layer, pick }]);
    expect(configured({ decision, choices }).notExercised).toEqual([]);
  });

  test("documents of many permission domains are searched by audience", () => {
    expect(configured({ answers: { tenants: "many" } }).config.retrieval.permissions).toBe("audience");
    expect(configured({ answers: { tenants: "one" } }).config.retrieval.permissions).toBe("off");
  });
});

test.each([
  ["a native engine", { project: { id, name: "Engine", kind: "engine" as const } }, "ENGINE"],
  ["a project nobody has named", { project: { id, name: "Blank", kind: null } }, "KIND_UNKNOWN"],
  ["a project on the user's device", { answers: { residency: "on_device" } }, "ON_DEVICE"],
  ["an index on the device", { decision: [{ layer: "retrieval", pick: "on_device_index" }] }, "ON_DEVICE"],
] as const)("%s is told plainly that no pilot is generated", (_title, overrides, code) => {
  expect(configurePilot(input(overrides as Partial<Input>))).toMatchObject({ outcome: "no_scaffold", code });
});
