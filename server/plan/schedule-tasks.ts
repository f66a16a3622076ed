import type { ProjectKind } from "#server/brief/schema.ts";
import type { CalendarDate } from "#server/team/schema.ts";
import { dateOfDay, dayNumber, weekdayOf } from "#server/team/shift-date.ts";
import type { Gate, GateDay, GateOutcome, PilotSchedule, Task, TaskStates, TaskTemplate } from "./schema.ts";
import { PILOTS, type PilotKind } from "./tasks.data.ts";

/** A pilot's length in working days. */
export const PILOT_DAYS = 10;
const SATURDAY = 5;

export interface ScheduleQuestion {
  kind: ProjectKind;
  /** Null: the plan stands without dates. */
  startDate: CalendarDate | null;
  holidays: CalendarDate[];
  states: TaskStates;
  outcomes: Partial<Record<GateDay, GateOutcome>>;
}

export interface ScheduledPilot extends PilotSchedule {
  pilot: PilotKind;
  /** The ten working days, in order; empty without a start date. */
  dates: CalendarDate[];
  /** Set when the chosen start is not a working day. */
  startMoved: { from: CalendarDate; to: CalendarDate; reason: "weekend" | "holiday" } | null;
}

/** Day n is the nth working day from the start. A task's date is its day's; a gate is never on a day off. */
export function scheduleTasks(question: ScheduleQuestion): ScheduledPilot {
  const { kind, startDate, holidays, states, outcomes } = question;
  const pilot = pilotKindOf(kind);
  const dates = startDate === null ? [] : listWorkingDays(startDate, holidays, PILOT_DAYS);
  const { tasks, gates } = PILOTS[pilot];
  return {
    pilot,
    dates,
    startMoved: startDate === null ? null : describeMove(startDate, dates[0] ?? startDate, holidays),
    tasks: tasks.map((task): Task => {
      const { id, day, title, owners, dod, artefact } = task;
      const status = states[id]?.status ?? "todo";
      const dependsOn = listDependencies(task, tasks);
      return {
        id,
        day,
        date: dates[day - 1] ?? null,
        title,
        ownerRole: owners,
        dod,
        artefact,
        dependsOn,
        status,
      };
    }),
    gates: gates.map(
      ({ id, day, title, owners, criteria, artefact }): Gate => ({
        id,
        day,
        date: dates[day - 1] ?? null,
        title,
        ownerRole: owners,
        criteria,
        artefact,
        outcome: outcomes[day] ?? null,
      }),
    ),
  };
}

/** Engines and on-device projects follow the RAG plan: its questions, gates and handoff hold; no pilot is generated. */
export function pilotKindOf(kind: ProjectKind): PilotKind {
  return kind === "classification" || kind === "forecast" ? "mlops" : "rag";
}

export function isWorkingDay(date: CalendarDate, holidays: CalendarDate[]): boolean {
  return weekdayOf(date) < SATURDAY && !holidays.includes(date);
}

/** The first `count` working days on or after the start. Ends: a list of holidays is finite. */
export function listWorkingDays(
  start: CalendarDate,
  holidays: CalendarDate[],
  count: number,
): CalendarDate[] {
  const dates: CalendarDate[] = [];
  for (let day = dayNumber(start); dates.length < count; day += 1) {
    const date = dateOfDay(day);
    if (isWorkingDay(date, holidays)) dates.push(date);
  }
  return dates;
}

function describeMove(
  from: CalendarDate,
  to: CalendarDate,
  holidays: CalendarDate[],
): ScheduledPilot["startMoved"] {
  if (from === to) return null;
  return { from, to, reason: holidays.includes(from) ? "holiday" : "weekend" };
}

/** What a task waits for: what it names, else the tasks of its day that stand before it. */
function listDependencies(task: TaskTemplate, tasks: TaskTemplate[]): string[] {
  if (task.after) return task.after;
  const before = tasks.slice(0, tasks.indexOf(task));
  return before.filter((other) => other.day === task.day).map((other) => other.id);
}
