"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, WordButton } from "#app/_components/button.tsx";
import { DateField } from "#app/_components/field.tsx";
import { formatWeekday } from "#app/_components/format-date.ts";
import { Conflict, type SaveStatus, StatusLine } from "#app/_components/status-line.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";

type Dates = { startDate: string; holidays: string[] };
type Props = {
  projectId: string;
  /** Null before the first start date. */
  stored: (Dates & { version: number }) | null;
  today: string;
};
type Stuck = { mine: Dates; theirs: Dates & { version: number } };

/** The first day and the days nobody works; both are saved as they are chosen. */
export function PlanDates({ projectId, stored, today }: Props) {
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [start, setStart] = useState(stored?.startDate ?? "");
  const [holiday, setHoliday] = useState("");
  const [status, setStatus] = useState<SaveStatus>({ kind: "idle" });
  const [problem, setProblem] = useState<string>();
  const [conflict, setConflict] = useState<Stuck>();
  const holidays = stored?.holidays ?? [];

  const save = async (dates: Dates, version = stored?.version ?? null): Promise<void> => {
    setStatus({ kind: "saving" });
    setProblem(undefined);
    setConflict(undefined);
    try {
      const saved = await client.plan.saveDates.mutate({ projectId, ...dates, version });
      setStatus({ kind: "saved", at: saved.updatedAt });
      setHoliday("");
      router.refresh();
    } catch (error) {
      const body = explain(error as Parameters<typeof explain>[0]);
      setStatus({ kind: "idle" });
      if (body.code === "VERSION_CONFLICT") {
        setConflict({
          mine: dates,
          theirs: ((body as { data?: unknown }).data as { theirs: Stuck["theirs"] }).theirs,
        });
      } else if (body.code === "DATE_INVALID") setProblem(body.message);
      else setStatus({ kind: "error", message: body.message, onRetry: () => void save(dates, version) });
    }
  };

  return (
    <div className="plan-dates no-print">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (start) void save({ startDate: start, holidays });
          else setProblem("Choose the first day.");
        }}
      >
        <DateField
          label="First day"
          hint="A weekend or a day off moves to the next working day."
          name="start"
          min="2000-01-01"
          max="2100-12-31"
          value={start}
          error={problem}
          onChange={(event) => setStart(event.target.value)}
        />
        <Button type="submit" weight={stored ? "secondary" : "primary"}>
          {stored ? "Move the plan" : "Put the plan on the calendar"}
        </Button>
      </form>
      {stored && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (holiday) void save({ startDate: stored.startDate, holidays: [...holidays, holiday] });
          }}
        >
          <DateField
            label="Day off"
            hint="Beside Saturdays and Sundays, for the whole team."
            name="holiday"
            min={today}
            max="2100-12-31"
            value={holiday}
            onChange={(event) => setHoliday(event.target.value)}
          />
          <Button type="submit">Add the day off</Button>
        </form>
      )}
      {stored && holidays.length > 0 && (
        <ul className="plan-holidays" aria-label="Days off">
          {holidays.map((date) => (
            <li key={date}>
              {formatWeekday(date)}{" "}
              <WordButton
                aria-label={`Take back ${formatWeekday(date)}`}
                onClick={() =>
                  void save({ startDate: stored.startDate, holidays: holidays.filter((one) => one !== date) })
                }
              >
                take back
              </WordButton>
            </li>
          ))}
        </ul>
      )}
      {conflict && (
        <Conflict
          what="The calendar"
          mine={sayDates(conflict.mine)}
          theirs={sayDates(conflict.theirs)}
          onKeepMine={() => void save(conflict.mine, conflict.theirs.version)}
          onTakeTheirs={() => {
            setStart(conflict.theirs.startDate);
            setConflict(undefined);
            router.refresh();
          }}
        />
      )}
      <StatusLine status={status} />
    </div>
  );
}

function sayDates({ startDate, holidays }: Dates): string {
  const off =
    holidays.length === 0
      ? "no days off"
      : `off on ${holidays.map((date) => formatWeekday(date)).join(", ")}`;
  return `${formatWeekday(startDate)}, ${off}`;
}
