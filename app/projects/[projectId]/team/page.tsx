import type { Metadata } from "next";
import Link from "next/link";
import { LinkButton } from "#app/_components/button.tsx";
import { EmptyState } from "#app/_components/empty.tsx";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import { HiringList } from "./hiring-list.tsx";
import { Matrix } from "./matrix.tsx";
import { PeopleEditor } from "./people-editor.tsx";
import { type MatrixView, readView, writeView } from "./read-view.ts";
import { RoleRadar } from "./role-radar.tsx";
import { SkillNote } from "./skill-note.tsx";
import type { Team, TeamReport } from "./team-data.ts";
import "./team.css";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("team")).say("title") };
}

const SOURCES = ["self", "peer", "manager", "evidence"] as const;
const IMPORTANCES = ["must", "should", "could"] as const;

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function TeamPage({ params, searchParams }: Props) {
  const [{ projectId }, query] = await Promise.all([params, searchParams]);
  const { say, format } = await readWords("team");
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
    <WordsFor rooms={["team"]}>
      <Sheet>
        <SheetHead question={say("question")} lead={report.lead} />
        <MatrixBar team={team} report={report} view={view} base={base} />
        {view.by === "people" && team.people.length === 0 ? (
          <EmptyState title={say("nobody.title")}>{say("nobody.matrix")}</EmptyState>
        ) : (
          <Matrix team={team} report={report} view={view} base={base} />
        )}
        <Legend team={team} view={view} />
        <Section
          id="hiring"
          title={say("hiring.title")}
          links={
            <>
              <Link className="act" href={`${base}/hiring`} prefetch={false}>
                {say("hiring.open")}
              </Link>
              <Link className="act" href={`${base}/interview`} prefetch={false}>
                {say("hiring.kit")}
              </Link>
            </>
          }
        >
          {report.hiringPlan.length === 0 ? (
            <p className="prose">{say("hiring.nothing")}</p>
          ) : (
            <HiringList team={team} report={report} />
          )}
        </Section>
        <Section id="people" title={say("people.title")}>
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
        <Note title={say("care.title")} source={say("care.purpose")}>
          <p>{say("care.text")}</p>
        </Note>
        <Note title={say("matrix.keys.title")}>
          <p>{say("matrix.keys.text")}</p>
        </Note>
      </Margin>
      <Foot
        left={say("foot.levels")}
        right={say("foot.asOf", { day: format.day(team.asOf, { year: true }) })}
      />
    </WordsFor>
  );
}

async function MatrixBar({
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
  const { say } = await readWords("team");
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
    <nav className="matrix-bar" aria-label={say("files.label")}>
      <span className="tabs">
        {tab({ show: "required", by: "roles" }, say("required"), view.show === "required")}
        {tab({ show: "held", by: "people" }, say("held"), view.show === "held")}
        {tab({ show: "gap", by: "roles" }, say("gap"), view.show === "gap")}
      </span>
      <span className="tabs">
        {tab({ by: "roles" }, say("matrix.byRoles"), view.by === "roles")}
        {tab({ by: "people" }, say("matrix.byPeople"), view.by === "people")}
      </span>
      <span className="tabs">
        {tab({ pilotOnly: false }, say("matrix.allSkills", { count: team.skills.length }), !view.pilotOnly)}
        {tab(
          { pilotOnly: true },
          say("matrix.neededSkills", {
            pilot: report.overlay?.name ?? say("matrix.needed"),
            count: report.gaps.length,
          }),
          view.pilotOnly,
        )}
      </span>
      <span className="tabs">
        {tab(
          { withCould: !view.withCould },
          view.withCould ? say("matrix.hideCould") : say("matrix.showCould"),
          false,
        )}
      </span>
      <span className="tabs files">
        <a className="act" href={`${files}/xlsx`}>
          {say("files.xlsx")}
        </a>
        <a className="act" href={`${files}/csv`}>
          {say("files.csv")}
        </a>
        <a className="act" href={`${files}/long.csv`}>
          {say("files.longCsv")}
        </a>
        <Link className="act" href={`/projects/${team.project.id}/team/import`} prefetch={false}>
          {say("files.import")}
        </Link>
      </span>
    </nav>
  );
}

async function Legend({ team, view }: { team: Team; view: MatrixView }) {
  const { say } = await readWords("team");
  const letters =
    view.show === "held" && view.by === "people"
      ? [
          ...SOURCES.map((one) => `${say(`sourceLetter.${one}`)} ${say(`source.${one}`)}`),
          `– ${say("notAssessed")}`,
        ]
      : [
          ...IMPORTANCES.map((one) => `${say(`importanceLetter.${one}`)} ${say(`importance.${one}`)}`),
          `· ${say("notRequired")}`,
        ];
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

async function AloneNote({ team, report }: { team: Team; report: TeamReport }) {
  const { say } = await readWords("team");
  if (!report.overlay) return null;
  const people = report.alone
    .filter((one) => one.alone)
    .map((one) => team.people.find((p) => p.id === one.id)?.alias);
  const nearest = [...report.aloneByRole].sort((a, b) => a.missing.length - b.missing.length)[0];
  const role = report.roles.find((one) => one.id === nearest?.id);
  return (
    <Note title={say("alone.question", { pilot: report.overlay.name })}>
      <p>{people.length > 0 ? say("alone.yes", { people: people.join(", ") }) : say("alone.nobody")}</p>
      {role && (
        <p>
          {nearest?.alone
            ? say("alone.roleWould", { role: role.name })
            : say("alone.noRoleWould", {
                role: role.name,
                skills: nearest?.missing.map((one) => one.skillId).join(", ") ?? "",
              })}
        </p>
      )}
      <p className="second">
        {say("alone.held", { count: report.requirements.filter((need) => need.onOverlay).length })}
      </p>
    </Note>
  );
}

function firstRole(report: TeamReport): string {
  return (report.roles.find((role) => role.share !== null) ?? report.roles[0])?.id ?? "";
}

async function NoKind({ projectId }: { projectId: string }) {
  const { say } = await readWords("team");
  return (
    <Sheet>
      <SheetHead question={say("question")} />
      <EmptyState
        title={say("noKind.title")}
        action={
          <LinkButton weight="primary" href={`/projects/${projectId}/brief?q=project`}>
            {say("noKind.answer")}
          </LinkButton>
        }
      >
        {say("noKind.lead")}
      </EmptyState>
    </Sheet>
  );
}
