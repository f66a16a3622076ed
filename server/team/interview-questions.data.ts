import type { SkillId } from "./schema.ts";

export type InterviewQuestion = { id: string; prompt: string; skillIds: SkillId[] };

/** In the order of the loop. The first is asked of everybody who builds the pilot. */
export const INTERVIEW_QUESTIONS: InterviewQuestion[] = [
  {
    id: "Q01",
    prompt:
      "Walk me through the architecture of a production RAG system you've built. How did you measure success?",
    skillIds: ["S05", "S21", "S04"],
  },
  {
    id: "Q02",
    prompt: "Take a service you know. Does it wait or does it compute, and how do you know?",
    skillIds: ["S01", "S16"],
  },
  {
    id: "Q03",
    prompt: "Your assistant returns valid JSON that is wrong once in fifty. What do you do?",
    skillIds: ["S02", "S21"],
  },
  {
    id: "Q04",
    prompt: "The cost of 1 000 queries doubled last month. Take it apart for me.",
    skillIds: ["S11", "S03", "S08"],
  },
  {
    id: "Q05",
    prompt: "A customer's document contains instructions for your bot. What happens in your design?",
    skillIds: ["S10", "S04"],
  },
  {
    id: "Q06",
    prompt: "A profile puts 70 % of the time into one Python function. What do you decide?",
    skillIds: ["S16", "S17"],
  },
  {
    id: "Q07",
    prompt: "A daily pandas job runs out of memory. How do you move it?",
    skillIds: ["S09", "S23", "S12"],
  },
  {
    id: "Q08",
    prompt: "The new fraud model has the higher accuracy. Do you ship it?",
    skillIds: ["S15", "S07", "S22"],
  },
  { id: "Q09", prompt: "Your pipeline delivered the same day twice. What now?", skillIds: ["S14", "S02"] },
  {
    id: "Q10",
    prompt: "An agent looped overnight and spent the budget. What was missing?",
    skillIds: ["S04", "S10", "S11"],
  },
  { id: "Q11", prompt: "Which problem here would you not give to AI?", skillIds: ["S24"] },
  { id: "Q12", prompt: "You have ten days and one engineer. Plan the pilot.", skillIds: ["S24", "S21"] },
  {
    id: "Q13",
    prompt: "Hand this prototype to a team that has never seen it.",
    skillIds: ["S13", "S19", "S07", "S18"],
  },
  {
    id: "Q15",
    prompt: "The model has to run on the user's device. What changes?",
    skillIds: ["S20", "S06"],
  },
  {
    id: "Q16",
    prompt: "An auditor asks why applicant 4711 was declined. What do you show?",
    skillIds: ["S22", "S07"],
  },
];
