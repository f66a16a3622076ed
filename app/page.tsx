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
import { DeletedProjects } from "./_home/deleted-projects.tsx";
import { Notices } from "./_home/notices.tsx";
import { ProjectActions } from "./_home/project-actions.tsx";
import { StartExample } from "./_home/start-example.tsx";
import { UndoProvider } from "./_home/undo-provider.tsx";
import type { Format } from "./_words/format-in.ts";
import { readWords } from "./_words/server.ts";
import { WordsFor } from "./_words/words-for.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { say } = await readWords("home");
  // The template of the layout holds for the pages below it, not beside it.
  return { title: `${say("title")} · Pilotage` };
}

type Props = { searchParams: Promise<{ page?: string; show?: string }> };
const SHELVES = ["active", "archived", "deleted"] as const;
type Shelf = (typeof SHELVES)[number];
type Listed = Awaited<ReturnType<Awaited<ReturnType<typeof caller>>["trace"]["listProjects"]>>;
type Paged = Pick<Listed, "page" | "pages">;
type Words = { say: SayOf<"home">; format: Format };

/** The first screen: every project with its stage, its next step and its last verdict. */
export default async function HomePage({ searchParams }: Props) {
  const query = await searchParams;
  const asked = Number(query.page ?? "1");
  const page = Number.isInteger(asked) && asked > 0 ? Math.min(asked, 100_000) : 1;
  const shelf = SHELVES.find((one) => one === query.show) ?? "active";
  const api = await caller();
  const deleted = shelf === "deleted" ? await api.projects.listDeleted({ page }) : null;
  const list = deleted
    ? { ...deleted, projects: [] }
    : await api.trace.listProjects({ page, archived: shelf === "archived" });
  const words = await readWords("home");
  const { say } = words;
  return (
    <WordsFor rooms={["home"]}>
      <UndoProvider>
        <Frame tools={<ThemeSwitch />}>
          <Sheet>
            <SheetHead question={say("question")} lead={sayList(list, shelf, words)} />
            <Notices projectId={null} />
            <Shelves shelf={shelf} say={say} />
            {deleted ? (
              <DeletedProjects list={deleted} />
            ) : list.total > 0 ? (
              <Projects list={list} shelf={shelf} words={words} />
            ) : shelf === "archived" ? (
              <EmptyState title={say("shelf.noneArchived")}>{say("shelf.noneArchivedSaid")}</EmptyState>
            ) : (
              <NoProjects say={say} />
            )}
            {list.pages > 1 && <Pages list={list} shelf={shelf} say={say} />}
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

function Shelves({ shelf, say }: { shelf: Shelf; say: Words["say"] }) {
  return (
    <nav className="links mt-5 mb-4 no-print" aria-label={say("shelf.label")}>
      {SHELVES.map((one) => (
        <Link
          key={one}
          prefetch={false}
          href={one === "active" ? "/" : `/?show=${one}`}
          aria-current={one === shelf ? "page" : undefined}
          className={one === shelf ? "text-ink font-semibold" : undefined}
        >
          {say(`shelf.${one}`)}
        </Link>
      ))}
      <Link prefetch={false} href="/compare">
        {say("shelf.compare")}
      </Link>
    </nav>
  );
}

function Pages({ list, shelf, say }: { list: Paged; shelf: Shelf; say: Words["say"] }) {
  const href = (page: number) => `/?page=${page}${shelf === "active" ? "" : `&show=${shelf}`}`;
  return (
    <nav className="links mt-4" aria-label={say("list.pages")}>
      {list.page > 1 && (
        <Link prefetch={false} href={href(list.page - 1)}>
          {say("list.newer")}
        </Link>
      )}
      {list.page < list.pages && (
        <Link prefetch={false} href={href(list.page + 1)}>
          {say("list.older")}
        </Link>
      )}
    </nav>
  );
}

function Projects({ list, shelf, words }: { list: Listed; shelf: Shelf; words: Words }) {
  const { say, format } = words;
  return (
    <div>
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
            <ProjectActions
              key="actions"
              projectId={project.id}
              name={project.name}
              archived={shelf === "archived"}
            />,
          ],
        }))}
      />
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

function sayList(
  { total, projects }: Pick<Listed, "total" | "projects">,
  shelf: Shelf,
  words: Words,
): string {
  const { say, format } = words;
  const number = { count: total, total: format.number(total) };
  if (shelf === "archived") return say("shelf.leadArchived", number);
  if (shelf === "deleted") return say("shelf.leadDeleted", number);
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

function sayPage({ page, pages }: Paged, { say }: Words): string {
  return pages > 1 ? say("list.page", { page: String(page), pages: String(pages) }) : "";
}
