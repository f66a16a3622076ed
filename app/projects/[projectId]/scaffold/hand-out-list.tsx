import { Table } from "#app/_components/table.tsx";
import { readWords } from "#app/_words/server.ts";
import { sayTarget } from "./say-target.ts";
import type { HandedOut } from "./scaffold-data.ts";

type Props = { projectId: string; earlier: HandedOut[] };

/** Each stays as it was: the archive of a run that was judged must be the archive that can be fetched. */
export async function HandOutList({ projectId, earlier }: Props) {
  const { say, format } = await readWords("scaffold");
  return (
    <Table
      caption={say("earlier.caption")}
      columns={[
        { head: say("earlier.when") },
        { head: say("earlier.targets") },
        { head: say("earlier.template") },
        { head: say("earlier.archive") },
        { head: say("earlier.size"), numeric: true },
        { head: say("earlier.fetch") },
      ]}
      rows={earlier.map((one) => ({
        key: one.id,
        cells: [
          format.dateTime(one.createdAt),
          one.config.targets.map((target) => sayTarget(target, say, format)).join(", "),
          `${one.template} ${one.templateVersion}`,
          <code key="sha" title={one.archiveSha256}>
            {one.archiveSha256.slice(0, 12)}
          </code>,
          format.bytes(one.bytes),
          <a key="fetch" className="act" href={`/api/projects/${projectId}/archive?scaffold=${one.id}`}>
            {say("earlier.download")}
          </a>,
        ],
      }))}
    />
  );
}
