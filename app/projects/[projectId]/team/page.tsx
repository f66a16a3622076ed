import type { Metadata } from "next";
import Link from "next/link";
import { LinkButton } from "#app/_components/button.tsx";
import { EmptyState } from "#app/_components/empty.tsx";
import { formatDay } from "#app/_components/format-date.ts";
import { formatCount } from "#app/_components/format-number.ts";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { HiringList } from "./hiring-list.tsx";
import { Matrix } from "./matrix.tsx";
import { PeopleEditor } from "./people-editor.tsx";
import { type MatrixView, readView, writeView } from "./read-view.ts";
import { RoleRadar } from "./role-radar.tsx";
import { SkillNote } from "./skill-note.tsx";
import type { Team, TeamReport } from "./team-data.ts";
import "./team.css";

export const metadata: Metadata = { title: "Team" };

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const QUESTION = "Who can build it, and who is missing?";

export default async function TeamPage({ params, searchParams }: Props) {
  const [{ projectId }, query] = await Promise.all([params, searchParams]);
  const api = await caller();
  const team = await orNotFound(api.team.read({ projectId }));
  const base = `/projects/${team.project.id}/team`;
  const { report } = team;
  if (report === null) return <NoKind projectId={team.project.id} />;
  const view = readView(
    query,
    team.skills.map((skill) => skill.id),
    report.roles.map((role) => role.id),
  );
  return (
    <>
      <Sheet>
        <SheetHead question={QUESTION} lead={report.lead} />
        <MatrixBar team={team} report={report} view={view} base={base} />
        {view.show === "held" && team.people.length === 0 ? (
          <EmptyState title="Nobody is on the team yet">
            Add people below, under an alias. Then this table shows what each of them holds, and the gaps
            close.
          </EmptyState>
        ) : (
          <Matrix team={team} report={report} view={view} base={base} />
        )}
        <Legend team={team} view={view} />
        <Section id="hiring" title="How the gaps are closed">
          {report.hiringPlan.length === 0 ? (
            <p className="prose">Nothing is short. The plan can begin with the people who are here.</p>
          ) : (
            <HiringList team={team} report={report} />
          )}
        </Section>
        <Section id="people" title="Who is here">
          <PeopleEditor
            projectId={team.project.id}
            people={team.people}
            removedPeople={team.removedPeople}
            groups={team.groups.map(({ id, name }) => ({
              name,
              skills: team.skills
                .filter((skill) => skill.group === id)
                .map((skill) => ({ id: skill.id, name: skill.name })),
            }))}
            roles={report.roles.map(({ id, name }) => ({ id, name }))}
            levels={team.levels.map(({ name }) => name)}
          />
        </Section>
      </Sheet>
      <Margin>
        {view.skill && <SkillNote team={team} report={report} skillId={view.skill} />}
        <RoleRadar team={team} report={report} roleId={view.role ?? firstRole(report)} />
        <AloneNote team={team} report={report} />
        <Note
          title="Read with care"
          source="Purpose: staffing this plan. Kept here, with their history, until a person is removed and erased for good."
        >
          <p>
            Ratings of people are personal data. Aliases are the default, nobody is ranked, and no candidate
            is stored. A person's own word counts one level lower; a rating older than 180 days is stale.
          </p>
        </Note>
      </Margin>
      <Foot
        left="Levels are what a person does unaided. “Not assessed” is not zero and is never averaged."
        right={`as of ${formatDay(team.asOf, { year: true })}`}
      />
    </>
  );
}

function MatrixBar({
  team,
  report,
  view,
  base,
}: {
  team: Team;
  report: TeamReport;
  view: MatrixView;
  base: string;
}) {
  const tab = (change: Partial<MatrixView>, words: string, isOn: boolean) => (
    <Link
      href={writeView(base, { ...view, ...change })}
      className={isOn ? "on" : "act"}
      aria-current={isOn ? "true" : undefined}
      prefetch={false}
      scroll={false}
    >
      {words}
    </Link>
  );
  const files = `/api/projects/${team.project.id}/team`;
  return (
    <nav className="matrix-bar" aria-label="What the matrix shows">
      <span className="tabs">
        {tab({ show: "required" }, "Required", view.show === "required")}
        {tab({ show: "held" }, "Held", view.show === "held")}
        {tab({ show: "gap" }, "Gap", view.show === "gap")}
      </span>
      <span className="tabs">
        {tab({ pilotOnly: false }, `${team.skills.length} skills`, !view.pilotOnly)}
        {tab(
          { pilotOnly: true },
          `${report.overlay?.name ?? "Needed"}, ${report.gaps.length}`,
          view.pilotOnly,
        )}
      </span>
      <span className="tabs">
        {tab({ withCould: !view.withCould }, view.withCould ? "hide could" : "show could", false)}
      </span>
      <span className="tabs files">
        <a className="act" href={`${files}/xlsx`}>
          XLSX
        </a>
        <a className="act" href={`${files}/csv`}>
          CSV
        </a>
        <a className="act" href={`${files}/long.csv`}>
          Long CSV
        </a>
      </span>
    </nav>
  );
}

function Legend({ team, view }: { team: Team; view: MatrixView }) {
  const letters =
    view.show === "held"
      ? ["s self-rated", "p peer", "m manager", "e evidence", "– not assessed"]
      : ["M must", "S should", "C could", "· not required"];
  return (
    <p className="matrix-legend">
      {view.show !== "gap" &&
        team.levels.map(({ level, name, meaning }) => (
          <span key={level} title={meaning}>
            <b className={`cell l${level}`}>{level}</b> {name}
          </span>
        ))}
      {letters.map((words) => (
        <span key={words}>{words}</span>
      ))}
    </p>
  );
}

function AloneNote({ team, report }: { team: Team; report: TeamReport }) {
  if (!report.overlay) return null;
  const people = report.alone
    .filter((one) => one.alone)
    .map((one) => team.people.find((p) => p.id === one.id)?.alias);
  const nearest = [...report.aloneByRole].sort((a, b) => a.missing.length - b.missing.length)[0];
  const role = report.roles.find((one) => one.id === nearest?.id);
  return (
    <Note title={`Can one person hold the ${report.overlay.name}?`}>
      <p>{people.length > 0 ? `Yes: ${people.join(", ")}.` : "Nobody on the team holds every row of it."}</p>
      {role && (
        <p>
          {nearest?.alone
            ? `By its requirements here the role ${role.name} would.`
            : `No role would; the ${role.name} lacks ${nearest?.missing.map((m) => m.skillId).join(", ")}.`}
        </p>
      )}
      <p className="second">
        {formatCount(report.requirements.filter((need) => need.onOverlay).length, "skill")} must be held by
        somebody.
      </p>
    </Note>
  );
}

function firstRole(report: TeamReport): string {
  return (report.roles.find((role) => role.share !== null) ?? report.roles[0])?.id ?? "";
}

function NoKind({ projectId }: { projectId: string }) {
  return (
    <Sheet>
      <SheetHead question={QUESTION} />
      <EmptyState
        title="Say first what kind of project this is"
        action={
          <LinkButton weight="primary" href={`/projects/${projectId}/brief?q=project`}>
            Answer the question
          </LinkButton>
        }
      >
        Roles and skills follow from the kind of project and from the picks of the decision.
      </EmptyState>
    </Sheet>
  );
}
