import type { Metadata } from "next";
import Link from "next/link";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import type { SayOf } from "#server/messages/say.ts";
import { ComparisonTable } from "./comparison-table.tsx";

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<{ run?: string | string[] }> };
type Compared = Awaited<ReturnType<Awaited<ReturnType<typeof caller>>["runs"]["compare"]>>;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("runs")).say("compare.title") };
}

/** Two to six runs; the oldest is what the others are compared with. */
export default async function ComparePage({ params, searchParams }: Props) {
  const [{ projectId }, { run }] = await Promise.all([params, searchParams]);
  const api = await caller();
  const asked = [...new Set(Array.isArray(run) ? run : [run ?? ""])];
  const listed = await orNotFound(api.reports.list({ projectId }));
  // Oldest first, and only what there is.
  const runIds = listed.flatMap(({ runId }) => (asked.includes(runId) ? [runId] : [])).reverse();
  const compared =
    runIds.length >= 2 && runIds.length <= 6
      ? await orNotFound(api.runs.compare({ projectId, runIds }))
      : null;
  const { say, format } = await readWords("runs");
  const back = (
    <Link prefetch={false} className="act no-print" href={`/projects/${projectId}/benchmark`}>
      {say("compare.back")}
    </Link>
  );
  return (
    <>
      <Sheet>
        <SheetHead
          question={say("compare.question")}
          lead={compared === null ? say("compare.pick") : leadChanges(compared, say)}
        />
        {compared?.others.map((other) => (
          <Section
            key={other.run.runId}
            id={other.run.runId}
            title={say("compare.versus", {
              time: format.dateTime(other.run.finishedAt),
              base: format.dateTime(compared.base.finishedAt),
            })}
          >
            <ComparisonTable base={compared.base} other={other.run} comparison={other.comparison} />
          </Section>
        ))}
        <p className="mt-7">{back}</p>
      </Sheet>
      <Margin>
        {compared && (
          <Note title={say("compare.method")}>
            {say("compare.methodSaid", { confidence: format.share(1 - compared.alpha, { digits: 1 }) })}
          </Note>
        )}
      </Margin>
      <Foot
        left={compared?.base.runId ?? ""}
        right={compared?.others.map(({ run }) => run.runId).join(", ")}
      />
    </>
  );
}

function leadChanges({ others }: Compared, say: SayOf<"runs">): string {
  const told = others.flatMap(({ comparison }) => [...comparison.runs, ...comparison.questions]);
  const list = (change: "worse" | "better") => [
    ...new Set(told.filter((one) => one.change === change).map(({ metric }) => say(`metric.${metric}`))),
  ];
  const [worse, better] = [list("worse"), list("better")];
  if (worse.length + better.length === 0) return say("compare.leadNone");
  return [
    worse.length > 0 && say("compare.leadWorse", { list: worse.join(", "), count: worse.length }),
    better.length > 0 && say("compare.leadBetter", { list: better.join(", "), count: better.length }),
  ]
    .filter(Boolean)
    .join(" ");
}
