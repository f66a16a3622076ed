import {
  DEBRIEF_RULES,
  INTERVIEWER_RULES,
  LOOP,
  RESERVE_QUESTIONS,
  SCALE,
  SYSTEMS_QUESTIONS,
} from "./interview-loop.data.ts";
import { INTERVIEW_QUESTIONS } from "./interview-questions.data.ts";
import type { InterviewKit, InterviewQuestion } from "./interview-schema.ts";
import type { Importance, Requirement, Role } from "./schema.ts";

const WEIGHT: Record<Importance, number> = { must: 3, should: 2, could: 1 };

/** The loop of a role: the same for everybody who applies for it. No rating is added up anywhere. */
export function planInterview(
  role: Pick<Role, "id" | "name" | "mission"> & { requirements: Requirement[] },
): InterviewKit {
  const situations = pickSituations(role);
  const stages = LOOP.map(({ asks, ...stage }) => {
    const open = [...situations];
    return {
      ...stage,
      questions: asks.flatMap(({ id, minutes }) => {
        const asked = id === null ? open.shift() : standIn(id, role);
        return asked === undefined ? [] : [{ id: asked, minutes }];
      }),
    };
  });
  const asked = new Set(stages.flatMap((stage) => stage.questions.map(({ id }) => id)));
  const questions = INTERVIEW_QUESTIONS.filter(({ id }) => asked.has(id));
  const touched = new Set(questions.flatMap(({ skillIds }) => skillIds));
  return {
    schemaVersion: 1,
    role: { id: role.id, name: role.name, mission: role.mission },
    minutes: stages.reduce((sum, { minutes }) => sum + minutes, 0),
    scale: SCALE,
    stages,
    questions,
    reserve: INTERVIEW_QUESTIONS.filter(
      ({ id, roles }) => RESERVE_QUESTIONS.includes(id) && roles.includes(role.id),
    ),
    uncovered: role.requirements
      .filter(({ skillId, importance }) => importance === "must" && !touched.has(skillId))
      .map(({ skillId }) => skillId),
    rules: INTERVIEWER_RULES,
    debrief: DEBRIEF_RULES,
  };
}

/** Written for the role first; then those whose skills weigh most in what the role must bring. */
function pickSituations(role: Pick<Role, "id"> & { requirements: Requirement[] }): string[] {
  const weigh = (question: InterviewQuestion) =>
    (question.roles.includes(role.id) ? 1000 : 0) +
    question.skillIds.reduce((sum, skillId) => {
      const requirement = role.requirements.find((one) => one.skillId === skillId);
      return sum + (requirement ? requirement.level * WEIGHT[requirement.importance] : 0);
    }, 0);
  return INTERVIEW_QUESTIONS.filter(({ id }) => SYSTEMS_QUESTIONS.includes(id))
    .map((question) => ({ id: question.id, weight: weigh(question) }))
    .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
    .slice(0, 2)
    .map(({ id }) => id)
    .sort();
}

/** The screen asks engineers about a service they know. Who leads the product is asked about problems, there and once. */
function standIn(id: string, role: Pick<Role, "id">): string | undefined {
  const question = INTERVIEW_QUESTIONS.find((one) => one.id === id);
  if (role.id !== "PL") return question?.id;
  if (id === "Q02") return "Q11";
  return id === "Q11" ? undefined : question?.id;
}
