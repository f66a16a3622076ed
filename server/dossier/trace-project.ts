import type { Outcome, Verdict } from "#server/benchmark/schema.ts";
import type { Answer, AnswerValue, Question } from "#server/brief/schema.ts";
import type { Override } from "#server/decision/record-schema.ts";
import type { Decision, Layer, LayerResult } from "#server/decision/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { Gate, PilotSchedule, Task } from "#server/plan/schema.ts";
import type { InterviewQuestion } from "#server/team/interview-questions.data.ts";
import type { Skill, SkillGap } from "#server/team/schema.ts";
import { sayAnswer } from "./trace-answer.ts";
import { TRACE_LINKS, type TraceLink } from "./trace-links.data.ts";

const say = sayRoom("trace");

export type TraceTask = Pick<Task, "id" | "title" | "status">;
export type TraceGate = Pick<Gate, "id" | "day" | "date" | "outcome">;
export type TraceProposal = { questionId: string; from: AnswerValue | null; to: AnswerValue; runId: string };

export type TraceInput = {
  pilot: "rag" | "mlops";
  questions: readonly Question[];
  /** The newest answer of each question. */
  answers: readonly Answer[];
  decision: Decision;
  layers: readonly Layer[];
  skills: readonly Pick<Skill, "id" | "name">[];
  gaps: readonly SkillGap[];
  interview: readonly InterviewQuestion[];
  /** Dates are null until the plan has a start date. */
  plan: PilotSchedule;
  /** Null until a run is stored. */
  run: { runId: string; finishedAt: string; verdicts: readonly Verdict[] } | null;
  /** Measured answers that contradict what stands in the brief and wait for a person. */
  proposals: readonly TraceProposal[];
  /** The layers as they would stand with every proposal accepted. */
  after: readonly Pick<LayerResult, "layer" | "pick" | "teamPick">[];
  /** What people chose instead of the rules. */
  overrides?: ReadonlyMap<string, Pick<Override, "option" | "reason">>;
};

export type TraceRow = {
  layer: string;
  name: string;
  question: string;
  status: LayerResult["status"];
  answer: {
    questionId: string;
    text: string;
    /** `bound = io`, as rules read it. */
    said: string;
    source: Answer["source"];
    answeredAt: string;
  } | null;
  pick: { id: string; label: string; margin: number; close: boolean; teamPick: string | null } | null;
  /** What a person chose instead, by label. */
  override: { label: string; reason: string } | null;
  /** Options that share the lead, by label. */
  tied: string[];
  /** The worst gap first: at most two, and one while nobody is assessed. */
  gaps: {
    skillId: string;
    skill: string;
    needs: number;
    held: number | null;
    short: number;
    holders: number;
  }[];
  interview: { id: string; prompt: string } | null;
  task: TraceTask | null;
  gate: TraceGate | null;
  measured:
    | {
        kind: "verdict";
        metric: Verdict["metric"];
        outcome: Outcome;
        value: number | null;
        bound: number | null;
        target: Verdict["target"];
      }
    | {
        kind: "contradicted";
        questionId: string;
        from: string;
        to: string;
        runId: string;
        /** The pick once the measured answers are accepted, by label; null when it stays. */
        becomes: { pick: string; teamPick: string | null } | null;
      }
    | { kind: "measured_answer"; said: string }
    | { kind: "not_run" }
    | { kind: "no_target" };
  wouldChange: { sentence: string; rule: string | null } | null;
  /** The line ends after the pick: nothing to staff, ask or test. */
  ends: boolean;
};

/** One row per layer of the rule set, from the answer that moved it to the verdict that judges it. */
export function traceProject(input: TraceInput): TraceRow[] {
  return input.decision.layers
    .filter((result) => result.status !== "not_applicable")
    .map((result) => traceLayer(input, result));
}

function traceLayer(input: TraceInput, result: LayerResult): TraceRow {
  const layer = input.layers.find((candidate) => candidate.id === result.layer);
  const link = TRACE_LINKS[result.layer] ?? NO_LINK;
  const taskId = link.task[input.pilot];
  const label = (option: string) =>
    layer?.options.find((candidate) => candidate.id === option)?.label ?? option;
  const task = input.plan.tasks.find((candidate) => candidate.id === taskId);
  const skillIds =
    layer?.options.find((option) => option.id === result.pick)?.skills.map((need) => need.skill) ?? [];
  const gaps = findGaps(input, skillIds);
  return {
    layer: result.layer,
    name: result.name,
    question: layer?.question ?? result.name,
    status: result.status,
    answer: findAnswer(input, result),
    pick:
      result.pick === null
        ? null
        : {
            id: result.pick,
            label: label(result.pick),
            margin: result.margin,
            close: result.close,
            teamPick: result.teamPick && result.teamPick !== result.pick ? label(result.teamPick) : null,
          },
    override: findOverride(input, result.layer, label),
    tied: result.tied.map(label),
    gaps,
    interview: findInterview(input, gaps[0]?.skillId ?? skillIds[0]),
    task: task ? { id: task.id, title: task.title, status: task.status } : null,
    gate: task ? findGate(input.plan, task.day) : null,
    measured: findMeasured(input, link, findSuccessor(input, result, label)),
    wouldChange: findChange(input, result),
    ends: link.endsWith !== null && link.endsWith === result.pick,
  };
}

const NO_LINK: TraceLink = { task: { rag: null, mlops: null }, metric: null, measures: null, endsWith: null };

/** The answer whose rule gave the pick most points; a veto decides where no score does. */
function findAnswer({ answers, questions }: TraceInput, result: LayerResult): TraceRow["answer"] {
  const strength = (rule: LayerResult["fired"][number]) =>
    rule.kind === "score" ? Math.abs(rule.points[result.pick ?? result.tied[0] ?? ""] ?? 0) : 0.5;
  const byStrength = [...result.fired]
    .filter((rule) => rule.kind === "score" || rule.kind === "veto")
    .sort((a, b) => strength(b) - strength(a));
  for (const rule of byStrength) {
    for (const questionId of Object.keys(rule.answers)) {
      const answer = answers.find((candidate) => candidate.questionId === questionId);
      const question = questions.find((candidate) => candidate.id === questionId);
      if (!answer || !question) continue;
      return {
        questionId,
        ...sayAnswer(question, answer.value),
        source: answer.source,
        answeredAt: answer.answeredAt,
      };
    }
  }
  return null;
}

function findGaps({ gaps, skills }: TraceInput, skillIds: string[]): TraceRow["gaps"] {
  // In the order in which the option names its skills, so that among equals the most telling one stands first.
  const asked = skillIds
    .flatMap((skillId) => gaps.filter((gap) => gap.skillId === skillId))
    .sort((a, b) => b.gap - a.gap || b.required - a.required);
  return asked.slice(0, asked.some((gap) => gap.assessed) ? 2 : 1).map((gap) => ({
    skillId: gap.skillId,
    skill: skills.find((skill) => skill.id === gap.skillId)?.name ?? gap.skillId,
    needs: gap.required,
    held: gap.assessed ? gap.covered : null,
    short: gap.gap,
    holders: gap.busFactor,
  }));
}

function findInterview({ interview }: TraceInput, skillId: string | undefined): TraceRow["interview"] {
  const found = interview.find((question) => skillId !== undefined && question.skillIds.includes(skillId));
  return found ? { id: found.id, prompt: found.prompt } : null;
}

/** The first gate on or after the task's day: there its proof is looked at. */
function findGate({ gates }: PilotSchedule, day: number): TraceGate | null {
  const gate = gates.find((candidate) => candidate.day >= day);
  return gate ? { id: gate.id, day: gate.day, date: gate.date, outcome: gate.outcome } : null;
}

function findOverride(
  { overrides }: TraceInput,
  layer: string,
  label: (option: string) => string,
): TraceRow["override"] {
  const found = overrides?.get(layer);
  return found?.option ? { label: label(found.option), reason: found.reason } : null;
}

type Successor = Extract<TraceRow["measured"], { kind: "contradicted" }>["becomes"];

function findSuccessor(
  { after }: TraceInput,
  now: LayerResult,
  label: (option: string) => string,
): Successor {
  const then = after.find((candidate) => candidate.layer === now.layer);
  if (!then || then.pick === null || then.pick === now.pick) return null;
  const teamPick = then.teamPick !== null && then.teamPick !== then.pick ? label(then.teamPick) : null;
  return { pick: label(then.pick), teamPick };
}

function findMeasured(input: TraceInput, link: TraceLink, becomes: Successor): TraceRow["measured"] {
  const { run, proposals, answers, questions } = input;
  const question = questions.find((candidate) => candidate.id === link.measures);
  const proposal = proposals.find((candidate) => candidate.questionId === link.measures);
  if (question && proposal) {
    return {
      kind: "contradicted",
      questionId: question.id,
      from: proposal.from === null ? say("fact.unknown") : sayAnswer(question, proposal.from).said,
      to: sayAnswer(question, proposal.to).said,
      runId: proposal.runId,
      becomes,
    };
  }
  const answer = answers.find((candidate) => candidate.questionId === link.measures);
  if (question && answer?.source === "measured") {
    return { kind: "measured_answer", said: sayAnswer(question, answer.value).said };
  }
  if (link.metric === null && link.measures === null) return { kind: "no_target" };
  if (run === null) return { kind: "not_run" };
  const verdict = run.verdicts.find((candidate) => candidate.metric === link.metric);
  if (verdict === undefined) return { kind: "no_target" };
  const { metric, value, bound, target } = verdict;
  return { kind: "verdict", metric, outcome: verdict.verdict, value, bound, target };
}

function findChange({ questions }: TraceInput, result: LayerResult): TraceRow["wouldChange"] {
  const flip = result.flips[0];
  if (flip) return { sentence: flip.sentence, rule: null };
  const silent = result.couldMatter[0];
  if (!silent) return null;
  const name = (id: string) => questions.find((question) => question.id === id)?.name ?? id;
  return {
    sentence: say("fact.unknownMatters", { questions: silent.questions.map(name).join(", ") }),
    rule: silent.rule,
  };
}
