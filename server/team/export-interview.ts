import { sayRoom } from "#server/messages/say.ts";
import type { Block, Paper } from "#server/paper/blocks.ts";
import { escapeMarkdown, toJson } from "./export-job.ts";
import type { InterviewKit, InterviewQuestion, InterviewStage } from "./interview-schema.ts";

const say = sayRoom("staffing");

export function writeInterviewJson(kit: InterviewKit): string {
  return toJson(kit);
}

/** The whole kit, then a sheet for each interviewer with room for notes. No name, no total, no recommendation. */
export function setInterviewPaper(kit: InterviewKit, day: string): Paper {
  const title = say("paper.interview", { role: kit.role.name });
  return {
    title,
    language: "en-GB",
    subject: say("paper.interviewSubject"),
    day,
    orientation: "portrait",
    foot: (page, pages) => say("paper.foot", { title, day, page, pages }),
    blocks: [...setOverview(kit), ...kit.stages.flatMap((stage, at) => setSheet(kit, stage, at))],
  };
}

function setOverview(kit: InterviewKit): Block[] {
  return [
    { kind: "text", as: "lead", text: kit.role.mission },
    { kind: "text", text: `${say("paper.noScore")} ${say("paper.workSample")}` },
    { kind: "heading", level: 2, text: sayLoop(kit) },
    {
      kind: "list",
      numbered: true,
      items: kit.stages.map((stage) =>
        [
          `${stage.name}, ${stage.minutes} min: ${sayAsks(stage)}`,
          stage.questions.map(({ id }) => id).join(", "),
        ]
          .filter(Boolean)
          .join(" "),
      ),
    },
    { kind: "heading", level: 2, text: say("paper.scale") },
    {
      kind: "list",
      items: kit.scale.map(({ rating, word, meaning }) => `${rating ?? "–"} ${word}: ${meaning}`),
    },
    { kind: "heading", level: 2, text: say("paper.rules") },
    { kind: "list", items: kit.rules },
    { kind: "heading", level: 2, text: say("paper.debrief") },
    { kind: "list", numbered: true, items: kit.debrief },
    ...(kit.uncovered.length > 0 ? [note(say("paper.uncovered", { skills: kit.uncovered.join(", ") }))] : []),
    ...(kit.reserve.length > 0
      ? [note(`${say("paper.reserve")}: ${kit.reserve.map(({ id, prompt }) => `${id} ${prompt}`).join(" ")}`)]
      : []),
  ];
}

function setSheet(kit: InterviewKit, stage: InterviewStage, at: number): Block[] {
  return [
    { kind: "newPage" },
    {
      kind: "heading",
      level: 2,
      text: say("paper.sheet", { at: at + 1, stage: stage.name, minutes: stage.minutes }),
    },
    { kind: "text", text: sayAsks(stage) },
    { kind: "text", as: "reading", text: stage.purpose },
    note(say("paper.aliasLine")),
    ...stage.questions.flatMap(({ id, minutes }) => {
      const question = kit.questions.find((one) => one.id === id);
      return question ? setQuestion(question, minutes) : [];
    }),
    ...(stage.questions.length === 0
      ? [
          { kind: "text" as const, text: say("paper.ratingLine") },
          { kind: "lines" as const, count: 14 },
        ]
      : []),
  ];
}

function setQuestion(question: InterviewQuestion, minutes: number): Block[] {
  return [
    { kind: "heading", level: 3, text: `${question.id}, ${minutes} min: ${question.prompt}` },
    { kind: "list", items: question.probes },
    {
      kind: "table",
      caption: "",
      columns: [1, 2, 3, 4].map((rating) => ({ head: String(rating), share: 1 })),
      rows: [[...question.anchors]],
    },
    ...(question.redFlags.length > 0
      ? [note(`${say("paper.redFlags")}: ${question.redFlags.join(" ")}`)]
      : []),
    { kind: "text", text: say("paper.ratingLine") },
    { kind: "lines", count: 4 },
  ];
}

const note = (text: string): Block => ({ kind: "text", as: "note", text });

function sayLoop({ minutes }: InterviewKit): string {
  return say("paper.loop", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

function sayAsks({ interviewer, dimension }: InterviewStage): string {
  return say("paper.asks", { who: interviewer, dimension });
}

export function writeInterviewMarkdown(kit: InterviewKit): string {
  const list = (items: string[]) => items.map((item) => `- ${escapeMarkdown(item)}`);
  const question = (
    { id, prompt, probes, anchors, redFlags, skillIds }: InterviewQuestion,
    minutes: number,
  ) => [
    `### ${id}, ${minutes} min: ${escapeMarkdown(prompt)}`,
    "",
    ...(skillIds.length > 0 ? [say("paper.skills", { skills: skillIds.join(", ") }), ""] : []),
    `**${say("paper.probes")}**`,
    "",
    ...list(probes),
    "",
    "| 1 | 2 | 3 | 4 |",
    "|---|---|---|---|",
    `| ${anchors.map(escapeMarkdown).join(" | ")} |`,
    "",
    ...(redFlags.length > 0 ? [`${say("paper.redFlags")}: ${escapeMarkdown(redFlags.join(" "))}`, ""] : []),
    say("paper.ratingLine"),
    "",
  ];
  return [
    `# ${escapeMarkdown(say("paper.interview", { role: kit.role.name }))}`,
    "",
    escapeMarkdown(kit.role.mission),
    "",
    `${say("paper.noScore")} ${say("paper.workSample")}`,
    "",
    `## ${sayLoop(kit)}`,
    "",
    ...kit.stages.map(
      (stage, at) => `${at + 1}. ${escapeMarkdown(`${stage.name}, ${stage.minutes} min. ${sayAsks(stage)}`)}`,
    ),
    "",
    `## ${say("paper.scale")}`,
    "",
    ...list(kit.scale.map(({ rating, word, meaning }) => `${rating ?? "–"} ${word}: ${meaning}`)),
    "",
    `## ${say("paper.rules")}`,
    "",
    ...list(kit.rules),
    "",
    `## ${say("paper.debrief")}`,
    "",
    ...list(kit.debrief),
    "",
    ...(kit.uncovered.length > 0 ? [say("paper.uncovered", { skills: kit.uncovered.join(", ") }), ""] : []),
    ...(kit.reserve.length > 0
      ? [`${say("paper.reserve")}:`, "", ...list(kit.reserve.map(({ id, prompt }) => `${id}: ${prompt}`)), ""]
      : []),
    ...kit.stages.flatMap((stage, at) => [
      `## ${escapeMarkdown(say("paper.sheet", { at: at + 1, stage: stage.name, minutes: stage.minutes }))}`,
      "",
      say("paper.aliasLine"),
      "",
      escapeMarkdown(stage.purpose),
      "",
      ...stage.questions.flatMap(({ id, minutes }) => {
        const found = kit.questions.find((one) => one.id === id);
        return found ? question(found, minutes) : [];
      }),
    ]),
  ].join("\n");
}
