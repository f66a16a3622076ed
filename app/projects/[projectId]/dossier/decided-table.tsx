import { formatShare } from "#app/_components/format-number.ts";
import { ShareBar } from "#app/_components/marks.tsx";
import { Table } from "#app/_components/table.tsx";
import type { LayerStatus } from "#server/decision/schema.ts";

export type DecidedLayer = {
  layer: string;
  name: string;
  status: LayerStatus;
  close: boolean;
  margin: number;
  pick: string | null;
  tied: string[];
  teamPick: string | null;
  wouldChange: string | null;
};

/** One row a layer: the pick, by how much it leads, and the nearest answer that would change it. */
export function DecidedTable({ layers }: { layers: DecidedLayer[] }) {
  return (
    <Table
      caption="What was decided, layer by layer"
      columns={[{ head: "Layer" }, { head: "Pick" }, { head: "Margin" }, { head: "Would change" }]}
      rows={layers.map((layer) => ({
        key: layer.layer,
        cells: [
          layer.name,
          <Pick key="pick" layer={layer} />,
          layer.pick === null ? (
            <span key="margin" className="quiet">
              none
            </span>
          ) : (
            <ShareBar
              key="margin"
              share={layer.margin}
              word={`${formatShare(layer.margin)}${sayTrust(layer)}`}
            />
          ),
          layer.wouldChange ?? "No single answer.",
        ],
      }))}
    />
  );
}

function Pick({ layer: { pick, tied, teamPick, status } }: { layer: DecidedLayer }) {
  if (pick === null) return <em>{tied.length > 0 ? `tie: ${tied.join(", ")}` : status.replace("_", " ")}</em>;
  return (
    <>
      {pick}
      {teamPick !== null && <span className="second block">this team can build {teamPick}</span>}
    </>
  );
}

function sayTrust({ status, close }: DecidedLayer): string {
  return status === "fragile" ? ", fragile" : close ? ", close" : "";
}
