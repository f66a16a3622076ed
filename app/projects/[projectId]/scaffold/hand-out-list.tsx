import { formatDateTime } from "#app/_components/format-date.ts";
import { formatBytes } from "#app/_components/format-number.ts";
import { Table } from "#app/_components/table.tsx";
import { sayTarget } from "./say-target.ts";
import type { HandedOut } from "./scaffold-data.ts";

/** Each stays as it was: the archive of a run that was judged must be the archive that can be fetched. */
export function HandOutList({ projectId, earlier }: { projectId: string; earlier: HandedOut[] }) {
  return (
    <Table
      caption="Hand-outs of this project, newest first"
      columns={[
        { head: "When" },
        { head: "Targets" },
        { head: "Template" },
        { head: "Archive, sha256" },
        { head: "Size, unpacked", numeric: true },
        { head: "Fetch" },
      ]}
      rows={earlier.map((one) => ({
        key: one.id,
        cells: [
          formatDateTime(one.createdAt),
          one.config.targets.map(sayTarget).join(", "),
          `${one.template} ${one.templateVersion}`,
          <code key="sha" title={one.archiveSha256}>
            {one.archiveSha256.slice(0, 12)}
          </code>,
          formatBytes(one.bytes),
          <a key="fetch" className="act" href={`/api/projects/${projectId}/archive?scaffold=${one.id}`}>
            Download
          </a>,
        ],
      }))}
    />
  );
}
