import { Drawing } from "#app/_components/drawing.tsx";
import { Figure } from "#app/_components/figure.tsx";
import { Table } from "#app/_components/table.tsx";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import type { SayOf } from "#server/messages/say.ts";
import type { Plan, PlanTask } from "./plan-data.ts";

const TOP = 34;
const BAR = 11;
const PITCH = 15;
const FOOT = 20;
const DAYS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Ten columns, a band an owner, a bar a task: ink is done, hatched is under way, hollow is open. */
export async function GanttStrip({ plan }: { plan: Plan }) {
  const { say, format } = await readWords("plan");
  const { tasks, gates, dates } = plan.schedule;
  const bands = layOut(tasks);
  const done = tasks.filter((task) => task.status === "done").length;
  const reading = say("figure.reading", {
    tasks: tasks.length,
    owners: bands.length,
    done,
    open: gates.filter((gate) => gate.outcome === null).length,
  });
  const shared = { plan, bands, label: reading, say, format };
  return (
    <Figure
      number={1}
      title={say("figure.title")}
      reading={reading}
      source={
        dates[0]
          ? say("figure.dated", {
              first: format.day(dates[0], { year: true }),
              last: format.day(dates[9] ?? dates[0], { year: true }),
            })
          : say("figure.undated")
      }
      table={
        <Table
          caption={say("figure.table")}
          columns={[
            { head: say("task.name") },
            { head: say("task.day"), numeric: true },
            { head: say("task.owner") },
            { head: say("task.state") },
          ]}
          rows={tasks.map((task) => ({
            key: task.id,
            cells: [
              task.id,
              task.day,
              task.ownerRole.map((o) => plan.ownerNames[o]).join(", "),
              say(`status.${task.status}`),
            ],
          }))}
        />
      }
    >
      <Strip {...shared} width={896} left={176} className="large" />
      <Strip {...shared} width={344} left={44} className="small" />
    </Figure>
  );
}

type StripProps = {
  plan: Plan;
  bands: Band[];
  label: string;
  say: SayOf<"plan">;
  format: Format;
  width: number;
  left: number;
  className: string;
};

function Strip({ plan, bands, label, say, format, width, left, className }: StripProps) {
  const { gates, dates } = plan.schedule;
  const today = dates.indexOf(plan.today);
  const isSmall = className === "small";
  const column = (width - left) / DAYS.length;
  const bottom = TOP + bands.reduce((sum, band) => sum + band.height, 0);
  const height = bottom + FOOT;
  const hatch = `under-way-${className}`;
  return (
    <Drawing width={width} height={height} label={label} {...(className ? { className } : {})}>
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V4" className="stroke-ink" strokeWidth="2" />
        </pattern>
      </defs>
      {DAYS.map((day, at) => (
        <g key={day}>
          <text x={left + at * column + 4} y="12" className={at === today ? "now" : "strong"}>
            {isSmall ? day : say("figure.day", { day })}
          </text>
          {!isSmall && (
            <text x={left + at * column + 4} y="26">
              {at === today ? say("figure.today") : dates[at] ? format.day(dates[at]) : ""}
            </text>
          )}
          <path className="grid" d={`M${left + at * column} 2V${bottom}`} />
        </g>
      ))}
      {today >= 0 && (
        <path
          d={`M${left + (today + 0.5) * column} ${TOP - 4}V${bottom}`}
          className="stroke-accent"
          strokeDasharray="3 3"
        />
      )}
      {bands.map((band) => (
        <g key={band.owner}>
          <path className="grid" d={`M0 ${band.y}H${width}`} />
          <text x="0" y={band.y + 14} className="label">
            {isSmall ? band.owner : plan.ownerNames[band.owner]}
          </text>
          {band.bars.map(({ task, row }) => (
            <Bar
              key={task.id}
              task={task}
              label={say("figure.bar", {
                task: `${task.id} ${task.title}`,
                status: say(`status.${task.status}`),
              })}
              hatch={hatch}
              x={left + (task.day - 1) * column + (isSmall ? 2 : 4)}
              y={band.y + 4 + row * PITCH}
              width={column - (isSmall ? 4 : 10)}
            />
          ))}
        </g>
      ))}
      {gates.map((gate) => (
        <g key={gate.id}>
          <path d={`M${left + gate.day * column} ${TOP - 8}V${bottom + 6}`} className="target" />
          <text x={left + gate.day * column} y={height - 2} textAnchor="end" className="label">
            {isSmall
              ? say("figure.shortGate", { day: gate.day })
              : say("figure.gate", {
                  day: gate.day,
                  outcome: gate.outcome ? say(`outcome.${gate.outcome}`) : say("figure.open"),
                })}
          </text>
        </g>
      ))}
    </Drawing>
  );
}

type BarProps = { task: PlanTask; label: string; x: number; y: number; width: number; hatch: string };

function Bar({ task, label, x, y, width, hatch }: BarProps) {
  const look = LOOKS[task.status];
  return (
    <g>
      <title>{label}</title>
      <rect
        x={x}
        y={y}
        width={width}
        height={BAR}
        className={look.className}
        {...look.rest}
        {...(task.status === "doing" ? { fill: `url(#${hatch})` } : {})}
      />
      {task.status === "blocked" && (
        <path d={`M${x + 3} ${y + 2.5}l6 6m0 -6l-6 6`} className="stroke-fail" strokeWidth="1.6" />
      )}
    </g>
  );
}

const LOOKS: Record<PlanTask["status"], { className: string; rest: { strokeDasharray?: string } }> = {
  todo: { className: "fill-paper stroke-ink3", rest: {} },
  doing: { className: "stroke-ink", rest: {} },
  blocked: { className: "fill-paper stroke-fail", rest: {} },
  done: { className: "fill-ink stroke-ink", rest: {} },
  waived: { className: "fill-none stroke-ink3", rest: { strokeDasharray: "2 2" } },
};

type Band = {
  owner: PlanTask["ownerRole"][number];
  y: number;
  height: number;
  bars: { task: PlanTask; row: number }[];
};

/** One band an owner, in the order they first act; tasks of one day stand below each other. */
function layOut(tasks: PlanTask[]): Band[] {
  const owners = [...new Set(tasks.flatMap((task) => task.ownerRole[0] ?? []))];
  const bands: Band[] = [];
  let y = TOP;
  for (const owner of owners) {
    const used = new Map<number, number>();
    const bars = tasks
      .filter((task) => task.ownerRole[0] === owner)
      .map((task) => {
        const row = used.get(task.day) ?? 0;
        used.set(task.day, row + 1);
        return { task, row };
      });
    const height = Math.max(...used.values()) * PITCH + 7;
    bands.push({ owner, y, height, bars });
    y += height;
  }
  return bands;
}
