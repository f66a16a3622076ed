import type { Metadata } from "next";
import Link from "next/link";
import { Facts } from "#app/_components/facts.tsx";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { VerdictMark } from "#app/_components/marks.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { Table } from "#app/_components/table.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import type { RunSummary } from "#server/benchmark/schema.ts";
import type { ClinicPicture } from "#server/benchmark/summarise-clinic.ts";
import "../benchmark.css";
import { OfferList } from "../offer-list.tsx";
import { leadVerdicts } from "../say-metric.ts";
import { UploadReport } from "../upload-report.tsx";
import { VerdictTable } from "../verdict-table.tsx";
import { FormsFigure } from "./forms-figure.tsx";
import { HandOutClinic } from "./hand-out-clinic.tsx";
import { WorkersFigure } from "./workers-figure.tsx";

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("clinic")).say("title") };
}

/** Hand out the clinic, take its report in, see what its rounds show and what they answer. */
export default async function ClinicPage({ params, searchParams }: Props) {
  const [{ projectId }, { run: asked }] = await Promise.all([params, searchParams]);
  const api = await caller();
  const { latest, runs } = await orNotFound(api.clinic.read({ projectId }));
  const runId = typeof asked === "string" ? asked : runs[0]?.runId;
  const shown = runId === undefined ? null : await orNotFound(readRun(projectId, runId));
  const [{ say }, benchmark] = await Promise.all([readWords("clinic"), readWords("benchmark")]);
  return (
    <WordsFor rooms={["clinic", "benchmark", "scaffold"]}>
      <Sheet>
        <SheetHead
          question={say("question")}
          lead={shown ? leadVerdicts(shown.run.verdicts, benchmark) : say("lead")}
        />
        {shown && (
          <>
            <Section id="verdicts" title={say("section.verdicts")}>
              <VerdictTable verdicts={shown.run.verdicts} intervals={shown.picture.intervals} />
            </Section>
            <Section id="offers" title={say("section.offers")}>
              {isEmpty(shown.offered) ? (
                <p className="prose">{say("noOffers")}</p>
              ) : (
                <OfferList key={runId} projectId={projectId} runId={shown.run.runId} {...shown.offered} />
              )}
            </Section>
            <Section id="examples" title={say("section.examples")}>
              <Figures picture={shown.picture} />
            </Section>
          </>
        )}
        <Section id="hand-out" title={say("section.handOut")}>
          <HandOutClinic projectId={projectId} latest={latest} />
        </Section>
        <Section id="upload" title={say("section.upload")}>
          <UploadReport projectId={projectId} />
        </Section>
        {runs.length > 1 && (
          <Section id="runs" title={say("section.runs")}>
            <RunList runs={runs} shown={runId ?? ""} base={`/projects/${projectId}/benchmark/clinic`} />
          </Section>
        )}
      </Sheet>
      <Margin>
        <Note title={say("margin.why")}>
          <p>{say("margin.whyText")}</p>
        </Note>
        {shown && <MachineNotes picture={shown.picture} modified={shown.run.modified} />}
        <p className="no-print mt-3">
          <Link prefetch={false} className="act" href={`/projects/${projectId}/benchmark`}>
            {say("crumb")}
          </Link>
        </p>
      </Margin>
      {shown && <RecordsFoot projectId={projectId} run={shown.run} />}
    </WordsFor>
  );
}

async function readRun(projectId: string, runId: string) {
  const api = await caller();
  const [{ run, picture }, offered] = await Promise.all([
    api.reports.read({ projectId, runId }),
    api.reports.offers({ projectId, runId }),
  ]);
  const { offers, accepted, refused } = offered;
  return picture.kind === "clinic" ? { run, picture, offered: { offers, accepted, refused } } : null;
}

function isEmpty(offered: { offers: unknown[]; accepted: unknown[]; refused: unknown[] }): boolean {
  return offered.offers.length + offered.accepted.length + offered.refused.length === 0;
}

function Figures({ picture }: { picture: ClinicPicture }) {
  const examples = picture.examples.filter(({ forms }) => forms.length > 0);
  const computing = examples.find(({ id }) => id === "computing");
  return (
    <div className="mt-6 grid gap-y-10">
      {examples.map((example, at) => (
        <FormsFigure key={example.id} number={at + 1} example={example} rounds={picture.rounds} />
      ))}
      {computing && <WorkersFigure number={examples.length + 1} forms={computing.forms} picture={picture} />}
    </div>
  );
}

async function RunList({ runs, shown, base }: { runs: RunSummary[]; shown: string; base: string }) {
  const { say, format } = await readWords("clinic");
  return (
    <Table
      caption={say("runs.caption")}
      columns={[{ head: say("runs.finished") }, { head: say("runs.machine") }, { head: say("runs.run") }]}
      rows={runs.map((run) => ({
        key: run.runId,
        cells: [
          format.dateTime(run.finishedAt),
          <VerdictMark key="verdict" verdict={run.outcome} />,
          run.runId === shown ? (
            <span key="run" aria-current="true">
              {say("runs.shown")}
            </span>
          ) : (
            <Link key="run" prefetch={false} className="act" href={`${base}?run=${run.runId}`}>
              {say("runs.open")}
            </Link>
          ),
        ],
      }))}
    />
  );
}

async function MachineNotes({ picture, modified }: { picture: ClinicPicture; modified: boolean }) {
  const { say, format } = await readWords("clinic");
  const { fingerprint, notRun } = picture.header;
  return (
    <>
      <Note title={say("margin.machine")} {...(modified ? { source: say("margin.modified") } : {})}>
        <Facts
          facts={[
            { name: say("margin.processor"), value: fingerprint.cpu ?? "?" },
            {
              name: say("margin.cores"),
              value: fingerprint.cores === null ? "?" : format.number(fingerprint.cores),
            },
            { name: say("margin.python"), value: fingerprint.python },
          ]}
        />
      </Note>
      <Note title={say("margin.notRun")}>
        {notRun.length === 0 ? (
          <p>{say("margin.nothing")}</p>
        ) : (
          <ul>
            {notRun.map(({ what, why }) => (
              <li key={what}>
                {what}: <span className="quiet">{why}</span>
              </li>
            ))}
          </ul>
        )}
      </Note>
    </>
  );
}

async function RecordsFoot({ projectId, run }: { projectId: string; run: RunSummary }) {
  const { say } = await readWords("clinic");
  const files = `/api/projects/${projectId}/runs/${run.runId}`;
  return (
    <Foot
      left={run.runId}
      right={
        <span className="links">
          {say("foot.records")}{" "}
          <a className="act" href={`${files}/report.json`}>
            {say("foot.report")}
          </a>{" "}
          <a className="act" href={`${files}/rounds.csv`}>
            {say("foot.rounds")}
          </a>
        </span>
      }
    />
  );
}
