import { expect, test } from "vitest";
import { configureMlops } from "./configure-mlops.ts";
import { MlopsConfig } from "./mlops-schema.ts";
import { openConfig } from "./open-config.ts";
import { pickTemplate } from "./pick-template.ts";
import { readTemplate } from "./read-template.ts";

const id = "prj_01JD0000000000000000000000";
const { config: base } = await readTemplate("mlops");
type Input = Parameters<typeof configureMlops>[0];

function configured(overrides: Partial<Input> = {}) {
  const project = { id, name: "Card fraud", kind: "classification" as const };
  const pilot = configureMlops({ base, project, answers: {}, decision: [], ...overrides });
  if (pilot.outcome !== "configured") throw new Error(pilot.reason);
  expect(MlopsConfig.parse(pilot.config)).toEqual(pilot.config);
  expect(openConfig(pilot.config).contradiction).toBeNull();
  return pilot;
}

test.each([
  ["classification", "mlops"],
  ["forecast", "mlops"],
  ["rag", "rag"],
  ["agent", "rag"],
  [null, "rag"],
] as const)("a project of kind %s gets the %s pilot", (kind, template) => {
  expect(pickTemplate(kind)).toBe(template);
});

test("a classification keeps the shipped targets, with the brief's latency budget", () => {
  expect(configured().config.targets).toEqual(base.targets);
  const { targets } = configured({ answers: { latency_ms: 50 } }).config;
  expect(targets.find(({ metric }) => metric === "p95Ms")?.value).toBe(50);
});

test("a forecast has to beat Naive2", () => {
  const project = { id, name: "Load", kind: "forecast" as const };
  expect(configured({ project }).config).toMatchObject({
    task: "forecast",
    targets: [{ metric: "owa", comparison: "lt", value: 1 }],
  });
});

test("a regulated release waits for a named approval", () => {
  const { policy } = configured({ answers: { sensitivity: "regulated" } }).config;
  expect(policy).toEqual({ regulated: true, approver: "To be named" });
});

test("what the pipeline does not run is said", () => {
  const decision = [
    { layer: "data", pick: "dask_spark" },
    { layer: "api", pick: "py_fastapi" },
    { layer: "retrieval", pick: "faiss_in_process" },
  ];
  expect(configured({ decision }).notExercised.map(({ layer }) => layer)).toEqual(["data"]);
});
