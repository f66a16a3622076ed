import { BLANK_ENTRY } from "./entry-criteria.data.ts";
import type { BusinessMetric, EntryBody, EntryPointDraft, TechnicalMetric } from "./entry-schema.ts";
import { PRESETS } from "./presets.data.ts";
import type { PresetId } from "./schema.ts";

// What is usual for such a problem, as a start to argue with. What only the people of a project can know stays open:
// volumes, the objective's owner, the right to use the data, every baseline.

type Filled = Pick<
  EntryBody,
  "today" | "impact" | "friction" | "fit" | "scope" | "business" | "technical"
> & {
  stops: Pick<EntryBody["stops"], "baseline" | "prohibited">;
};

const counted = (name: string, unit: string): BusinessMetric => ({
  name,
  unit,
  baseline: null,
  target: null,
});
const above = (name: string, target: number, unit: string): TechnicalMetric => ({
  name,
  unit,
  comparison: "above",
  target,
});
const below = (name: string, target: number, unit: string): TechnicalMetric => ({
  name,
  unit,
  comparison: "below",
  target,
});

const FILLED: Partial<Record<PresetId, Filled>> = {
  rag_support: {
    today: "An agent reads the ticket, looks through the articles and writes the same reply again.",
    impact: { time: null, revenue: 3, objective: null, learning: 4 },
    friction: { data: 2, integration: 2, risk: 2, change: 2, evaluation: 2 },
    fit: { unique: "yes", mode: "augment", wrong_cost: "noticed", simpler: "no" },
    stops: { baseline: "yes", prohibited: "no" },
    scope: "Draft replies to first-level tickets from a hundred public help articles, sent by an agent.",
    business: [counted("First-level tickets", "per week"), counted("Customer satisfaction", "score")],
    technical: [
      above("Answer accuracy", 80, "%"),
      below("p95 latency", 2, "s"),
      above("Precision at 5", 0.6, "share"),
    ],
  },
  summarisation: {
    today: "Somebody reads the whole document and writes down the five lines that matter.",
    impact: { time: null, revenue: 2, objective: null, learning: 3 },
    friction: { data: 2, integration: 1, risk: 2, change: 2, evaluation: 4 },
    fit: { unique: "yes", mode: "augment", wrong_cost: "noticed", simpler: "no" },
    stops: { baseline: "yes", prohibited: "no" },
    scope: "Summarise one kind of document on one page, with the sentence behind each statement.",
    business: [counted("Reading time", "minutes per document")],
    technical: [above("Statements with a source that says so", 95, "%"), below("p95 latency", 10, "s")],
  },
  internal_qa: {
    today: "People ask in a channel and wait for whoever knows.",
    impact: { time: null, revenue: 1, objective: null, learning: 4 },
    friction: { data: 3, integration: 2, risk: 2, change: 1, evaluation: 3 },
    fit: { unique: "yes", mode: "augment", wrong_cost: "small", simpler: "unknown" },
    stops: { baseline: "yes", prohibited: "no" },
    scope:
      "Answer questions of one department from its own handbook, with links, and say when it does not know.",
    business: [
      counted("Questions answered by a colleague", "per week"),
      counted("Time to an answer", "hours"),
    ],
    technical: [
      above("Answer accuracy", 80, "%"),
      above("Precision at 5", 0.6, "share"),
      below("p95 latency", 2, "s"),
    ],
  },
  data_classification: {
    today: "Somebody opens each record and chooses a class from a list.",
    impact: { time: null, revenue: 2, objective: null, learning: 3 },
    friction: { data: 2, integration: 2, risk: 2, change: 2, evaluation: 1 },
    fit: { unique: "yes", mode: "augment", wrong_cost: "small", simpler: "unknown" },
    stops: { baseline: "yes", prohibited: "no" },
    scope: "Propose a class for each new record of one type; a person confirms it.",
    business: [
      counted("Records sorted by hand", "per week"),
      counted("Records sent to the wrong place", "per week"),
    ],
    technical: [above("Macro F1", 0.8, "score"), below("Records nobody could class", 10, "%")],
  },
  daily_classifier: {
    today: "A model from last quarter raises alarms; people look at most of them in vain.",
    impact: { time: null, revenue: 3, objective: null, learning: 4 },
    friction: { data: 3, integration: 3, risk: 3, change: 2, evaluation: 2 },
    fit: { unique: "yes", mode: "augment", wrong_cost: "noticed", simpler: "no" },
    stops: { baseline: "yes", prohibited: "no" },
    scope:
      "Retrain one classifier each night on yesterday's labels and replace the old one only when it is better.",
    business: [counted("Cases found", "per week"), counted("False alarms", "per week")],
    technical: [
      above("Recall at 1 % false alarms", 0.8, "share"),
      below("Training run", 60, "minutes"),
      below("Age of the model", 24, "hours"),
    ],
  },
  forecast: {
    today: "A planner takes last year's figures and adds what feels right.",
    impact: { time: null, revenue: 4, objective: null, learning: 3 },
    friction: { data: 3, integration: 2, risk: 2, change: 3, evaluation: 1 },
    fit: { unique: "unknown", mode: "augment", wrong_cost: "noticed", simpler: "unknown" },
    stops: { baseline: "yes", prohibited: "no" },
    scope: "Forecast one product group a week ahead, beside the planner's own figure, for eight weeks.",
    business: [counted("Stock that was thrown away", "per week"), counted("Days without stock", "per month")],
    technical: [
      below("Error against last year's same week", 1, "ratio"),
      below("Pipeline run", 30, "minutes"),
    ],
  },
  agent_workflow: {
    today: "A person copies a case between several systems and waits for each.",
    impact: { time: null, revenue: 3, objective: null, learning: 3 },
    friction: { data: 3, integration: 4, risk: 4, change: 3, evaluation: 3 },
    fit: { unique: "yes", mode: "automate", wrong_cost: "noticed", simpler: "unknown" },
    stops: { baseline: "yes", prohibited: "unknown" },
    scope: "Prepare one kind of case up to the last step; a person approves every write.",
    business: [counted("Time from arrival to done", "hours"), counted("Cases opened again", "per week")],
    technical: [
      above("Cases prepared without a correction", 80, "%"),
      below("Writes without approval", 1, "count"),
      below("Cost per case", 1, "EUR"),
    ],
  },
  on_device_assistant: {
    today: "People leave the work to ask, or carry a printed manual.",
    impact: { time: null, revenue: 3, objective: null, learning: 3 },
    friction: { data: 2, integration: 4, risk: 3, change: 2, evaluation: 3 },
    fit: { unique: "yes", mode: "augment", wrong_cost: "noticed", simpler: "unknown" },
    stops: { baseline: "yes", prohibited: "no" },
    scope: "Answer from one manual on one kind of device, without a network.",
    business: [counted("Calls for help from the field", "per week")],
    technical: [
      above("Answer accuracy", 80, "%"),
      below("First word", 2, "s"),
      below("Memory on the device", 4, "GB"),
    ],
  },
  native_engine: {
    today: "The prototype gives the right answer, too late.",
    impact: { time: null, revenue: 4, objective: null, learning: 4 },
    friction: { data: 2, integration: 4, risk: 3, change: 1, evaluation: 1 },
    fit: { unique: "unknown", mode: "automate", wrong_cost: "severe", simpler: "unknown" },
    stops: { baseline: "yes", prohibited: "no" },
    scope: "One loop, replayed from recorded input, against the prototype's answers.",
    business: [counted("Deadlines missed", "per million steps")],
    technical: [below("p99.9 latency", 5, "ms"), below("Difference from the prototype", 0.001, "relative")],
  },
};

/** The candidate that a preset brings; none for the blank project. It is never chosen by itself. */
export const ENTRY_PRESETS: readonly EntryPointDraft[] = PRESETS.flatMap(({ id, title, problem }) => {
  const filled = FILLED[id];
  if (!filled) return [];
  const stops = { ...BLANK_ENTRY.stops, ...filled.stops };
  return [{ ...BLANK_ENTRY, ...filled, stops, presetId: id, title, problem, chosen: false }];
});
