import type { Metadata } from "next";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import type { SayOf } from "#server/messages/say.ts";
import { GanttStrip } from "./gantt-strip.tsx";
import { GateRow } from "./gate-row.tsx";
import type { Plan, PlanTask } from "./plan-data.ts";
import { PlanDates } from "./plan-dates.tsx";
import { RiskTable } from "./risk-table.tsx";
import { TaskStateField } from "./task-state.tsx";
import "./plan.css";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("plan")).say("title") };
}

type Props = { params: Promise<{ projectId: string }> };

export default async function PlanPage({ params }: Props) {
  const { projectId } = await params;
  const { say, format } = await readWords("plan");
  const api = await caller();
  const plan = await orNotFound(api.plan.read({ projectId }));
  const { schedule, stored, project } = plan;
  const base = `/projects/${project.id}`;
  const files = `/api/projects/${project.id}/plan`;
  return (
    <WordsFor rooms={["plan"]}>
      <Sheet>
        <SheetHead question={say("question")} lead={describeLead(plan, say, format)} />
        {schedule.startMoved && (
          <p className="plan-moved" role="note">
            {say("startMoved", {
              from: format.weekday(schedule.startMoved.from),
              reason: schedule.startMoved.reason,
              to: format.weekday(schedule.startMoved.to),
            })}
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
            title={date ? say("day.dated", { day, date: format.weekday(date) }) : say("day.undated", { day })}
          >
            <TaskTable plan={plan} day={day} tasks={tasks} />
            {gate && <GateRow plan={plan} gate={gate} base={base} />}
          </Section>
        ))}
        <Section id="risks" title={say("risk.title")}>
          <RiskTable risks={plan.risks} />
        </Section>
      </Sheet>
      <Margin>
        <Note title={say("progress.title")} source={say("progress.source")}>
          <p>
            {say.rich("progress.count", {
              done: plan.progress.done,
              tasks: plan.progress.outOf,
              share: format.number(plan.progress.sharePct, { digits: 0, unit: "%" }),
              waived: plan.progress.waived,
              b: (words) => <b>{words}</b>,
            })}
          </p>
        </Note>
        {plan.withoutPilot && (
          <Note title={say("without.title")}>
            <p>{plan.withoutPilot}</p>
          </Note>
        )}
        <Note title={say("files.title")}>
          <p className="links">
            <a className="act" href={`${files}/csv`}>
              {say("files.csv")}
            </a>
            {stored && (
              <a className="act" href={`${files}/ics`}>
                {say("files.ics")}
              </a>
            )}
          </p>
        </Note>
        <Note title={say("counting.title")}>
          <p>{say("counting.text")}</p>
        </Note>
      </Margin>
      <Foot
        left={say("foot.owners")}
        right={
          stored
            ? say("foot.version", {
                version: stored.version,
                day: format.day(plan.today, { year: true }),
              })
            : say("foot.undated")
        }
      />
    </WordsFor>
  );
}

async function TaskTable({ plan, day, tasks }: { plan: Plan; day: number; tasks: PlanTask[] }) {
  const { say } = await readWords("plan");
  return (
    <table className="stack plan-tasks">
      <caption className="sr-only">{say("task.caption", { day })}</caption>
      <thead>
        <tr>
          <th scope="col">{say("task.name")}</th>
          <th scope="col">{say("task.owner")}</th>
          <th scope="col">{say("task.doneWhen")}</th>
          <th scope="col">{say("task.state")}</th>
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <tr key={task.id} id={task.id}>
            <th scope="row">
              {task.title}
              <span className="id">{task.id}</span>
            </th>
            <td data-head={say("task.owner")}>
              {task.ownerRole.map((owner) => plan.ownerNames[owner]).join(", ")}
            </td>
            <td data-head={say("task.doneWhen")}>
              <span>
                {task.dod}
                <span className="second">
                  {say.rich("task.proof", {
                    isFile: task.artefact.path ? "yes" : "no",
                    proof: task.artefact.path || task.artefact.what,
                    waits: task.dependsOn.length > 0 ? "yes" : "no",
                    after: task.dependsOn.join(", "),
                    code: (words) => <code>{words}</code>,
                    waitsFor: (words) => <span className="waits">{words}</span>,
                  })}
                </span>
              </span>
            </td>
            <td data-head={say("task.state")}>
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

function describeLead({ schedule, progress }: Plan, say: SayOf<"plan">, format: Format): string {
  const { dates, gates, tasks } = schedule;
  const [first, last] = [dates[0], dates.at(-1)];
  if (!first || !last) return say("lead.undated", { count: tasks.length });
  const gate = gates.find((one) => one.outcome === null);
  const next = gate?.date
    ? say("lead.nextGate", {
        gate: gate.title.toLowerCase(),
        day: gate.day,
        date: format.weekday(gate.date),
      })
    : say("lead.noNextGate");
  return say("lead.dated", {
    first: format.weekday(first),
    last: format.day(last, { year: true }),
    done: progress.done,
    tasks: progress.outOf,
    next,
  });
}
