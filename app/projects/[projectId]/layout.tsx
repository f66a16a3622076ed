import Link from "next/link";
import { Frame } from "#app/_components/frame.tsx";
import { PrintButton } from "#app/_components/print-button.tsx";
import { Spine } from "#app/_components/spine.tsx";
import { ThemeSwitch } from "#app/_components/theme-switch.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import type { RoomId } from "#server/dossier/trace-rooms.ts";

const ROOMS: RoomId[] = ["brief", "decision", "team", "plan", "scaffold", "benchmark", "dossier"];

type Props = { params: Promise<{ projectId: string }>; children: React.ReactNode };

/** The frame around every page of a project: where one is, the seven rooms, the rules it is decided by. */
export default async function ProjectLayout({ params, children }: Props) {
  const { projectId } = await params;
  const api = await caller();
  const { project, rooms, ruleSet } = await orNotFound(api.trace.readRooms({ projectId }));
  const { say, format } = await readWords("trace");
  const base = `/projects/${project.id}`;
  return (
    <Frame
      where={
        <>
          <Link prefetch={false} className="act roomy" href="/">
            {say("projects")}
          </Link>
          <span className="roomy" aria-hidden="true">
            {" / "}
          </span>
          <b>{project.name}</b>
        </>
      }
      tools={
        <>
          <Link prefetch={false} className="act roomy" href="/standards">
            {say.rich("rules", {
              ruleSet: `${ruleSet.id} ${ruleSet.version}`,
              date: format.day(ruleSet.expiresAt, { year: true }),
              code: (name) => <code>{name}</code>,
            })}
          </Link>
          <PrintButton />
          <ThemeSwitch />
        </>
      }
      spine={
        <Spine
          home={{ href: base, name: say("title") }}
          rooms={ROOMS.map((id) => ({ id, name: say(`room.${id}`), href: `${base}/${id}`, ...rooms[id] }))}
        />
      }
    >
      {children}
    </Frame>
  );
}
