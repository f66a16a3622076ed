"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, WordButton } from "#app/_components/button.tsx";
import { DateField } from "#app/_components/field.tsx";
import { Conflict, type SaveStatus, StatusLine } from "#app/_components/status-line.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";

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
  const { say, format } = useWords("plan");
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

  const sayDates = ({ startDate, holidays: off }: Dates): string => {
    const first = format.weekday(startDate);
    if (off.length === 0) return say("dates.withoutDaysOff", { first });
    return say("dates.withDaysOff", { first, days: off.map((date) => format.weekday(date)).join(", ") });
  };

  return (
    <div className="plan-dates no-print">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (start) void save({ startDate: start, holidays });
          else setProblem(say("dates.missing"));
        }}
      >
        <DateField
          label={say("dates.first")}
          hint={say("dates.firstHint")}
          name="start"
          min="2000-01-01"
          max="2100-12-31"
          value={start}
          error={problem}
          onChange={(event) => setStart(event.target.value)}
        />
        <Button type="submit" weight={stored ? "secondary" : "primary"}>
          {stored ? say("dates.move") : say("dates.put")}
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
            label={say("dates.dayOff")}
            hint={say("dates.dayOffHint")}
            name="holiday"
            min={today}
            max="2100-12-31"
            value={holiday}
            onChange={(event) => setHoliday(event.target.value)}
          />
          <Button type="submit">{say("dates.addDayOff")}</Button>
        </form>
      )}
      {stored && holidays.length > 0 && (
        <ul className="plan-holidays" aria-label={say("dates.daysOff")}>
          {holidays.map((date) => (
            <li key={date}>
              {format.weekday(date)}{" "}
              <WordButton
                aria-label={say("dates.takeBackDay", { day: format.weekday(date) })}
                onClick={() =>
                  void save({ startDate: stored.startDate, holidays: holidays.filter((one) => one !== date) })
                }
              >
                {say("dates.takeBack")}
              </WordButton>
            </li>
          ))}
        </ul>
      )}
      {conflict && (
        <Conflict
          what={say("dates.conflict")}
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
