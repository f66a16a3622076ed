import type { EntryBody, FitId, FrictionId, ImpactId, StopId } from "./entry-schema.ts";

export type Anchors = readonly [string, string, string, string, string];
export type Criterion<Id extends string> = { id: Id; name: string; ask: string; anchors: Anchors };

/** Hours are house numbers: change them here once somebody has better ones. */
export const IMPACT: readonly Criterion<ImpactId>[] = [
  {
    id: "time",
    name: "Time saved",
    ask: "How many hours of people's work would it save in a month: cases times minutes saved?",
    anchors: [
      "Under 10 hours a month",
      "10 to 50 hours a month",
      "50 to 150 hours a month",
      "150 to 500 hours a month",
      "Over 500 hours a month",
    ],
  },
  {
    id: "revenue",
    name: "Customers and revenue",
    ask: "What would a customer or the accounts notice?",
    anchors: [
      "Nobody outside the team would notice",
      "A few customers would, and no figure we report moves",
      "Many customers would; a figure we report moves a little",
      "Most customers would; revenue, churn or cost moves by about a percent",
      "It decides whether customers come or stay",
    ],
  },
  {
    id: "objective",
    name: "Strategic objective",
    ask: "Which objective of this year does it serve, and who is measured on that objective?",
    anchors: [
      "None that anybody could name",
      "One that is talked about and written nowhere",
      "A written objective without a name beside it",
      "A written objective with a named owner",
      "A written objective whose named owner is measured on it this year",
    ],
  },
  {
    id: "learning",
    name: "What stays",
    ask: "What would the next project find ready because of this one?",
    anchors: [
      "Nothing: it is used once",
      "Notes and experience of one person",
      "A data set or a set of judged examples that others can use",
      "A running part (pipeline, index, test set) that a second team wants",
      "A foundation that several planned projects wait for",
    ],
  },
];

export const FRICTION: readonly Criterion<FrictionId>[] = [
  {
    id: "data",
    name: "Data",
    ask: "How far are the data from being usable and permitted?",
    anchors: [
      "In one place, documented, and cleared for this use",
      "Here and cleared; some cleaning to do",
      "In several systems; the owner has agreed in principle",
      "Incomplete or on paper, or the permission is still asked for",
      "Do not exist yet, or nobody knows whose they are",
    ],
  },
  {
    id: "integration",
    name: "Integration",
    ask: "How many systems must be touched before somebody can use it?",
    anchors: [
      "None: it stands beside the work",
      "One, with an interface we have used before",
      "Two, or one whose interface is new to us",
      "Three or more, or one without an interface",
      "Systems that nobody here may change",
    ],
  },
  {
    id: "risk",
    name: "Risk and autonomy",
    ask: "What may it do by itself, and what happens when it is wrong?",
    anchors: [
      "It drafts; a person always decides; public or internal matter",
      "It answers colleagues, who can check the source",
      "It answers customers, or reads personal data",
      "It acts after a person's approval, or a mistake costs money",
      "It acts alone, or on matters of health, jobs, credit or rights",
    ],
  },
  {
    id: "change",
    name: "Change for people",
    ask: "What must people do differently, and did they ask for it?",
    anchors: [
      "They asked for it and nothing else changes",
      "A small change that they welcome",
      "A new habit; opinions are mixed",
      "Roles change; some will resist",
      "Jobs are at stake, and nobody has talked about it",
    ],
  },
  {
    id: "evaluation",
    name: "Judging the result",
    ask: "Can two people agree on whether a result is right?",
    anchors: [
      "It can be checked by a rule or against a record",
      "Two people agree almost always, within a minute",
      "They agree after writing down what counts",
      "They often disagree; an expert must settle it",
      "Nobody could say what right would be",
    ],
  },
];

export type Choice = { value: string; label: string };

/** They weigh nothing: they tell what kind of help is asked for, and go into the scope. */
export const FIT: readonly { id: FitId; name: string; ask: string; choices: readonly Choice[] }[] = [
  {
    id: "unique",
    name: "Needs AI",
    ask: "Is AI what this problem needs, rather than a form, a search box or a rule?",
    choices: [
      { value: "yes", label: "Yes" },
      { value: "no", label: "No" },
    ],
  },
  {
    id: "mode",
    name: "Help or replace",
    ask: "Should it help a person do the work, or do the work?",
    choices: [
      { value: "augment", label: "Help a person" },
      { value: "automate", label: "Do it" },
    ],
  },
  {
    id: "wrong_cost",
    name: "Cost of a wrong answer",
    ask: "What does one wrong answer cost?",
    choices: [
      { value: "small", label: "A moment" },
      { value: "noticed", label: "Money or a complaint" },
      { value: "severe", label: "Harm that cannot be taken back" },
    ],
  },
  {
    id: "simpler",
    name: "Simpler tool",
    ask: "Is there a simpler tool already that would do?",
    choices: [
      { value: "yes", label: "Yes" },
      { value: "no", label: "No" },
    ],
  },
];

/** `stopsAt` is the answer that holds; `caps` only keeps a candidate out of Accelerate, the others end it. */
export const STOPS: readonly {
  id: StopId;
  name: string;
  ask: string;
  stopsAt: "yes" | "no";
  caps: boolean;
  because: string;
}[] = [
  {
    id: "baseline",
    name: "Baseline",
    ask: "Can today's figure be measured before the pilot starts?",
    stopsAt: "no",
    caps: false,
    because: "Without a baseline nobody can show afterwards that it helped.",
  },
  {
    id: "data_use",
    name: "Use of the data",
    ask: "May the data be used for this?",
    stopsAt: "no",
    caps: false,
    because: "The data may not be used for this.",
  },
  {
    id: "prohibited",
    name: "Prohibited practice",
    ask: "Could this be a practice that the law prohibits?",
    stopsAt: "yes",
    caps: false,
    because: "It needs legal review first. This is a question to a lawyer, not a verdict.",
  },
  {
    id: "stakeholder",
    name: "Somebody measured on it",
    ask: "Is somebody measured on the outcome?",
    stopsAt: "no",
    caps: true,
    because: "Nobody is measured on it, so nobody will fight for it: not to be accelerated.",
  },
];

/** A candidate about which nothing is known. */
export const BLANK_ENTRY: EntryBody = {
  presetId: null,
  problem: "",
  today: "",
  users: null,
  casesPerMonth: null,
  minutesSavedPerCase: null,
  impact: { time: null, revenue: null, objective: null, learning: null },
  friction: { data: null, integration: null, risk: null, change: null, evaluation: null },
  fit: { unique: "unknown", mode: "unknown", wrong_cost: "unknown", simpler: "unknown" },
  stops: { baseline: "unknown", data_use: "unknown", prohibited: "unknown", stakeholder: "unknown" },
  scope: "",
  owner: "",
  business: [],
  technical: [],
};
