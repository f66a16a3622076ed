import type { Metadata } from "next";
import { LinkButton } from "#app/_components/button.tsx";
import { formatDateTime } from "#app/_components/format-date.ts";
import { Foot, Margin, Sheet, Wide } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { DayRuler } from "./day-ruler.tsx";
import { TraceKey, TraceView } from "./trace-view.tsx";

type Props = { params: Promise<{ projectId: string }> };

export const metadata: Metadata = { title: "The trace" };

const GATE_NAMES: Record<number, string> = { 2: "scope", 5: "halfway", 10: "go / no-go" };

/** The first screen of a project: one line per layer, from the business answer to the verdict. */
export default async function TracePage({ params }: Props) {
  const { projectId } = await params;
  const api = await caller();
  const { project, rows, lead, next, days, gates, presets, ruleSet, run, today } = await orNotFound(
    api.trace.read({ projectId }),
  );
  const base = `/projects/${project.id}`;
  return (
    <>
      <Sheet>
        <SheetHead question={project.name} lead={lead} />
        {days.length > 0 && (
          <DayRuler
            days={days}
            gates={gates.map(({ day, outcome }) => ({
              day,
              name: GATE_NAMES[day] ?? `gate D${day}`,
              outcome,
            }))}
            today={today}
          />
        )}
      </Sheet>
      <Margin>
        <Note title="Next" {...(days.length === 0 ? { source: "The plan has no start date yet." } : {})}>
          <p>{next.sentence}</p>
          <LinkButton weight="primary" href={`${base}/${next.room}${next.at}`}>
            {next.action}
          </LinkButton>
        </Note>
      </Margin>
      <Wide>
        <TraceView rows={rows} base={base} />
        <TraceKey />
      </Wide>
      <Foot
        left={
          presets === 0
            ? "Every cell opens its object. A person stands behind every answer."
            : `Every cell opens its object. ${presets} answers come from the preset and nobody has confirmed them.`
        }
        right={
          <>
            rules{" "}
            <code>
              {ruleSet.id} {ruleSet.version}
            </code>
            {run && <>, last run {formatDateTime(run.finishedAt)}</>}
          </>
        }
      />
    </>
  );
}
