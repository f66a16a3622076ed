import type { Metadata } from "next";
import Link from "next/link";
import { caller } from "#app/_trpc/server.ts";
import type { SayOf } from "#server/messages/say.ts";
import { LinkButton } from "./_components/button.tsx";
import { EmptyState } from "./_components/empty.tsx";
import { Foot, Frame, Margin, Sheet } from "./_components/frame.tsx";
import { type VerdictKind, VerdictMark } from "./_components/marks.tsx";
import { Note } from "./_components/note.tsx";
import { RoomStrip } from "./_components/room-strip.tsx";
import { SheetHead } from "./_components/sheet-head.tsx";
import { Table } from "./_components/table.tsx";
import { ThemeSwitch } from "./_components/theme-switch.tsx";
import { Notices } from "./_home/notices.tsx";
import { StartExample } from "./_home/start-example.tsx";
import { DeleteProject, UndoProvider } from "./_home/undo-provider.tsx";
import type { Format } from "./_words/format-in.ts";
import { readWords } from "./_words/server.ts";
import { WordsFor } from "./_words/words-for.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { say } = await readWords("home");
  // The template of the layout holds for the pages below it, not beside it.
  return { title: `${say("title")} · Pilotage` };
}

type Props = { searchParams: Promise<{ page?: string }> };
type Listed = Awaited<ReturnType<Awaited<ReturnType<typeof caller>>["trace"]["listProjects"]>>;
type Words = { say: SayOf<"home">; format: Format };

/** The first screen: every project with its stage, its next step and its last verdict. */
export default async function HomePage({ searchParams }: Props) {
  const asked = Number((await searchParams).page ?? "1");
  const api = await caller();
  const list = await api.trace.listProjects({
    page: Number.isInteger(asked) && asked > 0 ? Math.min(asked, 100_000) : 1,
  });
  const words = await readWords("home");
  const { say } = words;
  return (
    <WordsFor rooms={["home"]}>
      <UndoProvider>
        <Frame tools={<ThemeSwitch />}>
          <Sheet>
            <SheetHead question={say("question")} lead={sayList(list, words)} />
            <Notices projectId={null} />
            {list.total === 0 ? <NoProjects say={say} /> : <Projects list={list} words={words} />}
          </Sheet>
          <Margin>
            {list.total > 0 && (
              <Note title={say("next.title")}>
                <p>{say("next.said")}</p>
                <LinkButton weight="primary" href="/projects/new">
                  {say("new.title")}
                </LinkButton>
              </Note>
            )}
            <Note title={say("result.title")}>{say("result.said")}</Note>
          </Margin>
          <Foot left={say("local")} right={sayPage(list, words)} />
        </Frame>
      </UndoProvider>
    </WordsFor>
  );
}

function Projects({ list, words }: { list: Listed; words: Words }) {
  const { say, format } = words;
  return (
    <div className="mt-7">
      <Table
        caption={say("list.caption")}
        columns={COLUMNS.map((column) => ({ head: say(`list.${column}`) }))}
        rows={list.projects.map((project) => ({
          key: project.id,
          cells: [
            <Link key="name" className="act" prefetch={false} href={`/projects/${project.id}`}>
              {project.name}
            </Link>,
            <RoomStrip
              key="rooms"
              rooms={(Object.keys(project.rooms) as (keyof typeof project.rooms)[]).map((room) => ({
                name: say(`room.${room}`),
                state: project.rooms[room].state,
              }))}
            />,
            <Link
              key="next"
              className="act"
              prefetch={false}
              href={`/projects/${project.id}/${project.next.room}${project.next.at}`}
            >
              {project.next.action}
            </Link>,
            <LastVerdict key="verdict" verdicts={project.verdicts} words={words} />,
            format.day(project.updatedAt, { year: true }),
            <DeleteProject key="delete" projectId={project.id} name={project.name} />,
          ],
        }))}
      />
      {list.pages > 1 && (
        <nav className="links mt-4" aria-label={say("list.pages")}>
          {list.page > 1 && (
            <Link prefetch={false} href={`/?page=${list.page - 1}`}>
              {say("list.newer")}
            </Link>
          )}
          {list.page < list.pages && (
            <Link prefetch={false} href={`/?page=${list.page + 1}`}>
              {say("list.older")}
            </Link>
          )}
        </nav>
      )}
    </div>
  );
}

function LastVerdict({
  verdicts,
  words,
}: {
  verdicts: Listed["projects"][number]["verdicts"];
  words: Words;
}) {
  const { say, format } = words;
  if (verdicts === null) return <VerdictMark verdict="not_judged" word={say("list.notRun")} />;
  const worst: VerdictKind = verdicts.fail > 0 ? "fail" : verdicts.inconclusive > 0 ? "inconclusive" : "pass";
  return (
    <span>
      <VerdictMark verdict={worst} />
      <span className="second block">
        {say("list.passing", {
          pass: String(verdicts.pass),
          outOf: String(verdicts.pass + verdicts.fail + verdicts.inconclusive),
          date: format.day(verdicts.finishedAt),
        })}
      </span>
    </span>
  );
}

function NoProjects({ say }: Pick<Words, "say">) {
  return (
    <div className="mt-7">
      <EmptyState
        title={say("empty.title")}
        action={
          <>
            <LinkButton weight="primary" href="/projects/new">
              {say("new.title")}
            </LinkButton>
            <StartExample />
          </>
        }
      >
        {say("empty.said")}
      </EmptyState>
    </div>
  );
}

const COLUMNS = ["project", "rooms", "next", "verdict", "changed", "action"] as const;

function sayList({ total, projects }: Listed, { say, format }: Words): string {
  if (total === 0) return say("lead.none");
  const counts = {
    count: total,
    total: format.number(total),
    measured: projects.filter((project) => project.verdicts !== null).length,
    waiting: projects.filter(({ next }) => next.room === "dossier" || next.room === "decision").length,
  };
  return projects.length < total
    ? say("lead.page", { ...counts, shown: format.number(projects.length) })
    : say("lead.all", counts);
}

function sayPage({ page, pages }: Listed, { say }: Words): string {
  return pages > 1 ? say("list.page", { page: String(page), pages: String(pages) }) : "";
}
