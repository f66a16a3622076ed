import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Facts } from "#app/_components/facts.tsx";
import { Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { Table } from "#app/_components/table.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import type { MlopsPicture } from "#server/benchmark/summarise-mlops.ts";
import { CopyLines } from "../../scaffold/copy-lines.tsx";
import { leadVerdicts } from "../say-metric.ts";
import { UploadReport } from "../upload-report.tsx";
import { VerdictTable } from "../verdict-table.tsx";

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("pipeline")).say("title") };
}

/** One run of the MLOps pilot: its promises, what alerts would cost, which model was released and why. */
export default async function PipelinePage({ params, searchParams }: Props) {
  const [{ projectId }, { run: asked }] = await Promise.all([params, searchParams]);
  if (typeof asked !== "string") notFound();
  const api = await caller();
  const { run, picture } = await orNotFound(api.reports.read({ projectId, runId: asked }));
  if (picture.kind !== "mlops") notFound();
  const [{ say, format }, benchmark] = await Promise.all([readWords("pipeline"), readWords("benchmark")]);
  const { overBaseline } = picture;
  const points = (value: number) => format.number(value, { digits: 3 });
  return (
    <WordsFor rooms={["pipeline", "benchmark", "scaffold"]}>
      <Sheet>
        <SheetHead question={say("question")} lead={leadVerdicts(run.verdicts, benchmark)} />
        <Section id="verdicts" title={say("section.verdicts")}>
          <VerdictTable verdicts={run.verdicts} intervals={picture.intervals} />
          {overBaseline && (
            <p className="prose mt-2">
              {overBaseline.low === null || overBaseline.high === null
                ? say("baselineAlone", { value: points(overBaseline.value) })
                : say("baseline", {
                    value: points(overBaseline.value),
                    low: points(overBaseline.low),
                    high: points(overBaseline.high),
                  })}
            </p>
          )}
        </Section>
        {picture.alerts.length > 0 && (
          <Section id="alerts" title={say("section.alerts")}>
            <AlertTable picture={picture} />
          </Section>
        )}
        <Section id="champion" title={say("section.champion")}>
          <ChampionTable champion={picture.champion} />
        </Section>
        {picture.header.stages.length > 0 && (
          <Section id="stages" title={say("section.stages")}>
            <StageTable stages={picture.header.stages} />
          </Section>
        )}
        <Section id="commands" title={say("section.commands")}>
          <CopyLines label={say("commands.retrain")} lines={["uv run pilot train", "uv run pilot promote"]} />
          <CopyLines label={say("commands.rollback")} lines={["uv run pilot rollback"]} />
        </Section>
        <Section id="upload" title={say("section.upload")}>
          <UploadReport projectId={projectId} />
        </Section>
      </Sheet>
      <Margin>
        <RunNotes picture={picture} />
      </Margin>
    </WordsFor>
  );
}

async function AlertTable({ picture }: { picture: MlopsPicture }) {
  const { say, format } = await readWords("pipeline");
  const { alerts, budgetPerDay } = picture;
  const least = Math.min(...alerts.map(({ costPerDayUsd }) => costPerDayUsd));
  return (
    <>
      <Table
        caption={say("alerts.caption")}
        columns={[
          { head: say("alerts.budget"), numeric: true },
          { head: say("alerts.recall"), numeric: true },
          { head: say("alerts.precision"), numeric: true },
          { head: say("alerts.cost"), numeric: true },
          { head: "" },
        ]}
        rows={alerts.map((point) => ({
          key: String(point.alertsPerDay),
          cells: [
            format.number(point.alertsPerDay),
            format.share(point.recall, { digits: 1 }),
            format.share(point.precision, { digits: 1 }),
            format.number(point.costPerDayUsd, { digits: 0 }),
            [
              point.costPerDayUsd === least ? say("alerts.cheapest") : "",
              point.alertsPerDay === budgetPerDay ? say("alerts.configured") : "",
            ]
              .filter((word) => word !== "")
              .join(", "),
          ],
        }))}
      />
      <p className="source mt-2">{say("alerts.source")}</p>
    </>
  );
}

async function ChampionTable({ champion }: { champion: MlopsPicture["champion"] }) {
  const { say, format } = await readWords("pipeline");
  if (champion.length === 0) return <p className="prose">{say("champion.none")}</p>;
  return (
    <Table
      caption={say("champion.caption")}
      columns={[
        { head: say("champion.version") },
        { head: say("champion.at") },
        { head: say("champion.outcome") },
        { head: say("champion.reason") },
      ]}
      rows={champion.map(({ version, at, outcome, reason }) => ({
        key: `${version} ${at} ${outcome}`,
        cells: [<code key="version">{version}</code>, format.dateTime(at), outcome, reason],
      }))}
    />
  );
}

async function StageTable({ stages }: { stages: MlopsPicture["header"]["stages"] }) {
  const { say, format } = await readWords("pipeline");
  return (
    <Table
      caption={say("stages.caption")}
      columns={[
        { head: say("stages.name") },
        { head: say("stages.wall"), numeric: true },
        { head: say("stages.cpu"), numeric: true },
      ]}
      rows={stages.map(({ name, wallMs, cpuMs }) => ({
        key: name,
        cells: [name, format.duration(wallMs), format.duration(cpuMs)],
      }))}
    />
  );
}

async function RunNotes({ picture }: { picture: MlopsPicture }) {
  const { say, format } = await readWords("pipeline");
  const { data, fingerprint, notRun } = picture.header;
  const span = (from: string, to: string) =>
    say("margin.span", { from: format.day(from), to: format.day(to) });
  return (
    <>
      <Note title={say("margin.data")} source={data.name}>
        <Facts
          facts={[
            { name: say("margin.rows"), value: format.number(data.rows) },
            ...(data.positives === null
              ? []
              : [{ name: say("margin.positives"), value: format.number(data.positives) }]),
            { name: say("margin.train"), value: span(data.trainFrom, data.trainTo) },
            { name: say("margin.test"), value: span(data.testFrom, data.testTo) },
          ]}
        />
      </Note>
      <Note title={say("margin.machine")}>
        <Facts
          facts={[
            { name: say("margin.processor"), value: fingerprint.gpu ?? fingerprint.cpu ?? "?" },
            {
              name: say("margin.cores"),
              value: fingerprint.cores === null ? "?" : format.number(fingerprint.cores),
            },
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
