import type { InterviewQuestion as WholeQuestion } from "./interview-schema.ts";

/** What the trace reads of a question: which skill it asks for. */
export type InterviewQuestion = Pick<WholeQuestion, "id" | "prompt" | "skillIds">;

/** The first one every candidate for a pilot is asked. */
export const MANDATORY_QUESTION = "Q01";

export const INTERVIEW_QUESTIONS: WholeQuestion[] = [
  {
    id: "Q01",
    prompt:
      "Walk me through the architecture of a production RAG system you've built. How did you measure success?",
    probes: [
      "What broke first, and how did you notice?",
      "How large was the corpus, how often did it change, and what was k?",
      "How did you know whether a wrong answer came from retrieval or from the model?",
      "What did users notice, and which business figure moved?",
    ],
    skillIds: ["S05", "S21", "S04"],
    anchors: [
      "Names tools only. No measure of success, or a demonstration rather than production.",
      "The parts fit together. Success is that users liked it, or an accuracy without a method.",
      "Ingestion, retrieval and generation with reasons. An offline set with precision at k or recall, and latency. One real failure and its fix.",
      "Tells retrieval errors from generation errors. Gives the size of the set and its uncertainty, a business figure against its baseline, cost and permissions, and what they would not build again.",
    ],
    redFlags: [
      "Success was never measured, and that does not trouble them.",
      "Cannot say what they did themselves.",
    ],
    roles: ["AIPE", "MLE"],
  },
  {
    id: "Q02",
    prompt: "Take a service you know. Does it wait or does it compute, and how do you know?",
    probes: [
      "Which tool showed it to you?",
      "What happened under twice the load?",
      "When would threads or processes be the better answer?",
    ],
    skillIds: ["S01", "S16"],
    anchors: [
      "Guesses. Async makes it faster.",
      "The right label, without evidence.",
      "Shows a profile or a trace, and a remedy that fits it.",
      "Shows where the label changed under load. Knows when processes, threads or free-threaded builds fit, and what takes the lock back.",
    ],
    redFlags: ["Repeats that it is fast or slow without a figure."],
    roles: ["AIPE", "MLE", "OPS", "DE", "SYS", "SEC"],
  },
  {
    id: "Q03",
    prompt: "Your assistant returns valid JSON that is wrong once in fifty. What do you do?",
    probes: [
      "How do you find the one in fifty when nobody complains?",
      "When do you refuse, when do you try again?",
      "What does one wrong answer cost here?",
    ],
    skillIds: ["S02", "S21"],
    anchors: [
      "Changes the prompt.",
      "Adds a check after the fact.",
      "Schema and semantic checks, a rate that is measured, a fallback, labelled samples.",
      "Adds a sampling plan, an alert on the rate and contract tests. The cost of an error decides between refusing and retrying.",
    ],
    redFlags: ["Treats 98 % as good enough without asking what a wrong answer does."],
    roles: [],
  },
  {
    id: "Q04",
    prompt: "The cost of 1 000 queries doubled last month. Take it apart for me.",
    probes: [
      "Which figure do you ask for first?",
      "What do retries and cache misses do to it?",
      "How do you know that quality survives the saving?",
    ],
    skillIds: ["S11", "S03", "S08"],
    anchors: [
      "Takes a smaller model.",
      "Lists levers.",
      "Takes it apart into tokens in and out, retries, cache hits and traffic. Picks a lever together with a quality check.",
      "Builds unit economics with a floor for quality, plans routing, and shows where running it oneself breaks even.",
    ],
    redFlags: ["Cuts cost without looking at quality."],
    roles: [],
  },
  {
    id: "Q05",
    prompt: "A customer's document contains instructions for your bot. What happens in your design?",
    probes: [
      "Which tools could the text reach?",
      "How would you notice that it worked?",
      "What keeps it from coming back next month?",
    ],
    skillIds: ["S10", "S04"],
    anchors: [
      "Has not thought of it.",
      "Filters keywords.",
      "Treats retrieved text as data. Tools with least privilege, checks on the output, tests.",
      "A threat model with named risks, limits on the damage, a red-team set in continuous integration, a plan for the incident.",
    ],
    redFlags: ["Relies on asking the model to be careful."],
    roles: ["SEC", "AIPE"],
  },
  {
    id: "Q06",
    prompt: "A profile puts 70 % of the time into one Python function. What do you decide?",
    probes: [
      "What do you try before another language?",
      "How do you show that it became faster?",
      "Who keeps it running in two years?",
    ],
    skillIds: ["S16", "S17"],
    anchors: [
      "Rewrites it in Rust.",
      "Makes something faster, without a measure.",
      "Algorithm and data structure first, then vectors, Numba, processes or native code, each measured.",
      "Adds the cost of keeping it, wheels, the release of the lock, a way back, and when not to do it.",
    ],
    redFlags: ["Decides before reading the function."],
    roles: ["SYS", "MLE"],
  },
  {
    id: "Q07",
    prompt: "A daily pandas job runs out of memory. How do you move it?",
    probes: [
      "Where does the memory go?",
      "How do you show that the result is the same?",
      "What happens to those who read it while you move?",
    ],
    skillIds: ["S09", "S23", "S12"],
    anchors: [
      "Takes a bigger machine.",
      "Rewrites everything.",
      "Profiles the memory, runs lazily, checks that results are equal.",
      "Moves step by step, with contracts, cost and a way back.",
    ],
    redFlags: ["Never compares the old result with the new one."],
    roles: ["DE"],
  },
  {
    id: "Q08",
    prompt: "The new fraud model has the higher accuracy. Do you ship it?",
    probes: [
      "What share of the cases is fraud?",
      "How were training and test split?",
      "What happens on the day it is wrong?",
    ],
    skillIds: ["S15", "S07", "S22"],
    anchors: [
      "Yes.",
      "Asks for F1.",
      "Class imbalance, precision against recall, a split by time, a shadow or canary run, a rollback.",
      "A decision weighted by cost, a record of fairness and explanation, a named approval, a plan for drift.",
    ],
    redFlags: ["Accepts accuracy on rare classes without a question."],
    roles: ["MLE", "OPS"],
  },
  {
    id: "Q09",
    prompt: "Your pipeline delivered the same day twice. What now?",
    probes: [
      "What makes a run safe to repeat?",
      "Who has already read the second delivery?",
      "How would you have known before they did?",
    ],
    skillIds: ["S14", "S02"],
    anchors: [
      "Deletes rows by hand.",
      "Adds a check.",
      "Idempotent runs, keys, a backfill, an alert.",
      "Contracts, a strategy for replays, word to those who read it, and a change that lasts after the incident.",
    ],
    redFlags: ["Repairs the data and leaves the cause."],
    roles: ["DE", "OPS"],
  },
  {
    id: "Q10",
    prompt: "An agent looped overnight and spent the budget. What was missing?",
    probes: [
      "Which limit would have stopped it first?",
      "What do you need to see to know why?",
      "Where does a person have to say yes?",
    ],
    skillIds: ["S04", "S10", "S11"],
    anchors: [
      "Starts it again.",
      "Adds a timeout.",
      "Limits on steps and cost, stored state, points of approval, an alert.",
      "Containment for each tool, a trace that can be replayed, the budget as a contract, an evaluation of the stop conditions.",
    ],
    redFlags: ["Sees the bill as the only damage."],
    roles: ["AIPE", "SEC"],
  },
  {
    id: "Q11",
    prompt: "Which problem here would you not give to AI?",
    probes: [
      "What is done today, and how well?",
      "What would a simple rule achieve?",
      "What would change your mind?",
    ],
    skillIds: ["S24"],
    anchors: [
      "None.",
      "A general worry.",
      "Criteria: the baseline, the data, the cost of an error, a simpler tool.",
      "Puts several in order by impact and friction, and says which evidence would change the order.",
    ],
    redFlags: ["Every problem looks like a model."],
    roles: ["PL", "AIPE"],
  },
  {
    id: "Q12",
    prompt: "You have ten days and one engineer. Plan the pilot.",
    probes: [
      "What do you leave out?",
      "On which day can it be stopped, and by what?",
      "How many questions prove it?",
    ],
    skillIds: ["S24", "S21"],
    anchors: [
      "A list of features.",
      "Tasks, without a measure.",
      "A cut scope, metrics with their baseline, gates, risks, the handoff from day one.",
      "Reasons about the size of the sample, agrees on the stop rule beforehand, gives evaluation a line of cost.",
    ],
    redFlags: ["Success is defined at the end."],
    roles: ["PL", "AIPE"],
  },
  {
    id: "Q13",
    prompt: "Hand this prototype to a team that has never seen it.",
    probes: [
      "What can they do on their first day without you?",
      "How do they go back to yesterday?",
      "How do you know that they understood?",
    ],
    skillIds: ["S13", "S19", "S07", "S18"],
    anchors: [
      "A README.",
      "A container file.",
      "A lock file, an image, tracked runs, a runbook, alerts, an owner.",
      "A rehearsed rollback, a test of what was understood, decision records, the cost of leaving.",
    ],
    redFlags: ["Plans to stay the one who knows."],
    roles: ["OPS"],
  },
  {
    id: "Q14",
    prompt: "Tell me about a technical choice you reversed.",
    probes: ["What did you know when you made it?", "What changed your mind?", "What did going back cost?"],
    skillIds: [],
    anchors: [
      "There is none, or others are to blame.",
      "Vague.",
      "Evidence that changed their mind.",
      "Had written down the condition beforehand.",
    ],
    redFlags: ["Tells it as a story of others' mistakes."],
    roles: [],
  },
  {
    id: "Q15",
    prompt: "The model has to run on the user's device. What changes?",
    probes: [
      "What is the budget for memory and time?",
      "What happens on a device that cannot?",
      "How do you update it?",
    ],
    skillIds: ["S20", "S06"],
    anchors: [
      "A smaller model.",
      "Names a runtime.",
      "Export, quantisation, a budget for memory and latency, a fallback, updates.",
      "Designs for privacy, learns from the fleet without its data, rolls out in stages.",
    ],
    redFlags: ["Has never measured on the device itself."],
    roles: ["SYS", "AIPE"],
  },
  {
    id: "Q16",
    prompt: "An auditor asks why applicant 4711 was declined. What do you show?",
    probes: [
      "Which version decided, with which inputs?",
      "Who could have decided otherwise?",
      "What can an explanation not say?",
    ],
    skillIds: ["S22", "S07"],
    anchors: [
      "Cannot answer.",
      "Shows the score.",
      "The version of the model, inputs, features, an explanation, the step of a person.",
      "Replays the decision exactly, with retention and access under control, and states the limits of the explanation.",
    ],
    redFlags: ["Would make the explanation up from today's model."],
    roles: ["SEC", "OPS"],
  },
];
