import { caller } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { NoticeList } from "./notice-list.tsx";

/** The unread notices of one project, or of all: said here, so that the browser gets sentences and no catalogue. */
export async function Notices({ projectId }: { projectId: string | null }) {
  const api = await caller();
  const [unread, { say, format }] = await Promise.all([api.notices.unread(), readWords("runs")]);
  const shown = unread.filter((notice) => projectId === null || notice.projectId === projectId);
  return (
    <NoticeList
      projectId={projectId}
      words={{ title: say("notice.title"), look: say("notice.look"), read: say("notice.read") }}
      notices={shown.map(({ id, projectId, project, kind, body, at }) => ({
        id,
        text:
          kind === "run_finished"
            ? say("notice.finished", {
                project,
                time: format.dateTime(at),
                outcome: body.outcome ?? "inconclusive",
              })
            : kind === "sweep_finished"
              ? say("notice.sweep", { project, time: format.dateTime(at) })
              : say("notice.failed", { project, time: format.dateTime(at), reason: body.reason ?? "" }),
        href: hrefOf(projectId, body),
      }))}
    />
  );
}

function hrefOf(projectId: string, { sweepId, runId }: { sweepId: string | null; runId: string | null }) {
  const base = `/projects/${projectId}/benchmark`;
  if (sweepId !== null) return `${base}/sweep?sweep=${sweepId}`;
  return runId === null ? base : `${base}?run=${runId}`;
}
