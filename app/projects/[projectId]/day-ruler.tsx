import type { GateOutcome } from "#server/plan/schema.ts";
import type { TraceWords } from "./trace-cells.tsx";

export type RulerDay = { number: number; date: string };
export type RulerGate = { day: number; name: string; outcome: GateOutcome | null };

type Ruler = { days: RulerDay[]; gates: RulerGate[]; today: string; words: TraceWords };

/** The ten working days: heavy line behind, thin ahead, dotted weekend, gates as taller ticks, a pointer today. */
export function DayRuler({ days, gates, today, words }: Ruler) {
  const { say, format } = words;
  const label = say("ruler.label", {
    count: String(days.length),
    date: format.day(days[0]?.date ?? today),
    gates: gates.map((gate) => gate.day).join(", "),
  });
  return (
    <div className="ruler">
      <Drawing className="large" width={896} {...{ days, gates, today, words, label }} />
      <Drawing className="small" width={360} {...{ days, gates, today, words, label }} />
    </div>
  );
}

type DrawingProps = Ruler & { className: string; width: number; label: string };

function Drawing({ className, width, days, gates, today, words, label }: DrawingProps) {
  const { say, format } = words;
  const xs = placeDays(days, 5, width - 2);
  const isSmall = width < 500;
  const line = 26;
  return (
    <svg className={className} viewBox={`0 0 ${width} 58`} role="img" aria-label={label}>
      {xs.slice(1).map((x, at) => {
        const from = xs[at] ?? 0;
        const next = days[at + 1];
        const isWeekend = next !== undefined && daysBetween(days[at]?.date, next.date) > 1;
        const isBehind = next !== undefined && next.date <= today;
        return (
          <path
            key={next?.number}
            d={`M${from} ${line}H${x}`}
            className={isBehind || isWeekend ? "stroke-ink" : "stroke-ink3"}
            strokeWidth={isBehind && !isWeekend ? 3 : 1}
            strokeDasharray={isWeekend ? "2 3" : undefined}
          />
        );
      })}
      {days.map((day, at) => {
        const x = xs[at] ?? 0;
        const gate = gates.find((one) => one.day === day.number);
        const anchor = at === 0 ? "start" : at === days.length - 1 ? "end" : "middle";
        const isToday = day.date === today;
        const isLast = at === days.length - 1;
        // On a phone only what would collide with nothing is written: gates, the first day, today.
        const isCrowded =
          isSmall &&
          days.slice(Math.max(0, at - 2), at + 3).some((near) => near.date === today && near !== day);
        if (isSmall && !gate && !isToday && at !== 0) {
          return <path key={day.number} d={`M${x} 22V30`} className="stroke-ink" />;
        }
        const weight = isToday ? "strong" : undefined;
        const textX = x - (anchor === "start" ? 5 : 0);
        return (
          <g key={day.number}>
            <path
              d={`M${x} ${gate ? 12 : 22}V30`}
              className={day.date <= today ? "stroke-ink" : "stroke-ink3"}
              strokeWidth={gate ? 1.5 : 1}
            />
            {gate && !isCrowded && (
              <text x={isLast ? x - 6 : x + 6} y="18" textAnchor={isLast ? "end" : "start"} className="label">
                {gate.outcome && !isSmall
                  ? say("ruler.decided", { gate: gate.name, outcome: say(`outcome.${gate.outcome}`) })
                  : gate.name}
              </text>
            )}
            <text x={textX} y="44" textAnchor={anchor} className={weight}>
              {say("gateDay", { day: String(day.number) })}
            </text>
            {(!isSmall || isToday || at === 0 || (isLast && !isCrowded)) && (
              <text x={textX} y="57" textAnchor={anchor} className={weight}>
                {isToday ? say("ruler.today") : format.day(day.date)}
              </text>
            )}
            {isToday && <path d={`M${x} 20l-5 -8h10Z`} className="fill-accent" />}
          </g>
        );
      })}
    </svg>
  );
}

/** A weekend between two days is a little wider than a night, not three times as wide. */
function placeDays(days: RulerDay[], left: number, right: number): number[] {
  const steps = days.slice(1).map((day, at) => (daysBetween(days[at]?.date, day.date) > 1 ? 1.35 : 1));
  const total = steps.reduce((sum, step) => sum + step, 0) || 1;
  let at = left;
  return [left, ...steps.map((step) => (at += (step / total) * (right - left)))];
}

function daysBetween(from: string | undefined, to: string): number {
  return from === undefined ? 1 : (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
