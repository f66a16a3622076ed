import type { Metadata } from "next";
import Link from "next/link";
import { LinkButton } from "#app/_components/button.tsx";
import { EmptyState } from "#app/_components/empty.tsx";
import { formatDateTime, formatDay } from "#app/_components/format-date.ts";
import { formatCount, formatNumber } from "#app/_components/format-number.ts";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { VerdictMark } from "#app/_components/marks.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { leadVerdicts, METRIC_WORDS } from "../benchmark/say-metric.ts";
import { VerdictTable } from "../benchmark/verdict-table.tsx";
import { DecidedTable } from "./decided-table.tsx";
import { GateForm } from "./gate-form.tsx";
import { OUTCOME_WORDS } from "./outcome-words.ts";
import "./dossier.css";

type Props = { params: Promise<{ projectId: string }> };
type Dossier = Awaited<ReturnType<Awaited<ReturnType<typeof caller>>["dossier"]["read"]>>;

export const metadata: Metadata = { title: "Dossier" };

/** One page for the meeting: decided, needed, measured, unknown, and what a person made of it. */
export default async function DossierPage({ params }: Props) {
  const { projectId } = await params;
  const api = await caller();
  const dossier = await orNotFound(api.dossier.read({ projectId }));
  const { project, gate, run, layers, ruleSet } = dossier;
  const base = `/projects/${project.id}`;
  return (
    <div className="dossier contents">
      <Sheet>
        <SheetHead
          over={<em>{`Should ${project.name} go into service?`}</em>}
          question={gate ? OUTCOME_WORDS[gate.outcome] : "Not decided yet"}
          lead={gate ? `“${gate.rationale}”` : leadOpen(dossier)}
        />
        {gate && (
          <p className="source mt-2">
            Gate D10, decided by {gate.by}, {formatDateTime(gate.at)}.
          </p>
        )}
        <Section
          id="measured"
          title="What was measured"
          links={
            run && (
              <Link className="act" href={`${base}/benchmark?run=${run.summary.runId}`}>
                Run of {formatDay(run.summary.finishedAt, { year: true })}
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
              <p className="source mt-2">{sayMethod(run)}</p>
            </>
          ) : (
            <EmptyState
              title="Nothing is measured yet"
              action={<LinkButton href={`${base}/benchmark`}>Go to the benchmark</LinkButton>}
            >
              Without a run this page can say what was decided, not whether it works.
            </EmptyState>
          )}
        </Section>
        <Section id="decided" title="What was decided">
          <DecidedTable layers={layers} />
          {dossier.offers > 0 && (
            <p className="source mt-2">
              {formatCount(dossier.offers, "measured answer waits", "measured answers wait")} for a person and
              may change a pick.
            </p>
          )}
        </Section>
        <Signatures />
      </Sheet>
      <Margin>
        <div className="gate">
          <Note title="Gate D10, go / no-go">
            <p className="mb-2">The verdicts are the machine’s. The outcome is a person’s.</p>
            <GateForm
              key={gate?.at ?? "open"}
              projectId={project.id}
              runId={run?.summary.runId ?? null}
              decided={gate && { outcome: gate.outcome, rationale: gate.rationale, at: gate.at }}
            />
          </Note>
        </div>
        {run && <Counts verdicts={run.summary.verdicts} />}
        <WhoIsNeeded dossier={dossier} />
        <StillUnknown unknowns={dossier.unknowns} />
        {run && run.picture.header.notRun.length > 0 && (
          <Note title="Not run">
            <p>{run.picture.header.notRun.map(({ what, why }) => `${what}: ${why}`).join(". ")}.</p>
          </Note>
        )}
      </Margin>
      <Foot
        left="Every figure recomputes from the raw records, every pick from answers and rules."
        right={
          <>
            rules{" "}
            <code>
              {ruleSet.id} {ruleSet.version}
            </code>
            , answers <code>{dossier.answersSha256.slice(0, 7)}</code>
            {run && (
              <>
                , sealed <code>{run.picture.header.configSha256.slice(0, 7)}</code>
              </>
            )}
          </>
        }
      />
    </div>
  );
}

function leadOpen({ run, layers }: Dossier): string {
  const picked = layers.filter((layer) => layer.pick !== null).length;
  const decided = `${picked} of ${layers.length} layers are decided.`;
  return run === null
    ? `${decided} Nothing is measured yet.`
    : `${decided} ${leadVerdicts(run.summary.verdicts)}`;
}

function sayMethod({ summary, picture }: NonNullable<Dossier["run"]>): string {
  const { data, fingerprint } = picture.header;
  const machine = [
    fingerprint.gpu ?? fingerprint.cpu ?? "processor unknown",
    `${fingerprint.cores ?? "?"} cores`,
  ];
  return `Exact one-sided bounds, alpha 0.05, strict. ${formatNumber(picture.load.requests)} requests in ${picture.workload.runs} drained runs, ${formatNumber(data.judged)} judged questions of ${data.name}, on ${machine.join(", ")}. ${sayPilot(summary.modified, picture.header.modified)}`;
}

/** A report from elsewhere may carry a configuration of ours while nobody looked at the files. */
function sayPilot(modified: boolean, compared: boolean | null): string {
  if (modified) return "The pilot is not the one that was handed out.";
  return compared === null
    ? "The pilot's configuration is one that was handed out; nobody compared its files."
    : "The pilot is the one that was handed out.";
}

function Counts({ verdicts }: { verdicts: NonNullable<Dossier["run"]>["summary"]["verdicts"] }) {
  return (
    <Note title="Verdicts of the machine">
      <ul>
        {(["pass", "fail", "inconclusive"] as const).map((outcome) => (
          <li key={outcome} className="flex justify-between">
            <VerdictMark verdict={outcome} />
            <b>{verdicts.filter((verdict) => verdict.verdict === outcome).length}</b>
          </li>
        ))}
      </ul>
    </Note>
  );
}

function WhoIsNeeded({ dossier: { roles, gaps, people } }: { dossier: Dossier }) {
  const blockers = gaps.filter((gap) => gap.severity === "blocker");
  return (
    <Note title="Who is needed">
      {roles.length === 0 ? (
        <p>Not known before the kind of system is.</p>
      ) : (
        <p>{roles.map(({ name, share }) => `${name} ${sayShare(share)}`).join(", ")}.</p>
      )}
      {gaps.length === 0 ? (
        <p>{people === 0 ? "Nobody is in the team yet." : "No skill is short."}</p>
      ) : (
        <p>
          <b>Short:</b>{" "}
          {gaps
            .slice(0, 6)
            .map((gap) => `${gap.name} by ${gap.gap}${gap.assessed ? "" : " (not assessed)"}`)
            .join(", ")}
          {gaps.length > 6 && `, and ${gaps.length - 6} more`}.
          {blockers.length > 0 && ` ${formatCount(blockers.length, "blocker")}.`}
        </p>
      )}
    </Note>
  );
}

function sayShare({ fte, days }: Dossier["roles"][number]["share"]): string {
  if (fte !== null) return fte === 1 ? "full time" : `${formatNumber(fte * 100)} %`;
  return days === null ? "" : formatCount(days, "day");
}

function StillUnknown({ unknowns }: { unknowns: Dossier["unknowns"] }) {
  return (
    <Note title="What is still unknown">
      {unknowns.length === 0 ? (
        <p>Nothing that the rules or the targets ask for.</p>
      ) : (
        unknowns.map(({ what, why }) => (
          <p key={what}>
            <b>{what in METRIC_WORDS ? METRIC_WORDS[what as keyof typeof METRIC_WORDS] : what}.</b> {why}
          </p>
        ))
      )}
    </Note>
  );
}

/** Only on paper: the lines people sign. */
function Signatures() {
  return (
    <div className="signatures hidden grid-cols-3 gap-7 print:grid">
      {["Decides", "Receives", "Date"].map((who) => (
        <p key={who} className="source border-t border-ink pt-1">
          {who}
        </p>
      ))}
    </div>
  );
}
