import { sayRoom } from "#server/messages/say.ts";
import type { CalendarDate } from "#server/team/schema.ts";
import { shiftDate } from "#server/team/shift-date.ts";
import type { Gate, Task } from "./schema.ts";
import { OWNER_NAMES } from "./tasks.data.ts";

const say = sayRoom("plan");

export interface CalendarQuestion {
  projectId: string;
  projectName: string;
  /** The plan's version: calendars replace an event whose sequence grew. */
  version: number;
  /** When the plan was last changed, in UTC: the stamp must not move between two exports of one version. */
  changedAt: string;
  tasks: Task[];
  gates: Gate[];
}

/** RFC 5545: whole-day events with an exclusive end, stable UIDs, CRLF, lines folded at 75 octets. */
export function writePlanIcs(question: CalendarQuestion): string {
  const { projectName, tasks, gates } = question;
  const dates = tasks.flatMap((task) => task.date ?? []);
  const [first, last] = [dates[0], dates.at(-1)];
  const events = [
    ...(first && last
      ? [event(question, "pilot", say("calendar.pilot", { project: projectName }), first, last, "", "PILOT")]
      : []),
    ...tasks.flatMap((task) =>
      task.date
        ? [
            event(
              question,
              task.id,
              `${task.id} ${task.title}`,
              task.date,
              task.date,
              describeTask(task),
              task.ownerRole.join(","),
            ),
          ]
        : [],
    ),
    ...gates.flatMap((gate) =>
      gate.date
        ? [
            event(
              question,
              gate.id,
              say("calendar.gate", { day: gate.day, title: gate.title }),
              gate.date,
              gate.date,
              gate.criteria.join("\n"),
              "GATE",
            ),
          ]
        : [],
    ),
  ];
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Pilotage//Plan//EN",
    "CALSCALE:GREGORIAN",
    ...events.flat(),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

function event(
  { projectId, version, changedAt }: CalendarQuestion,
  id: string,
  summary: string,
  first: CalendarDate,
  last: CalendarDate,
  description: string,
  category: string,
): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${id}@${projectId}`,
    `DTSTAMP:${changedAt.replace(/[-:]|\.\d+/g, "")}`,
    `SEQUENCE:${version}`,
    `DTSTART;VALUE=DATE:${first.replaceAll("-", "")}`,
    `DTEND;VALUE=DATE:${shiftDate(last, 1).replaceAll("-", "")}`,
    `SUMMARY:${escapeText(summary)}`,
    ...(description ? [`DESCRIPTION:${escapeText(description)}`] : []),
    `CATEGORIES:${category}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

function describeTask({ dod, artefact, ownerRole }: Task): string {
  const owner = ownerRole.map((role) => OWNER_NAMES[role]).join(say("nextInList"));
  return say("calendar.task", { owner, dod, artefact: artefact.what });
}

function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, (c) => `\\${c}`).replaceAll("\n", "\\n");
}

/** The limit is in octets: a character of several bytes is never cut. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  let octets = 0;
  let folded = "";
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > 75) {
      folded += "\r\n ";
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
