import { Figure } from "#app/_components/figure.tsx";
import { formatDay } from "#app/_components/format-date.ts";
import { formatCount } from "#app/_components/format-number.ts";
import { Table } from "#app/_components/table.tsx";
import type { Plan, PlanTask } from "./plan-data.ts";
import { OUTCOME_WORDS, STATUS_WORDS } from "./status-words.ts";

const TOP = 34;
const BAR = 11;
const PITCH = 15;
const FOOT = 20;
const DAYS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Ten columns, a band an owner, a bar a task: ink is done, hatched is under way, hollow is open. */
export function GanttStrip({ plan }: { plan: Plan }) {
  const { tasks, gates, dates } = plan.schedule;
  const bands = layOut(tasks);
  const done = tasks.filter((task) => task.status === "done").length;
  const reading = `${formatCount(tasks.length, "task")} of ${formatCount(bands.length, "owner")} over ten working days; ${done} done, ${formatCount(gates.filter((gate) => gate.outcome === null).length, "gate")} open.`;
  return (
    <Figure
      number={1}
      title="The ten days"
      reading={reading}
      source={
        dates[0]
          ? `${formatDay(dates[0], { year: true })} to ${formatDay(dates[9] ?? dates[0], { year: true })}`
          : "no start date yet"
      }
      table={
        <Table
          caption="Tasks by day"
          columns={[{ head: "Task" }, { head: "Day", numeric: true }, { head: "Owner" }, { head: "State" }]}
          rows={tasks.map((task) => ({
            key: task.id,
            cells: [
              task.id,
              task.day,
              task.ownerRole.map((o) => plan.ownerNames[o]).join(", "),
              STATUS_WORDS[task.status],
            ],
          }))}
        />
      }
    >
      <Strip plan={plan} bands={bands} label={reading} width={896} left={176} className="large" />
      <Strip plan={plan} bands={bands} label={reading} width={344} left={44} className="small" />
    </Figure>
  );
}

type StripProps = {
  plan: Plan;
  bands: Band[];
  label: string;
  width: number;
  left: number;
  className: string;
};

function Strip({ plan, bands, label, width, left, className }: StripProps) {
  const { gates, dates } = plan.schedule;
  const today = dates.indexOf(plan.today);
  const isSmall = className === "small";
  const column = (width - left) / DAYS.length;
  const bottom = TOP + bands.reduce((sum, band) => sum + band.height, 0);
  const height = bottom + FOOT;
  const hatch = `under-way-${className}`;
  return (
    <svg
      className={className}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V4" className="stroke-ink" strokeWidth="2" />
        </pattern>
      </defs>
      {DAYS.map((day, at) => (
        <g key={day}>
          <text x={left + at * column + 4} y="12" className={at === today ? "now" : "strong"}>
            {isSmall ? day : `D${day}`}
          </text>
          {!isSmall && (
            <text x={left + at * column + 4} y="26">
              {at === today ? "today" : dates[at] ? formatDay(dates[at]) : ""}
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
              ? `gate ${gate.day}`
              : `gate D${gate.day}, ${gate.outcome ? OUTCOME_WORDS[gate.outcome] : "open"}`}
          </text>
        </g>
      ))}
    </svg>
  );
}

function Bar(props: { task: PlanTask; x: number; y: number; width: number; hatch: string }) {
  const { task, x, y, width, hatch } = props;
  const look = LOOKS[task.status];
  return (
    <g>
      <title>{`${task.id} ${task.title}, ${STATUS_WORDS[task.status]}`}</title>
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
