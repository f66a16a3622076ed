import type { Metadata } from "next";
import Link from "next/link";
import { LinkButton } from "#app/_components/button.tsx";
import { EmptyState } from "#app/_components/empty.tsx";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { Notices } from "#app/_home/notices.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import "./benchmark.css";
import { AccuracyFigure } from "./accuracy-figure.tsx";
import { LatencyFigure } from "./latency-figure.tsx";
import { OfferList } from "./offer-list.tsx";
import { OverRuns } from "./over-runs.tsx";
import { PriceForm } from "./price-form.tsx";
import { ProofTables } from "./proof-tables.tsx";
import { readShown } from "./read-shown.ts";
import { RunCare } from "./run-care.tsx";
import { RunHistory } from "./run-history.tsx";
import { MachineNote, RunFoot, RunNotes } from "./run-margin.tsx";
import { RunPanel } from "./run-panel.tsx";
import { presetChoices, SamplePlan } from "./sample-plan.tsx";
import { type BenchmarkWords, leadVerdicts, sayNeeds } from "./say-metric.ts";
import { StagesFigure } from "./stages-figure.tsx";
import { UploadReport } from "./upload-report.tsx";
import { VerdictTable } from "./verdict-table.tsx";

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("benchmark")).say("title") };
}

/** Does it do what was promised? The newest run, or the one asked for, with its proof and what it changes. */
export default async function BenchmarkPage({ params, searchParams }: Props) {
  const [{ projectId }, query] = await Promise.all([params, searchParams]);
  const { run: asked } = query;
  const skip = readSkip(query.skip);
  const api = await caller();
  const [{ runs, stored }, current, plan, machine] = await orNotFound(
    Promise.all([
      api.runs.list({ projectId, skip }),
      api.jobs.current({ projectId }),
      api.reports.plan({ projectId }),
      api.hardware.machine(),
    ]),
  );
  const runId = typeof asked === "string" ? asked : runs[0]?.runId;
  const shown = runId === undefined ? null : await orNotFound(readShown(projectId, runId, query));
  const read = shown?.read ?? null;
  const offered = shown?.offered ?? null;
  const words = await readWords("benchmark");
  const { say, format } = words;
  const { say: sayMore } = await readWords("runs");
  const base = `/projects/${projectId}/benchmark`;
  const isActive = current.latest?.job.state === "queued" || current.latest?.job.state === "running";

  const starter = plan && (
    <Section id="run" title={say(isActive ? "section.running" : read ? "section.again" : "section.first")}>
      <RunPanel
        projectId={projectId}
        latest={current.latest}
        dataSets={current.dataSets}
        presets={presetChoices(plan.quick, plan.standard, words)}
        walls={sayWalls(current, say)}
        now={new Date().toISOString()}
      />
    </Section>
  );
  const isFirst = read === null || isActive;

  return (
    <WordsFor rooms={["benchmark", "runs", "sweep"]}>
      <Sheet>
        <SheetHead
          question={say("question")}
          lead={read ? leadRun(read, words) : sayNothing(plan !== null, isActive, say)}
        />
        <Notices projectId={projectId} />
        {isFirst && starter}
        {plan === null && read === null && (
          <div className="mt-8">
            <EmptyState
              title={say("handOutFirst.title")}
              action={
                <LinkButton weight="primary" href={`/projects/${projectId}/scaffold`}>
                  {say("handOutFirst.action")}
                </LinkButton>
              }
            >
              {say("handOutFirst.why")}
            </EmptyState>
          </div>
        )}
        {plan !== null && read === null && (
          <Section id="proof" title={say("section.proof")}>
            <SamplePlan plan={plan.quick} />
            <ProofTables quick={plan.quick} standard={plan.standard} handedOutAt={plan.handedOutAt} />
          </Section>
        )}
        {read && (
          <>
            <Section id="verdicts" title={say("section.verdicts")}>
              <VerdictTable verdicts={read.run.verdicts} intervals={read.picture.intervals} />
              <p className="source mt-2">{say("verdicts.source")}</p>
              {read.run.sweepId !== null && (
                <p className="status mt-3">
                  {say("verdicts.ofSweep")}{" "}
                  <Link prefetch={false} className="act" href={`${base}/sweep?sweep=${read.run.sweepId}`}>
                    {say("verdicts.toSweep")}
                  </Link>
                </p>
              )}
            </Section>
            {offered && read.run.sweepId === null && (
              <Section id="offers" title={say("section.offers")}>
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
                  band={read.picture.band}
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
            {shown && <OverRuns number={3} history={shown.history} points={shown.points} />}
            <Section id="price" title={sayMore("section.price")}>
              {shown && (
                <PriceForm
                  runId={read.run.runId}
                  goodput={shown.beside.goodput}
                  price={shown.price}
                  usdPer1k={read.picture.metrics.find(({ name }) => name === "usd_per_1k")?.value ?? null}
                  energy={shown.beside.energy}
                />
              )}
            </Section>
            {!isFirst && starter}
            {plan !== null && (
              <Section id="proof" title={sayMore("section.proof")}>
                <SamplePlan plan={plan.quick} />
                <ProofTables quick={plan.quick} standard={plan.standard} handedOutAt={plan.handedOutAt} />
              </Section>
            )}
            <Section id="history" title={say("section.history")}>
              <RunHistory runs={runs} stored={stored} skip={skip} shown={read.run.runId} base={base} />
            </Section>
            {shown && (
              <RunCare
                run={read.run}
                judgements={shown.beside.judgements}
                counts={{
                  requests: read.picture.load.requests,
                  questions: read.picture.header.data.questions,
                }}
              />
            )}
          </>
        )}
        <Section id="upload" title={say("section.upload")}>
          <UploadReport projectId={projectId} />
        </Section>
      </Sheet>
      <Margin>
        {read && <OpenNote verdicts={read.run.verdicts} words={words} />}
        {read && plan && (
          <Note title={say("sample.title")}>
            <p>{saySample(plan, words)}</p>
          </Note>
        )}
        {read && <RunNotes run={read.run} picture={read.picture} seal={shown?.beside.seal ?? null} />}
        <MachineNote machine={machine} />
        <p className="no-print mt-3">
          <Link prefetch={false} className="act" href={`${base}/forecast`}>
            {sayMore("forecast.link")}
          </Link>
        </p>
      </Margin>
      {read && (
        <Foot
          left={
            read.run.sweepId === null
              ? say("foot.run", {
                  number: format.number(
                    stored -
                      skip -
                      Math.max(
                        0,
                        runs.findIndex((run) => run.runId === read.run.runId),
                      ),
                  ),
                  total: format.number(stored),
                })
              : ""
          }
          right={<RunFoot run={read.run} />}
        />
      )}
    </WordsFor>
  );
}

type Read = Awaited<ReturnType<typeof readShown>>["read"];
type Verdicts = Awaited<
  ReturnType<Awaited<ReturnType<typeof caller>>["reports"]["list"]>
>[number]["verdicts"];
type Plan = NonNullable<Awaited<ReturnType<Awaited<ReturnType<typeof caller>>["reports"]["plan"]>>>;

function readSkip(asked: string | string[] | undefined): number {
  const skip = Number(asked ?? 0);
  return Number.isInteger(skip) && skip >= 0 && skip <= 1_000_000 ? skip : 0;
}

function OpenNote({ verdicts, words }: { verdicts: Verdicts; words: BenchmarkWords }) {
  const open = verdicts.filter((verdict) => verdict.verdict === "inconclusive");
  if (open.length === 0) return null;
  return (
    <Note title={words.say("needs.title", { count: open.length })}>
      {[...new Set(open.map((verdict) => sayNeeds(verdict.needs, words) || verdict.reason))].map(
        (sentence) => (
          <p key={sentence}>{sentence}</p>
        ),
      )}
    </Note>
  );
}

function saySample(plan: Plan, { say, format }: BenchmarkWords): string {
  const { accuracy } = plan.quick;
  const row = accuracy?.power[0];
  if (!accuracy || !row) return say("sample.noTarget");
  return say("sample.line", {
    questions: format.number(accuracy.questions),
    truth: format.share(row.truth),
    times: format.number(Math.round(row.passChance * 100)),
    needed: row.neededFor80Pct === null ? say("sample.more") : format.number(row.neededFor80Pct),
  });
}

function leadRun({ run, picture }: Read, words: BenchmarkWords): string {
  const { outcome } = picture.header;
  return outcome.status === "failed"
    ? words.say("lead.failed", { stage: outcome.stage, reason: outcome.reason })
    : leadVerdicts(run.verdicts, words);
}

function sayNothing(isHandedOut: boolean, isActive: boolean, say: BenchmarkWords["say"]): string {
  if (isActive) return say("lead.underWay");
  return say(isHandedOut ? "lead.notRun" : "lead.nothing");
}

type Current = { worker: { isolation: unknown } | null; executor: "local" | "ray" };

function sayWalls({ worker, executor }: Current, say: BenchmarkWords["say"]): string {
  if (worker === null) return say("walls.noWorker");
  if (executor === "ray") return say("walls.ray");
  const { isolation } = worker;
  const level =
    typeof isolation === "object" && isolation !== null && "level" in isolation ? isolation.level : 0;
  return say(level === 1 ? "walls.closed" : "walls.open");
}
