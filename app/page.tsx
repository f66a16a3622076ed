import type { Metadata } from "next";
import Link from "next/link";
import { caller } from "#app/_trpc/server.ts";
import { LinkButton } from "./_components/button.tsx";
import { EmptyState } from "./_components/empty.tsx";
import { formatDay } from "./_components/format-date.ts";
import { formatCount } from "./_components/format-number.ts";
import { Foot, Frame, Margin, Sheet } from "./_components/frame.tsx";
import { type VerdictKind, VerdictMark } from "./_components/marks.tsx";
import { Note } from "./_components/note.tsx";
import { RoomStrip } from "./_components/room-strip.tsx";
import { SheetHead } from "./_components/sheet-head.tsx";
import { Table } from "./_components/table.tsx";
import { ThemeSwitch } from "./_components/theme-switch.tsx";
import { StartExample } from "./_home/start-example.tsx";
import { DeleteProject, UndoProvider } from "./_home/undo-provider.tsx";

export const metadata: Metadata = { title: "Projects · Pilotage" };

type Props = { searchParams: Promise<{ page?: string }> };
type Listed = Awaited<ReturnType<Awaited<ReturnType<typeof caller>>["trace"]["listProjects"]>>;

const COLUMNS = [
  { head: "Project" },
  { head: "Rooms 1 to 7" },
  { head: "Next step" },
  { head: "Last verdict" },
  { head: "Changed" },
  { head: "Action" },
];

/** The first screen: every project with its stage, its next step and its last verdict. */
export default async function HomePage({ searchParams }: Props) {
  const asked = Number((await searchParams).page ?? "1");
  const api = await caller();
  const list = await api.trace.listProjects({
    page: Number.isInteger(asked) && asked > 0 ? Math.min(asked, 100_000) : 1,
  });
  return (
    <UndoProvider>
      <Frame tools={<ThemeSwitch />}>
        <Sheet>
          <SheetHead question="Which pilot goes on today?" lead={sayList(list)} />
          {list.total === 0 ? <NoProjects /> : <Projects list={list} />}
        </Sheet>
        <Margin>
          {list.total > 0 && (
            <Note title="Next">
              <p>Start from one of nine known problems, or from a blank page.</p>
              <LinkButton weight="primary" href="/projects/new">
                New project
              </LinkButton>
            </Note>
          )}
          <Note title="What you get">
            A pick per architecture layer with its reasons, the skills it takes, a ten-day plan, a pilot that
            runs, and a measured verdict.
          </Note>
        </Margin>
        <Foot left="Projects and reports stay on this machine." right={sayPage(list)} />
      </Frame>
    </UndoProvider>
  );
}

function Projects({ list }: { list: Listed }) {
  return (
    <div className="mt-7">
      <Table
        caption="Projects, the newest change first"
        columns={COLUMNS}
        rows={list.projects.map((project) => ({
          key: project.id,
          cells: [
            <Link key="name" className="act" prefetch={false} href={`/projects/${project.id}`}>
              {project.name}
            </Link>,
            <RoomStrip
              key="rooms"
              rooms={Object.entries(project.rooms).map(([name, { state }]) => ({ name, state }))}
            />,
            <Link
              key="next"
              className="act"
              prefetch={false}
              href={`/projects/${project.id}/${project.next.room}${project.next.at}`}
            >
              {project.next.action}
            </Link>,
            <LastVerdict key="verdict" verdicts={project.verdicts} />,
            formatDay(project.updatedAt, { year: true }),
            <DeleteProject key="delete" projectId={project.id} name={project.name} />,
          ],
        }))}
      />
      {list.pages > 1 && (
        <nav className="links mt-4" aria-label="Pages">
          {list.page > 1 && (
            <Link prefetch={false} href={`/?page=${list.page - 1}`}>
              ← Newer
            </Link>
          )}
          {list.page < list.pages && (
            <Link prefetch={false} href={`/?page=${list.page + 1}`}>
              Older →
            </Link>
          )}
        </nav>
      )}
    </div>
  );
}

function LastVerdict({ verdicts }: { verdicts: Listed["projects"][number]["verdicts"] }) {
  if (verdicts === null) return <VerdictMark verdict="not_judged" word="not run" />;
  const worst: VerdictKind = verdicts.fail > 0 ? "fail" : verdicts.inconclusive > 0 ? "inconclusive" : "pass";
  return (
    <span>
      <VerdictMark verdict={worst} />
      <span className="second block">
        {verdicts.pass} of {verdicts.pass + verdicts.fail + verdicts.inconclusive} pass,{" "}
        {formatDay(verdicts.finishedAt)}
      </span>
    </span>
  );
}

function NoProjects() {
  return (
    <div className="mt-7">
      <EmptyState
        title="No project yet"
        action={
          <>
            <LinkButton weight="primary" href="/projects/new">
              New project
            </LinkButton>
            <StartExample />
          </>
        }
      >
        Start with a business problem. In fifteen minutes you have a first plan, and from it a pilot that runs
        here. Or open the example: a support assistant on a hundred articles.
      </EmptyState>
    </div>
  );
}

function sayList({ total, projects }: Listed): string {
  if (total === 0) return "Nothing is under way. A project takes a name and a problem to begin.";
  const measured = projects.filter((project) => project.verdicts !== null).length;
  const waiting = projects.filter(
    (project) => project.next.room === "dossier" || project.next.room === "decision",
  ).length;
  const shown = projects.length < total ? ` Of the ${projects.length} shown here` : "";
  const facts = `${measured === 0 ? "none has" : `${measured} ${measured === 1 ? "has" : "have"}`} a measured verdict and ${waiting === 0 ? "none waits" : `${waiting} ${waiting === 1 ? "waits" : "wait"}`} for a decision.`;
  const counted = `${formatCount(total, "project")}.`;
  return shown
    ? `${counted}${shown}, ${facts}`
    : `${counted} ${facts.charAt(0).toUpperCase()}${facts.slice(1)}`;
}

function sayPage({ page, pages }: Listed): string {
  return pages > 1 ? `Page ${page} of ${pages}` : "";
}
