import type { Metadata } from "next";
import Link from "next/link";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { PrintButton } from "#app/_components/print-button.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { Table } from "#app/_components/table.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import { RoleId } from "#server/team/schema.ts";
import type { Interview, InterviewWords } from "./interview-data.ts";
import { ScorecardPanel } from "./scorecard-panel.tsx";
import { StageSheet } from "./stage-sheet.tsx";
import "../hiring.css";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("hiring")).say("kit.title") };
}

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The kit of one role. Printed, each stage is a sheet for its interviewer. */
export default async function InterviewPage({ params, searchParams }: Props) {
  const [{ projectId }, query] = await Promise.all([params, searchParams]);
  const words = await readWords("hiring");
  const { say } = words;
  const api = await caller();
  const roleId = RoleId.safeParse(query.role).data;
  const interview = await orNotFound(api.hiring.interview({ projectId, ...(roleId ? { roleId } : {}) }));
  const { kit, project } = interview;
  const base = `/projects/${project.id}/team`;
  return (
    <WordsFor rooms={["hiring"]}>
      <Sheet>
        <SheetHead
          question={say("kit.question", { role: kit.role.name })}
          lead={say("kit.lead", { hours: Math.floor(kit.minutes / 60), minutes: kit.minutes % 60 })}
        />
        <nav className="hiring-links no-print" aria-label={say("kit.roles")}>
          {interview.roles.map(({ id, name }) => (
            <Link
              key={id}
              className={id === kit.role.id ? "on" : "act"}
              aria-current={id === kit.role.id ? "page" : undefined}
              href={`${base}/interview?role=${id}`}
              prefetch={false}
            >
              {name}
            </Link>
          ))}
        </nav>
        <Section id="loop" title={say("kit.loop")}>
          <Loop interview={interview} words={words} />
        </Section>
        <Section id="rules" title={say("kit.rules")}>
          <List items={kit.rules} />
        </Section>
        <Section id="debrief" title={say("kit.debrief")}>
          <List items={kit.debrief} />
        </Section>
        {kit.stages.map((stage, at) => (
          <StageSheet key={stage.id} interview={interview} stage={stage} at={at} words={words} />
        ))}
        {kit.reserve.length > 0 && (
          <Section id="reserve" title={say("kit.reserve")}>
            <p className="prose">{say("kit.reserveLead")}</p>
            <List items={kit.reserve.map(({ id, prompt }) => `${id} ${prompt}`)} />
          </Section>
        )}
        <div className="no-print">
          <Section id="scorecards" title={say("cards.title")}>
            <ScorecardPanel
              projectId={project.id}
              roleId={kit.role.id}
              days={interview.scorecards.days}
              cards={interview.scorecards.cards}
              questions={kit.questions.map(({ id, prompt }) => ({ id, prompt }))}
            />
          </Section>
        </div>
      </Sheet>
      <Margin>
        <Files interview={interview} words={words} />
        <Note title={say("kit.noScore")}>
          <p>{say("kit.noScoreText")}</p>
        </Note>
        <Note title={say("kit.scale")}>
          <ul className="plain-list">
            {kit.scale.map(({ rating, word, meaning }) => (
              <li key={word}>
                <b>
                  {rating ?? "–"} {word}
                </b>{" "}
                {meaning}
              </li>
            ))}
          </ul>
        </Note>
        {kit.uncovered.length > 0 && (
          <Note title={say("kit.reserve")}>
            <p>
              {say("kit.uncovered", {
                skills: kit.uncovered.map((id) => `${id} ${interview.names[id] ?? ""}`).join(", "),
              })}
            </p>
          </Note>
        )}
      </Margin>
      <Foot left={say("kit.noScoreText")} right={kit.role.id} />
    </WordsFor>
  );
}

function Loop({ interview: { kit }, words: { say } }: { interview: Interview; words: InterviewWords }) {
  return (
    <Table
      caption={say("kit.loopCaption")}
      columns={[
        { head: say("kit.stage") },
        { head: say("kit.minutes"), numeric: true },
        { head: say("kit.asks") },
        { head: say("kit.dimension") },
        { head: say("kit.questions") },
      ]}
      rows={kit.stages.map((stage) => ({
        key: stage.id,
        cells: [
          stage.name,
          stage.minutes,
          stage.interviewer,
          stage.dimension,
          stage.questions.length > 0 ? stage.questions.map(({ id }) => id).join(", ") : say("kit.sample"),
        ],
      }))}
    />
  );
}

function Files({
  interview: { kit, project },
  words: { say },
}: {
  interview: Interview;
  words: InterviewWords;
}) {
  const files = `/api/projects/${project.id}/team`;
  const of = (format: string) => `${files}/${format}?role=${kit.role.id}`;
  return (
    <>
      <Note title={say("kit.title")}>
        <p className="file-row">
          <a className="act" href={of("interview.pdf")}>
            PDF
          </a>{" "}
          <a className="act" href={of("interview.md")}>
            Markdown
          </a>{" "}
          <a className="act" href={of("interview.json")}>
            JSON
          </a>{" "}
          <a className="act" href={of("greenhouse.json")}>
            {say("files.greenhouse")}
          </a>{" "}
          <a className="act" href={of("ashby.json")}>
            {say("files.ashby")}
          </a>{" "}
          <PrintButton />
        </p>
        <p className="file-row">
          <Link className="act" href={`/projects/${project.id}/team/hiring`} prefetch={false}>
            {say("toPlan")}
          </Link>{" "}
          <Link className="act" href={`/projects/${project.id}/team`} prefetch={false}>
            {say("back")}
          </Link>
        </p>
      </Note>
      <Note title={say("kit.sampleTitle")}>
        <p>{say("kit.sampleText")}</p>
        <p className="file-row">
          <a className="act" href={`${files}/work-sample`}>
            {say("kit.sampleFile")}
          </a>{" "}
          <a className="act" href={`${files}/work-sample/answers`}>
            {say("kit.sampleAnswers")}
          </a>
        </p>
      </Note>
    </>
  );
}

function List({ items }: { items: string[] }) {
  return (
    <ul className="prose plain-list">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}
