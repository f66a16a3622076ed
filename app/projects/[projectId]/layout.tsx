import Link from "next/link";
import { formatDay } from "#app/_components/format-date.ts";
import { Frame } from "#app/_components/frame.tsx";
import { PrintButton } from "#app/_components/print-button.tsx";
import { Spine } from "#app/_components/spine.tsx";
import { ThemeSwitch } from "#app/_components/theme-switch.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import type { RoomId } from "#server/dossier/trace-rooms.ts";

const ROOMS: [RoomId, string][] = [
  ["brief", "Brief"],
  ["decision", "Decision"],
  ["team", "Team"],
  ["plan", "Plan"],
  ["scaffold", "Scaffold"],
  ["benchmark", "Benchmark"],
  ["dossier", "Dossier"],
];

type Props = { params: Promise<{ projectId: string }>; children: React.ReactNode };

/** The frame around every page of a project: where one is, the seven rooms, the rules it is decided by. */
export default async function ProjectLayout({ params, children }: Props) {
  const { projectId } = await params;
  const api = await caller();
  const { project, rooms, ruleSet } = await orNotFound(api.trace.readRooms({ projectId }));
  const base = `/projects/${project.id}`;
  return (
    <Frame
      where={
        <>
          <Link prefetch={false} className="act roomy" href="/">
            Projects
          </Link>
          <span className="roomy" aria-hidden="true">
            {" / "}
          </span>
          <b>{project.name}</b>
        </>
      }
      tools={
        <>
          <span className="roomy">
            Rules{" "}
            <code>
              {ruleSet.id} {ruleSet.version}
            </code>
            , expire {formatDay(ruleSet.expiresAt, { year: true })}
          </span>
          <PrintButton />
          <ThemeSwitch />
        </>
      }
      spine={
        <Spine
          home={{ href: base, name: "The trace" }}
          rooms={ROOMS.map(([id, name]) => ({ id, name, href: `${base}/${id}`, ...rooms[id] }))}
        />
      }
    >
      {children}
    </Frame>
  );
}
