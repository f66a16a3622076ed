import type { Metadata } from "next";
import { LinkButton } from "#app/_components/button.tsx";
import { Foot, Margin, Sheet, Wide } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { DayRuler } from "./day-ruler.tsx";
import type { TraceWords } from "./trace-cells.tsx";
import { TraceKey, TraceView } from "./trace-view.tsx";

type Props = { params: Promise<{ projectId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("trace")).say("title") };
}

function nameGate(day: number, say: TraceWords["say"]): string {
  if (day === 2) return say("ruler.scope");
  if (day === 5) return say("ruler.halfway");
  return day === 10 ? say("ruler.goNoGo") : say("ruler.gate", { day: String(day) });
}

/** The first screen of a project: one line per layer, from the business answer to the verdict. */
export default async function TracePage({ params }: Props) {
  const { projectId } = await params;
  const api = await caller();
  const { project, rows, lead, next, days, gates, presets, ruleSet, run, today } = await orNotFound(
    api.trace.read({ projectId }),
  );
  const words = await readWords("trace");
  const { say, format } = words;
  const base = `/projects/${project.id}`;
  const version = {
    ruleSet: `${ruleSet.id} ${ruleSet.version}`,
    code: (name: React.ReactNode) => <code>{name}</code>,
  };
  return (
    <>
      <Sheet>
        <SheetHead question={project.name} lead={lead} />
        {days.length > 0 && (
          <DayRuler
            days={days}
            gates={gates.map(({ day, outcome }) => ({
              day,
              name: nameGate(day, say),
              outcome,
            }))}
            today={today}
            words={words}
          />
        )}
      </Sheet>
      <Margin>
        <Note title={say("next.title")} {...(days.length === 0 ? { source: say("next.noStart") } : {})}>
          <p>{next.sentence}</p>
          <LinkButton weight="primary" href={`${base}/${next.room}${next.at}`}>
            {next.action}
          </LinkButton>
        </Note>
      </Margin>
      <Wide>
        <TraceView rows={rows} base={base} words={words} />
        <TraceKey say={say} />
      </Wide>
      <Foot
        left={presets === 0 ? say("foot.confirmed") : say("foot.presets", { presets: String(presets) })}
        right={
          run
            ? say.rich("foot.rulesAndRun", { ...version, time: format.dateTime(run.finishedAt) })
            : say.rich("foot.rules", version)
        }
      />
    </>
  );
}
