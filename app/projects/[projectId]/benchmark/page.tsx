import type { Metadata } from "next";
import { LinkButton } from "#app/_components/button.tsx";
import { EmptyState } from "#app/_components/empty.tsx";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { AccuracyFigure } from "./accuracy-figure.tsx";
import { LatencyFigure } from "./latency-figure.tsx";
import { OfferList } from "./offer-list.tsx";
import { RunHistory } from "./run-history.tsx";
import { MachineNote, RunFoot, RunNotes } from "./run-margin.tsx";
import { RunPanel } from "./run-panel.tsx";
import { presetChoices, SamplePlan } from "./sample-plan.tsx";
import { leadVerdicts, sayNeeds } from "./say-metric.ts";
import { StagesFigure } from "./stages-figure.tsx";
import { UploadReport } from "./upload-report.tsx";
import { VerdictTable } from "./verdict-table.tsx";

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<{ run?: string | string[] }> };

export const metadata: Metadata = { title: "Benchmark" };

/** Does it do what was promised? The newest run, or the one asked for, with its proof and what it changes. */
export default async function BenchmarkPage({ params, searchParams }: Props) {
  const [{ projectId }, { run: asked }] = await Promise.all([params, searchParams]);
  const api = await caller();
  const [runs, current, plan, machine] = await orNotFound(
    Promise.all([
      api.reports.list({ projectId }),
      api.jobs.current({ projectId }),
      api.reports.plan({ projectId }),
      api.hardware.machine(),
    ]),
  );
  const runId = typeof asked === "string" ? asked : runs[0]?.runId;
  const [read, offered] =
    runId === undefined
      ? [null, null]
      : await orNotFound(
          Promise.all([api.reports.read({ projectId, runId }), api.reports.offers({ projectId, runId })]),
        );
  const base = `/projects/${projectId}/benchmark`;
  const isActive = current.latest?.job.state === "queued" || current.latest?.job.state === "running";

  const starter = plan && (
    <Section id="run" title={isActive ? "Running" : read ? "Run again" : "Run it"}>
      <RunPanel
        projectId={projectId}
        latest={current.latest}
        dataSets={current.dataSets}
        presets={presetChoices(plan.quick, plan.standard)}
        walls={sayWalls(current.worker)}
        now={new Date().toISOString()}
      />
    </Section>
  );
  const isFirst = read === null || isActive;

  return (
    <>
      <Sheet>
        <SheetHead
          question="Does it do what was promised?"
          lead={read ? leadRun(read) : sayNothing(plan !== null, isActive)}
        />
        {isFirst && starter}
        {plan === null && read === null && (
          <div className="mt-8">
            <EmptyState
              title="Hand the pilot out first"
              action={
                <LinkButton weight="primary" href={`/projects/${projectId}/scaffold`}>
                  Configure the pilot
                </LinkButton>
              }
            >
              A run measures the pilot that was handed out, against the targets that were sealed with it.
            </EmptyState>
          </div>
        )}
        {plan !== null && read === null && (
          <Section id="proof" title="What this sample can prove">
            <SamplePlan plan={plan.quick} />
          </Section>
        )}
        {read && (
          <>
            <Section id="verdicts" title="Verdicts">
              <VerdictTable verdicts={read.run.verdicts} intervals={read.picture.intervals} />
              <p className="source mt-2">
                Each row on its own scale. Bar: one-sided exact bounds, alpha 0.05, strict; tick: the measured
                value. The line is the same in every row: what was promised.
              </p>
            </Section>
            {offered && (
              <Section id="offers" title="What it says about the brief">
                <OfferList
                  key={read.run.runId}
                  projectId={projectId}
                  runId={read.run.runId}
                  offers={offered.offers}
                  accepted={offered.accepted}
                  refused={offered.refused}
                />
              </Section>
            )}
            <div className="mt-10 grid gap-x-7 gap-y-10 wide:grid-cols-[minmax(0,1fr)_288px]">
              {read.picture.load.slowestMs !== null && (
                <LatencyFigure
                  number={1}
                  picture={read.picture}
                  verdict={read.run.verdicts.find(({ metric }) => metric === "latency_p95_ms") ?? null}
                />
              )}
              {read.picture.all.outOf > 0 && (
                <AccuracyFigure
                  number={2}
                  picture={read.picture}
                  target={
                    read.run.verdicts.find(({ metric }) => metric === "answer_accuracy")?.target.value ?? null
                  }
                />
              )}
            </div>
            {read.picture.header.stages.some((stage) => stage.wallMs > 0) && (
              <div className="mt-10">
                <StagesFigure number={3} stages={read.picture.header.stages} />
              </div>
            )}
            {!isFirst && starter}
            <Section id="history" title="Runs">
              <RunHistory runs={runs} shown={read.run.runId} base={base} />
            </Section>
          </>
        )}
        <Section id="upload" title="Run elsewhere">
          <UploadReport projectId={projectId} />
        </Section>
      </Sheet>
      <Margin>
        {read && <OpenNote verdicts={read.run.verdicts} />}
        {read && plan && (
          <Note title="What this set can prove">
            <SamplePlanLine plan={plan} />
          </Note>
        )}
        {read && <RunNotes run={read.run} picture={read.picture} />}
        <MachineNote machine={machine} />
      </Margin>
      {read && (
        <Foot
          left={`Run ${
            runs.length -
            Math.max(
              0,
              runs.findIndex((run) => run.runId === read.run.runId),
            )
          } of ${runs.length}.`}
          right={<RunFoot run={read.run} />}
        />
      )}
    </>
  );
}

type Read = Awaited<ReturnType<Awaited<ReturnType<typeof caller>>["reports"]["read"]>>;
type Verdicts = Awaited<
  ReturnType<Awaited<ReturnType<typeof caller>>["reports"]["list"]>
>[number]["verdicts"];
type Plan = NonNullable<Awaited<ReturnType<Awaited<ReturnType<typeof caller>>["reports"]["plan"]>>>;

function OpenNote({ verdicts }: { verdicts: Verdicts }) {
  const open = verdicts.filter((verdict) => verdict.verdict === "inconclusive");
  if (open.length === 0) return null;
  return (
    <Note title={open.length === 1 ? "What the open verdict needs" : "What the open verdicts need"}>
      {[...new Set(open.map((verdict) => sayNeeds(verdict.needs) || verdict.reason))].map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Note>
  );
}

function SamplePlanLine({ plan }: { plan: Plan }) {
  const { accuracy } = plan.quick;
  const row = accuracy?.power[0];
  if (!accuracy || !row) return <p>No accuracy target was handed out.</p>;
  return (
    <p>
      {accuracy.questions} questions: at a true {Math.round(row.truth * 100)} % they pass{" "}
      {Math.round(row.passChance * 100)} times in 100; {row.neededFor80Pct ?? "more"} questions would pass
      four times in five.
    </p>
  );
}

function leadRun({ run, picture }: Read): string {
  const { outcome } = picture.header;
  return outcome.status === "failed"
    ? `The run failed in ${outcome.stage}: ${outcome.reason} Nothing is judged.`
    : leadVerdicts(run.verdicts);
}

function sayNothing(isHandedOut: boolean, isActive: boolean): string {
  if (isActive) return "A run is under way. Nothing is judged yet.";
  return isHandedOut
    ? "Nothing is measured yet. A quick run takes a few minutes."
    : "Nothing is measured yet.";
}

function sayWalls(worker: { isolation: unknown } | null): string {
  if (worker === null) return "No worker is running, so the run would wait in the queue.";
  const { isolation } = worker;
  const level =
    typeof isolation === "object" && isolation !== null && "level" in isolation ? isolation.level : 0;
  return level === 1
    ? "It runs in its own process group, with limits and without network."
    : "It runs with limits, but this machine cannot cut it off from the network.";
}
