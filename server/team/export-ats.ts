import { sayRoom } from "#server/messages/say.ts";
import type { Wish } from "./describe-job.ts";
import { escapeHtml, toJson } from "./export-job.ts";
import type { InterviewKit, InterviewQuestion } from "./interview-schema.ts";

const say = sayRoom("staffing");

/** What a role's skills are called on a scorecard elsewhere, and the kit with them. No candidate and no rating. */
export type AtsQuestion = { kit: InterviewKit; attributes: Wish[] };

/**
 * Shaped like the job stages and scorecard attributes of Greenhouse's Harvest API. It has no way to import a template:
 * the file is for entering by hand or by a script of one's own.
 */
export function writeGreenhouse({ kit, attributes }: AtsQuestion): string {
  return toJson({
    name: kit.role.name,
    attributes: attributes.map(({ name }) => ({ name, type: "Skills", note: null, rating: null })),
    stages: kit.stages.map((stage) => ({
      name: stage.name,
      interviews: [
        {
          name: `${stage.name}: ${stage.dimension}`,
          schedulable: true,
          estimated_minutes: stage.minutes,
          default_interviewer_users: [],
          interview_kit: {
            content: `<p>${escapeHtml(stage.purpose)}</p><ul>${kit.rules.map((rule) => `<li>${escapeHtml(rule)}</li>`).join("")}</ul>`,
            questions: stage.questions.map(({ id }) => ({ question: askOf(kit, id) })),
          },
        },
      ],
    })),
    // By a person, never by this file.
    overall_recommendation: "no_decision",
    rating_scale: { 1: "definitely_not", 2: "no", 3: "yes", 4: "strong_yes", "not assessed": "no_decision" },
  });
}

/** Shaped like Ashby's feedback forms: a score is a whole number from 1 to 4 with comments. */
export function writeAshby({ kit, attributes }: AtsQuestion): string {
  return toJson({
    title: say("ats.form", { role: kit.role.name }),
    sections: kit.stages.map((stage) => ({
      title: stage.name,
      descriptionPlain: `${stage.purpose} ${say("ats.rates", { who: stage.interviewer })}`,
      durationMinutes: stage.minutes,
      fields: [
        ...stage.questions.map(({ id }) => score(`${stage.id}_${id}`, askOf(kit, id), anchorsOf(kit, id))),
        ...(stage.questions.length === 0 ? [score(stage.id, stage.dimension, [])] : []),
        { path: `${stage.id}_notes`, type: "RichText", title: say("ats.notes"), isNullable: true },
      ],
    })),
    skills: attributes.map(({ skillId, name, does }) => ({
      id: skillId,
      title: name,
      descriptionPlain: does,
    })),
  });
}

function score(path: string, title: string, anchors: string[]) {
  return {
    path,
    type: "Score",
    title,
    isNullable: true,
    minimum: 1,
    maximum: 4,
    ...(anchors.length > 0 ? { anchors } : {}),
  };
}

function find(kit: InterviewKit, id: string): InterviewQuestion | undefined {
  return kit.questions.find((question) => question.id === id);
}

function askOf(kit: InterviewKit, id: string): string {
  return find(kit, id)?.prompt ?? id;
}

function anchorsOf(kit: InterviewKit, id: string): string[] {
  return (find(kit, id)?.anchors ?? []).map((anchor, at) => `${at + 1}: ${anchor}`);
}
