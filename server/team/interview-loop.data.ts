import type { InterviewKit, InterviewStage } from "./interview-schema.ts";

/** 4 h 15 min: 30, 60, 90, 45, 30. Questions that are picked by role stand as null with their minutes. */
export const LOOP: (Omit<InterviewStage, "questions"> & {
  asks: { id: string | null; minutes: number }[];
})[] = [
  {
    id: "screen",
    name: "Screen",
    minutes: 30,
    interviewer: "the hiring manager",
    dimension: "Judgement from evidence",
    purpose: "Whether they reason from what they have seen. Five minutes belong to their questions.",
    asks: [
      { id: "Q02", minutes: 13 },
      { id: "Q14", minutes: 12 },
    ],
  },
  {
    id: "deepDive",
    name: "Structured deep dive",
    minutes: 60,
    interviewer: "an engineer who has run such a system",
    dimension: "Retrieval, answers and their cost",
    purpose: "What they built, how it failed, how they measured it. Five minutes belong to their questions.",
    asks: [
      { id: "Q01", minutes: 25 },
      { id: "Q03", minutes: 15 },
      { id: "Q04", minutes: 15 },
    ],
  },
  {
    id: "workSample",
    name: "Work sample",
    minutes: 90,
    interviewer: "an engineer who has solved it before",
    dimension: "Work on a running system",
    purpose:
      "The same small pilot with the same planted fault for everybody: ten minutes to read, sixty-five to work with every tool they like, fifteen to talk it through.",
    asks: [],
  },
  {
    id: "systems",
    name: "Systems and security",
    minutes: 45,
    interviewer: "an engineer of another team",
    dimension: "Systems, security and limits",
    purpose: "Two situations that go wrong in production. Five minutes belong to their questions.",
    asks: [
      { id: null, minutes: 20 },
      { id: null, minutes: 20 },
    ],
  },
  {
    id: "product",
    name: "Product and handoff",
    minutes: 30,
    interviewer: "the product lead",
    dimension: "Framing, delivery and handoff",
    purpose: "Whether the right thing is built, and whether others can keep it.",
    asks: [
      { id: "Q11", minutes: 10 },
      { id: "Q12", minutes: 10 },
      { id: "Q13", minutes: 10 },
    ],
  },
];

/** Two of these, by role, fill the systems stage. */
export const SYSTEMS_QUESTIONS = ["Q05", "Q06", "Q07", "Q08", "Q09", "Q10"];
export const RESERVE_QUESTIONS = ["Q15", "Q16"];

export const SCALE: InterviewKit["scale"] = [
  { rating: 1, word: "poor", meaning: "As the first anchor, or less." },
  { rating: 2, word: "mixed", meaning: "As the second anchor." },
  { rating: 3, word: "good", meaning: "As the third anchor: what the role needs." },
  { rating: 4, word: "excellent", meaning: "As the fourth anchor." },
  { rating: null, word: "not assessed", meaning: "Not asked, or not enough heard. It is not a low rating." },
];

export const INTERVIEWER_RULES = [
  "Ask the same questions in the same words and order of everybody for this role.",
  "Take notes of what is said, not of what you make of it. Others must be able to check your rating against them.",
  "Use the probes when an answer stays short; do not lead to the next anchor.",
  "Rate each question against its anchors before you speak to any other interviewer. Between two anchors, take the lower.",
  "Not assessed is a rating of its own. Never fill it by guessing.",
  "Ask nothing about age, family, health, origin, faith, orientation, membership or pay of earlier jobs.",
  "Years of experience, names of employers and schools are not evidence. What was built and measured is.",
  "Write an alias, never a name, an address or a number.",
  "Say at the beginning how long it takes, what is noted, who reads it and when it is erased.",
];

export const DEBRIEF_RULES = [
  "Everybody hands in their ratings before the first word is spoken.",
  "Read all ratings aloud first, one dimension after the other, without comment.",
  "Discuss only questions where two ratings differ by two or more. Start with the notes, not with the number.",
  "Change a rating only for something that was overheard, and write down why.",
  "Nothing is added up: no total, no average, no order of people. The kit prints none.",
  "People decide, by name, and give their reason in a sentence that the candidate could read.",
];
