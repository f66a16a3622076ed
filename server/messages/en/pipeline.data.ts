/** The run of an MLOps pilot: what its pipeline and its model showed. */
export const pipeline = {
  title: "Pipeline run",
  question: "Does the model earn its release?",
  section: {
    verdicts: "The promises",
    alerts: "How many alerts a day",
    champion: "The champion's history",
    stages: "The pipeline, stage by stage",
    commands: "By hand",
    upload: "Take in a report",
  },
  baseline:
    "Average precision is {value} above the logistic regression on the same rows ({low} to {high}, cards drawn again, 95 % each).",
  baselineAlone: "Average precision is {value} above the logistic regression on the same rows.",
  alerts: {
    caption: "What so many alerts a day would have caught and cost on the test days",
    budget: "Alerts a day",
    recall: "Found of all",
    precision: "Real among alerts",
    cost: "Cost a day, USD",
    cheapest: "cheapest",
    configured: "configured",
    source:
      "Missed ones and alerts at the costs of the sealed configuration; other costs mean another choice.",
  },
  champion: {
    caption: "Each model that was decided about, newest last",
    version: "Version",
    at: "Decided",
    outcome: "Outcome",
    reason: "Reason",
    none: "No model was decided about yet.",
  },
  stages: { caption: "Wall and processor time of each stage", name: "Stage", wall: "Wall", cpu: "Processor" },
  commands: {
    retrain: "Retrain on what is known today, and let the champion defend itself",
    rollback: "Go back to the champion before",
  },
  margin: {
    data: "Data",
    rows: "Test rows",
    positives: "Positives",
    train: "Trained on",
    test: "Tested on",
    span: "{from} to {to}",
    machine: "Measured on",
    processor: "Processor",
    cores: "Cores",
    notRun: "Not run",
    nothing: "Everything ran.",
  },
} as const;
