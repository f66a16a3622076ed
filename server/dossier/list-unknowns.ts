import type { Verdict } from "#server/benchmark/schema.ts";
import type { Answers, Question } from "#server/brief/schema.ts";
import type { Decision } from "#server/decision/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { SkillGap } from "#server/team/schema.ts";

const say = sayRoom("dossier");

export type Unknown = {
  room: "brief" | "team" | "benchmark";
  what: string;
  /** What it would change, or what would settle it. */
  why: string;
};

type Known = {
  questions: readonly Question[];
  answers: Answers;
  decision: Decision;
  gaps: readonly SkillGap[];
  verdicts: readonly Verdict[] | null;
};

/** Pages are short: the questions that could move most layers come first, the rest is counted in the brief. */
const MOST_QUESTIONS = 4;

/** What the pack does not know, most consequential first within each room. An unknown is printed, never left out. */
export function listUnknowns({ questions, answers, decision, gaps, verdicts }: Known): Unknown[] {
  return [
    ...listQuestions(questions, answers, decision),
    ...listSkills(gaps),
    ...(verdicts === null
      ? [{ room: "benchmark" as const, what: say("unknown.noRun.what"), why: say("unknown.noRun.why") }]
      : listVerdicts(verdicts)),
  ];
}

function listQuestions(questions: readonly Question[], answers: Answers, decision: Decision): Unknown[] {
  const layersOf = new Map<string, Set<string>>();
  for (const layer of decision.layers) {
    for (const questionId of layer.couldMatter.flatMap((rule) => rule.questions)) {
      layersOf.set(questionId, (layersOf.get(questionId) ?? new Set()).add(layer.name));
    }
  }
  return questions
    .filter(({ id, measuredOnly }) => !measuredOnly && (answers[id] ?? "unknown") === "unknown")
    .flatMap(({ id, name }) => {
      const layers = [...(layersOf.get(id) ?? [])];
      return layers.length === 0 ? [] : [{ name, layers }];
    })
    .sort((a, b) => b.layers.length - a.layers.length)
    .slice(0, MOST_QUESTIONS)
    .map(({ name, layers }) => ({
      room: "brief",
      what: name,
      why: say("unknown.couldChange", { layers: joinNames(layers) }),
    }));
}

function listSkills(gaps: readonly SkillGap[]): Unknown[] {
  const unassessed = gaps.filter((gap) => !gap.assessed).length;
  if (unassessed === 0) return [];
  const what =
    unassessed === gaps.length
      ? say("unknown.skills.all")
      : say("unknown.skills.some", { unassessed: String(unassessed), needed: String(gaps.length) });
  return [{ room: "team", what, why: say("unknown.skills.why") }];
}

function listVerdicts(verdicts: readonly Verdict[]): Unknown[] {
  return verdicts
    .filter((verdict) => verdict.verdict === "inconclusive")
    .map((verdict) => ({ room: "benchmark", what: verdict.metric, why: verdict.reason }));
}

function joinNames(names: readonly string[]): string {
  const lower = names.map((name) => (name === name.toUpperCase() ? name : name.toLowerCase()));
  const last = lower.pop() ?? "";
  return lower.length === 0 ? last : say("unknown.and", { others: lower.join(", "), last });
}
