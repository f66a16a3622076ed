import type { AnswerValue } from "#server/brief/schema.ts";
import { compareDecisions } from "./compare-decisions.ts";
import type { RecordBody, SeenDecision } from "./record-schema.ts";
import type { Decision } from "./schema.ts";

export type AnswerChange = { question: string; before: AnswerValue | null; after: AnswerValue | null };
/** What stands in force: the override where there is one, else the pick, the tie or the status. */
export type StandingChange = {
  layer: string;
  name: string;
  before: string[];
  after: string[];
  byPerson: boolean;
};

export type RecordDifference = {
  ruleSet: { before: string; after: string } | null;
  answers: AnswerChange[];
  layers: StandingChange[];
};

/** What differs between two recorded decisions, from the older to the newer one. */
export function compareRecords(before: RecordBody, after: RecordBody): RecordDifference {
  const then = new Map(after.decision.layers.map((layer) => [layer.layer, layer]));
  const moved = new Set(compareDecisions(before.decision, after.decision).map((change) => change.layer));
  return {
    ruleSet: differs(before.decision.ruleSet.version, after.decision.ruleSet.version),
    answers: compareAnswers(before.answers, after.answers),
    layers: before.decision.layers.flatMap((layer) => {
      const was = standing(before, layer.layer);
      const is = standing(after, layer.layer);
      if (was.names.join() === is.names.join() && !moved.has(layer.layer)) return [];
      const name = then.get(layer.layer)?.name ?? layer.name;
      return [
        {
          layer: layer.layer,
          name,
          before: was.names,
          after: is.names,
          byPerson: was.byPerson || is.byPerson,
        },
      ];
    }),
  };
}

/** What a member would have to be told: outcomes and answers that are not the ones seen last. */
export function compareSeen(before: SeenDecision, after: SeenDecision) {
  const layers = Object.keys({ ...before.layers, ...after.layers }).filter(
    (layer) => before.layers[layer] !== after.layers[layer],
  );
  return {
    ruleSet: differs(before.ruleSetVersion, after.ruleSetVersion),
    answers: compareAnswers(before.answers, after.answers),
    layers: layers.map((layer) => ({
      layer,
      before: before.layers[layer] ?? null,
      after: after.layers[layer] ?? null,
    })),
  };
}

/** The decision as a visit keeps it. */
export function summariseSeen(decision: Decision, answers: SeenDecision["answers"]): SeenDecision {
  const layers = Object.fromEntries(
    decision.layers.map(({ layer, pick, status }) => [layer, pick ?? status]),
  );
  return { ruleSetVersion: decision.ruleSet.version, layers, answers };
}

function standing(body: RecordBody, layerId: string): { names: string[]; byPerson: boolean } {
  const options = body.layers.find(({ id }) => id === layerId)?.options ?? [];
  const label = (id: string) => options.find((option) => option.id === id)?.label ?? id;
  const chosen = body.overrides.find((override) => override.layer === layerId)?.option;
  if (chosen) return { names: [label(chosen)], byPerson: true };
  const result = body.decision.layers.find((layer) => layer.layer === layerId);
  const names = result?.pick ? [label(result.pick)] : (result?.tied ?? []).map(label).sort();
  return { names, byPerson: false };
}

function compareAnswers(before: SeenDecision["answers"], after: SeenDecision["answers"]): AnswerChange[] {
  return Object.keys({ ...before, ...after })
    .sort()
    .filter((question) => JSON.stringify(before[question]) !== JSON.stringify(after[question]))
    .map((question) => ({ question, before: before[question] ?? null, after: after[question] ?? null }));
}

const differs = (before: string, after: string) => (before === after ? null : { before, after });
