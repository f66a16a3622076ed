import type { Metadata } from "next";
import Link from "next/link";
import { LinkButton } from "#app/_components/button.tsx";
import { EmptyState } from "#app/_components/empty.tsx";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { VerdictMark } from "#app/_components/marks.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import type { SayOf } from "#server/messages/say.ts";
import { MetricName } from "#server/scaffold/schema.ts";
import { type BenchmarkWords, leadVerdicts } from "../benchmark/say-metric.ts";
import { VerdictTable } from "../benchmark/verdict-table.tsx";
import { PromiseTables } from "../brief/entry-points/promise.tsx";
import { DecidedTable } from "./decided-table.tsx";
import { GateForm } from "./gate-form.tsx";
import "./dossier.css";

type Props = { params: Promise<{ projectId: string }> };
type Dossier = Awaited<ReturnType<Awaited<ReturnType<typeof caller>>["dossier"]["read"]>>;
type Words = { say: SayOf<"dossier">; format: Format };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("dossier")).say("title") };
}

/** One page for the meeting: decided, needed, measured, unknown, and what a person made of it. */
export default async function DossierPage({ params }: Props) {
  const { projectId } = await params;
  const api = await caller();
  const dossier = await orNotFound(api.dossier.read({ projectId }));
  const words = await readWords("dossier");
  const benchmarkWords = await readWords("benchmark");
  const entryWords = await readWords("entry");
  const { say, format } = words;
  const { project, gate, run, layers, ruleSet } = dossier;
  const base = `/projects/${project.id}`;
  const versions = {
    ruleSet: `${ruleSet.id} ${ruleSet.version}`,
    answers: dossier.answersSha256.slice(0, 7),
    code: (id: React.ReactNode) => <code>{id}</code>,
  };
  return (
    <WordsFor rooms={["dossier"]}>
      <div className="dossier contents">
        <Sheet>
          <SheetHead
            over={<em>{say("over", { project: project.name })}</em>}
            question={gate ? say(`outcome.${gate.outcome}`) : say("open")}
            lead={
              gate ? say("quoted", { rationale: gate.rationale }) : leadOpen(dossier, words, benchmarkWords)
            }
          />
          {gate && (
            <p className="source mt-2">
              {say("decidedBy", { person: gate.by, time: format.dateTime(gate.at) })}
            </p>
          )}
          <Section
            id="promised"
            title={entryWords.say("chosen.title")}
            links={
              <Link prefetch={false} className="act" href={`${base}/brief/entry-points`}>
                {dossier.entryPoint ? dossier.entryPoint.title : entryWords.say("chosen.goThere")}
              </Link>
            }
          >
            {dossier.entryPoint ? (
              <PromiseTables entry={dossier.entryPoint} words={entryWords} />
            ) : (
              <p>
                <i>{entryWords.say("chosen.none")}</i>
              </p>
            )}
          </Section>
          <Section
            id="measured"
            title={say("measured.title")}
            links={
              run && (
                <Link prefetch={false} className="act" href={`${base}/benchmark?run=${run.summary.runId}`}>
                  {say("measured.runOf", { day: format.day(run.summary.finishedAt, { year: true }) })}
                </Link>
              )
            }
          >
            {run ? (
              <>
                <VerdictTable
                  verdicts={run.summary.verdicts}
                  intervals={run.picture.intervals}
                  reasons={false}
                />
                <p className="source mt-2">{sayMethod(run, words)}</p>
              </>
            ) : (
              <EmptyState
                title={say("measured.nothing")}
                action={<LinkButton href={`${base}/benchmark`}>{say("measured.goThere")}</LinkButton>}
              >
                {say("measured.without")}
              </EmptyState>
            )}
          </Section>
          <Section id="decided" title={say("decided.title")}>
            <DecidedTable layers={layers} />
            {dossier.offers > 0 && (
              <p className="source mt-2">
                {say("decided.offers", { count: dossier.offers, number: format.number(dossier.offers) })}
              </p>
            )}
          </Section>
          <Signatures say={say} />
        </Sheet>
        <Margin>
          <div className="gate">
            <Note title={say("gate.title")}>
              <p className="mb-2">{say("gate.why")}</p>
              <GateForm
                key={gate?.at ?? "open"}
                projectId={project.id}
                runId={run?.summary.runId ?? null}
                decided={gate && { outcome: gate.outcome, rationale: gate.rationale, at: gate.at }}
              />
            </Note>
          </div>
          {run && <Counts verdicts={run.summary.verdicts} words={words} />}
          <WhoIsNeeded dossier={dossier} words={words} />
          <StillUnknown unknowns={dossier.unknowns} say={say} sayBenchmark={benchmarkWords.say} />
          {run && run.picture.header.notRun.length > 0 && (
            <Note title={say("notRun")}>
              <ul>
                {run.picture.header.notRun.map(({ what, why }) => (
                  <li key={what}>
                    {what}: <span className="quiet">{why}</span>
                  </li>
                ))}
              </ul>
            </Note>
          )}
        </Margin>
        <Foot
          left={say("foot.left")}
          right={
            run
              ? say.rich("foot.rightSealed", {
                  ...versions,
                  sealed: run.picture.header.configSha256.slice(0, 7),
                })
              : say.rich("foot.right", versions)
          }
        />
      </div>
    </WordsFor>
  );
}

function leadOpen({ run, layers }: Dossier, { say, format }: Words, benchmarkWords: BenchmarkWords): string {
  const picked = layers.filter((layer) => layer.pick !== null).length;
  return say("layersDecided", {
    picked: format.number(picked),
    layers: format.number(layers.length),
    measured:
      run === null ? benchmarkWords.say("lead.nothing") : leadVerdicts(run.summary.verdicts, benchmarkWords),
  });
}

function sayMethod({ summary, picture }: NonNullable<Dossier["run"]>, { say, format }: Words): string {
  const { fingerprint } = picture.header;
  const machine = {
    processor: fingerprint.gpu ?? fingerprint.cpu ?? say("measured.processorUnknown"),
    cores: fingerprint.cores === null ? "?" : format.number(fingerprint.cores),
    pilot: sayPilot(summary.modified, picture.header.modified, say),
  };
  if (picture.kind !== "rag") return say("measured.machine", machine);
  const { data } = picture.header;
  return say("measured.method", {
    requests: format.number(picture.load.requests),
    runs: format.number(picture.workload.runs),
    judged: format.number(data.judged),
    data: data.name,
    ...machine,
  });
}

/** A report from elsewhere may carry a configuration of ours while nobody looked at the files. */
function sayPilot(modified: boolean, compared: boolean | null, say: Words["say"]): string {
  if (modified) return say("measured.pilotModified");
  return say(compared === null ? "measured.pilotNotCompared" : "measured.pilotUnchanged");
}

function Counts(props: { verdicts: NonNullable<Dossier["run"]>["summary"]["verdicts"]; words: Words }) {
  const { verdicts } = props;
  const { say, format } = props.words;
  return (
    <Note title={say("counts")}>
      <ul>
        {(["pass", "fail", "inconclusive"] as const).map((outcome) => (
          <li key={outcome} className="flex justify-between">
            <VerdictMark verdict={outcome} />
            <b>{format.number(verdicts.filter((verdict) => verdict.verdict === outcome).length)}</b>
          </li>
        ))}
      </ul>
    </Note>
  );
}

function WhoIsNeeded({ dossier, words }: { dossier: Dossier; words: Words }) {
  const { roles, gaps, people } = dossier;
  const { say, format } = words;
  const blockers = gaps.filter((gap) => gap.severity === "blocker").length;
  const skills = gaps
    .slice(0, 6)
    .map(({ name, gap, assessed }) =>
      say(assessed ? "needed.by" : "needed.byNotAssessed", { skill: name, gap: format.number(gap) }),
    )
    .join(", ");
  const bold = { skills, b: (lead: React.ReactNode) => <b>{lead}</b> };
  return (
    <Note title={say("needed.title")}>
      {roles.length === 0 ? (
        <p>{say("needed.notKnown")}</p>
      ) : (
        <p>{roles.map(({ name, share }) => `${name} ${sayShare(share, words)}`).join(", ")}.</p>
      )}
      {gaps.length === 0 ? (
        <p>{say(people === 0 ? "needed.nobody" : "needed.noneShort")}</p>
      ) : (
        <p>
          {gaps.length > 6
            ? say.rich("needed.shortMore", { ...bold, more: format.number(gaps.length - 6) })
            : say.rich("needed.short", bold)}
          {blockers > 0 && ` ${say("needed.blockers", { count: blockers, number: format.number(blockers) })}`}
        </p>
      )}
    </Note>
  );
}

function sayShare({ fte, days }: Dossier["roles"][number]["share"], { say, format }: Words): string {
  if (fte !== null) return fte === 1 ? say("needed.fullTime") : format.number(fte * 100, { unit: "%" });
  return days === null ? "" : say("needed.days", { count: days, number: format.number(days) });
}

function StillUnknown(props: {
  unknowns: Dossier["unknowns"];
  say: Words["say"];
  sayBenchmark: BenchmarkWords["say"];
}) {
  const { unknowns, say, sayBenchmark } = props;
  const name = (what: string) => {
    const metric = MetricName.safeParse(what);
    return metric.success ? sayBenchmark(`metric.${metric.data}`) : what;
  };
  return (
    <Note title={say("stillUnknown.title")}>
      {unknowns.length === 0 ? (
        <p>{say("stillUnknown.nothing")}</p>
      ) : (
        unknowns.map(({ what, why }) => (
          <p key={what}>
            <b>{name(what)}.</b> {why}
          </p>
        ))
      )}
    </Note>
  );
}

/** Only on paper: the lines people sign. */
function Signatures({ say }: { say: Words["say"] }) {
  return (
    <div className="signatures hidden grid-cols-3 gap-7 print:grid">
      {(["decides", "receives", "date"] as const).map((who) => (
        <p key={who} className="source border-t border-ink pt-1">
          {say(`signature.${who}`)}
        </p>
      ))}
    </div>
  );
}
