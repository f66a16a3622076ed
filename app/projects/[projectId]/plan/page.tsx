import type { Metadata } from "next";
import { formatDay, formatWeekday } from "#app/_components/format-date.ts";
import { formatCount, formatNumber } from "#app/_components/format-number.ts";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { GanttStrip } from "./gantt-strip.tsx";
import { GateRow } from "./gate-row.tsx";
import type { Plan, PlanTask } from "./plan-data.ts";
import { PlanDates } from "./plan-dates.tsx";
import { RiskTable } from "./risk-table.tsx";
import { TaskStateField } from "./task-state.tsx";
import "./plan.css";

export const metadata: Metadata = { title: "Plan" };

type Props = { params: Promise<{ projectId: string }> };

export default async function PlanPage({ params }: Props) {
  const { projectId } = await params;
  const api = await caller();
  const plan = await orNotFound(api.plan.read({ projectId }));
  const { schedule, stored, project } = plan;
  const base = `/projects/${project.id}`;
  const files = `/api/projects/${project.id}/plan`;
  return (
    <>
      <Sheet>
        <SheetHead question="What happens on which of the ten days?" lead={describeLead(plan)} />
        {schedule.startMoved && (
          <p className="plan-moved" role="note">
            {formatWeekday(schedule.startMoved.from)} is a{" "}
            {schedule.startMoved.reason === "weekend" ? "weekend" : "day off"}; day 1 is{" "}
            {formatWeekday(schedule.startMoved.to)}.
          </p>
        )}
        <PlanDates
          key={stored?.version ?? 0}
          projectId={project.id}
          stored={
            stored && { startDate: stored.startDate, holidays: stored.holidays, version: stored.version }
          }
          today={plan.today}
        />
        <div className="plan-strip">
          <GanttStrip plan={plan} />
        </div>
        {listDays(plan).map(({ day, date, tasks, gate }) => (
          <Section
            key={day}
            id={`day-${day}`}
            title={date ? `Day ${day}, ${formatWeekday(date)}` : `Day ${day}`}
          >
            <TaskTable plan={plan} day={day} tasks={tasks} />
            {gate && <GateRow plan={plan} gate={gate} base={base} />}
          </Section>
        ))}
        <Section id="risks" title="What could go wrong">
          <RiskTable risks={plan.risks} />
        </Section>
      </Sheet>
      <Margin>
        <Note
          title="Progress"
          source="Done tasks among all but the waived ones. A task is done with its artefact."
        >
          <p>
            <b>
              {plan.progress.done} of {formatCount(plan.progress.outOf, "task")}
            </b>
            , {formatNumber(plan.progress.sharePct, { digits: 0, unit: "%" })}
            {plan.progress.waived > 0 && `; ${plan.progress.waived} waived`}
          </p>
        </Note>
        {plan.withoutPilot && (
          <Note title="No pilot is handed out">
            <p>{plan.withoutPilot}</p>
          </Note>
        )}
        <Note title="Take it along">
          <p className="links">
            <a className="act" href={`${files}/csv`}>
              CSV
            </a>
            {stored && (
              <a className="act" href={`${files}/ics`}>
                Calendar (ICS)
              </a>
            )}
          </p>
        </Note>
        <Note title="How days are counted">
          <p>
            Day n is the nth working day from the first. Saturdays, Sundays and the days off are skipped, so a
            gate never falls on one.
          </p>
        </Note>
      </Margin>
      <Foot
        left="The plan follows the kind of project. Owners are roles; who fills them stands in the team."
        right={
          stored
            ? `plan ${stored.version}, today ${formatDay(plan.today, { year: true })}`
            : "not on the calendar yet"
        }
      />
    </>
  );
}

function TaskTable({ plan, day, tasks }: { plan: Plan; day: number; tasks: PlanTask[] }) {
  return (
    <table className="stack plan-tasks">
      <caption className="sr-only">Tasks of day {day}</caption>
      <thead>
        <tr>
          <th scope="col">Task</th>
          <th scope="col">Owner</th>
          <th scope="col">Done when</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <tr key={task.id} id={task.id}>
            <th scope="row">
              {task.title}
              <span className="id">{task.id}</span>
            </th>
            <td data-head="Owner">{task.ownerRole.map((owner) => plan.ownerNames[owner]).join(", ")}</td>
            <td data-head="Done when">
              <span>
                {task.dod}
                <span className="second">
                  Proof: {task.artefact.path ? <code>{task.artefact.path}</code> : task.artefact.what}
                  {task.dependsOn.length > 0 && (
                    <>
                      {". After "}
                      <span className="waits">{task.dependsOn.join(", ")}</span>
                    </>
                  )}
                </span>
              </span>
            </td>
            <td data-head="State">
              <TaskStateField
                projectId={plan.project.id}
                task={{ id: task.id, title: task.title, artefact: task.artefact.what }}
                state={plan.stored?.tasks[task.id] ?? { status: "todo" }}
                canSave={plan.stored !== null}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function listDays({ schedule: { tasks, gates, dates } }: Plan) {
  return [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((day) => ({
    day,
    date: dates[day - 1] ?? null,
    tasks: tasks.filter((task) => task.day === day),
    gate: gates.find((gate) => gate.day === day) ?? null,
  }));
}

function describeLead({ schedule: { dates, gates, tasks }, progress }: Plan): string {
  const [first, last] = [dates[0], dates.at(-1)];
  if (!first || !last) {
    return `${formatCount(tasks.length, "task")} and three gates are ready. Choose the first day, and every one of them gets a date.`;
  }
  const next = gates.find((gate) => gate.outcome === null);
  const gate = next?.date
    ? ` Next gate: ${next.title.toLowerCase()}, day ${next.day}, ${formatWeekday(next.date)}.`
    : " Every gate is decided.";
  return `From ${formatWeekday(first)} to ${formatDay(last, { year: true })}, ${progress.done} of ${formatCount(progress.outOf, "task")} done.${gate}`;
}
