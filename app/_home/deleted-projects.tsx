import { EmptyState } from "#app/_components/empty.tsx";
import { Table } from "#app/_components/table.tsx";
import type { caller } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { RestoreProject } from "./project-actions.tsx";

type Deleted = Awaited<ReturnType<Awaited<ReturnType<typeof caller>>["projects"]["listDeleted"]>>;

/** What can still be brought back. */
export async function DeletedProjects({ list }: { list: Deleted }) {
  const { say, format } = await readWords("home");
  if (list.total === 0) {
    return <EmptyState title={say("shelf.noneDeleted")}>{say("shelf.noneDeletedSaid")}</EmptyState>;
  }
  return (
    <Table
      caption={say("shelf.deletedCaption")}
      columns={[
        { head: say("list.project") },
        { head: say("shelf.deletedOn") },
        { head: say("list.action") },
      ]}
      rows={list.projects.map(({ id, name, deletedAt }) => ({
        key: id,
        cells: [
          name,
          format.day(deletedAt, { year: true }),
          <RestoreProject key="restore" projectId={id} name={name} />,
        ],
      }))}
    />
  );
}
