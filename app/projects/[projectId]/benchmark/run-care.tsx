import { VerdictMark } from "#app/_components/marks.tsx";
import { Section } from "#app/_components/section.tsx";
import { Table } from "#app/_components/table.tsx";
import { readWords } from "#app/_words/server.ts";
import type { StoredJudgement } from "#server/benchmark/judgement-schema.ts";
import type { RunSummary } from "#server/benchmark/schema.ts";
import { JudgeAgain } from "./judge-again.tsx";
import { RunNote } from "./run-note.tsx";
import { RunRecords } from "./run-records.tsx";
import { sayTarget } from "./say-metric.ts";

type Props = {
  run: RunSummary;
  judgements: StoredJudgement[];
  counts: { requests: number; questions: number };
};

/** Note, raw records and later judgements of one run. */
export async function RunCare({ run, judgements, counts }: Props) {
  const [{ say, format }, benchmark] = await Promise.all([readWords("runs"), readWords("benchmark")]);
  const { projectId, runId, version, records, note } = run;
  const numbers = { requests: format.number(counts.requests), questions: format.number(counts.questions) };
  return (
    <>
      <Section id="about" title={say("section.run")} links={<Exports run={run} />}>
        {note !== null && <p className="prose mt-3">{say("compare.notes.note", { note })}</p>}
        <RunNote
          key={`${runId} ${records}`}
          projectId={projectId}
          runId={runId}
          note={note}
          version={version}
        />
        <h3 className="mt-6">{say("records.title")}</h3>
        <p className="prose">
          {say(`records.${records}`, numbers)} {say("records.stays")}
        </p>
        <RunRecords projectId={projectId} runId={runId} version={version} records={records} />
      </Section>
      <Section id="again" title={say("section.again")}>
        {judgements.length === 0 ? (
          <p className="prose mt-3">{say("again.none")}</p>
        ) : (
          <Table
            caption={say("again.caption")}
            columns={[
              { head: say("again.when") },
              { head: say("again.targets") },
              { head: say("again.outcome") },
            ]}
            rows={judgements.map(({ id, at, verdicts, outcome }) => ({
              key: id,
              cells: [
                format.dateTime(at),
                <ul key="targets">
                  {verdicts.map((verdict) => (
                    <li key={verdict.metric}>
                      {benchmark.say(`metric.${verdict.metric}`)} {sayTarget(verdict, format)}{" "}
                      <VerdictMark verdict={verdict.verdict} />
                    </li>
                  ))}
                </ul>,
                <VerdictMark key="outcome" verdict={outcome} />,
              ],
            }))}
          />
        )}
        {records === "kept" && run.verdicts.length > 0 && (
          <JudgeAgain
            key={runId}
            projectId={projectId}
            runId={runId}
            asked={run.verdicts.map(({ target }) => {
              const isShare = /accuracy|error_share/.test(target.metric);
              const unit = isShare ? say("again.share") : target.metric.endsWith("_ms") ? "ms" : "";
              const metric = benchmark.say(`metric.${target.metric}`);
              const label = say("again.label", { metric, side: target.comparison, unit });
              return { target, isShare, label: label.replace(/, $/, "") };
            })}
          />
        )}
      </Section>
    </>
  );
}

async function Exports({ run: { projectId, runId, records } }: Pick<Props, "run">) {
  const { say } = await readWords("runs");
  const base = `/api/projects/${projectId}/runs/${runId}`;
  return (
    <>
      <a className="act" href={`${base}/report.json`} download>
        {say("export.report")}
      </a>
      {records === "kept" && (
        <a className="act" href={`${base}/requests.csv`} download>
          {say("export.requests")}
        </a>
      )}
      {records !== "deleted" && (
        <a className="act" href={`${base}/questions.csv`} download>
          {say("export.questions")}
        </a>
      )}
    </>
  );
}
