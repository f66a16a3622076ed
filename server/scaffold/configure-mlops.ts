import type { Answers, ProjectKind } from "#server/brief/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { type ConfiguredPilot, findWhyNone } from "./find-why-none.ts";
import type { MlopsConfig, MlopsTarget } from "./mlops-schema.ts";
import { mlopsCoverage } from "./pilot-coverage.data.ts";

const say = sayRoom("scaffold");

/** OWA 1 is Naive2: a forecast that does not beat it has shown nothing. */
const OWA_TO_BEAT = 1;

/**
 * What a project's brief and decision say about its pipeline, as values of `pilot.json`. Whatever the brief does not say
 * stays as the template ships it; columns and costs are the engineer's to set.
 */
export function configureMlops(input: {
  base: MlopsConfig;
  project: { id: string | null; name: string; kind: ProjectKind | null };
  answers: Answers;
  decision: { layer: string; pick: string | null }[];
}): ConfiguredPilot<MlopsConfig> {
  const { base, project, answers, decision } = input;
  const none = findWhyNone(project.kind, answers, decision);
  if (none) return none;
  const task = project.kind === "forecast" ? "forecast" : "classification";
  // A regulated release waits for a named approval; who that is, nobody knows here yet.
  const isRegulated = answers.sensitivity === "regulated";
  const policy = isRegulated
    ? { regulated: true, approver: base.policy.approver ?? say("mlops.approver") }
    : base.policy;
  const config: MlopsConfig = {
    ...base,
    projectId: project.id,
    title: project.name,
    task,
    targets: task === "forecast" ? forecastTargets() : classTargets(base.targets, answers.latency_ms),
    policy,
  };
  return {
    outcome: "configured",
    config,
    defaults: config,
    notExercised: decision.flatMap(({ layer, pick }) => {
      const coverage = mlopsCoverage[layer];
      return pick === null || !coverage || coverage.exercised.includes(pick)
        ? []
        : [{ layer, pick, why: coverage.runs }];
    }),
  };
}

function forecastTargets(): MlopsTarget[] {
  return [{ metric: "owa", comparison: "lt", value: OWA_TO_BEAT, confidence: 0.95 }];
}

function classTargets(shipped: readonly MlopsTarget[], budgetMs: Answers[string] | undefined): MlopsTarget[] {
  return shipped.map((target) =>
    target.metric === "p95Ms" && typeof budgetMs === "number" && budgetMs > 0
      ? { ...target, value: budgetMs }
      : target,
  );
}
