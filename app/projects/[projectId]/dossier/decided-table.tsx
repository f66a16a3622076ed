import { ShareBar } from "#app/_components/marks.tsx";
import { Table } from "#app/_components/table.tsx";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import type { LayerStatus } from "#server/decision/schema.ts";
import type { SayOf } from "#server/messages/say.ts";

type Words = { say: SayOf<"dossier">; format: Format };

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
  override: { option: string; reason: string; by: string; at: string } | null;
};

/** One row a layer: the pick, by how much it leads, and the nearest answer that would change it. */
export async function DecidedTable({ layers }: { layers: DecidedLayer[] }) {
  const words = await readWords("dossier");
  const { say } = words;
  return (
    <Table
      caption={say("decided.caption")}
      columns={(["layer", "pick", "margin", "change"] as const).map((column) => ({
        head: say(`decided.${column}`),
      }))}
      rows={layers.map((layer) => ({
        key: layer.layer,
        cells: [
          layer.name,
          <Pick key="pick" layer={layer} words={words} />,
          layer.pick === null ? (
            <span key="margin" className="quiet">
              {say("decided.none")}
            </span>
          ) : (
            <ShareBar key="margin" share={layer.margin} word={sayMargin(layer, words)} />
          ),
          layer.wouldChange ?? say("decided.noChange"),
        ],
      }))}
    />
  );
}

function Pick({ layer, words: { say, format } }: { layer: DecidedLayer; words: Words }) {
  const { pick, tied, teamPick, status, override } = layer;
  const overridden = override && (
    <b className="block">
      {say("decided.overridden", { ...override, date: format.day(override.at, { year: true }) })}
    </b>
  );
  if (pick === null) {
    return (
      <>
        <em>
          {tied.length > 0 ? say("decided.tie", { options: tied.join(", ") }) : say(`status.${status}`)}
        </em>
        {overridden}
      </>
    );
  }
  return (
    <>
      {override ? <s className="struck">{pick}</s> : pick}
      {overridden}
      {teamPick !== null && <span className="second block">{say("decided.team", { pick: teamPick })}</span>}
    </>
  );
}

function sayMargin(layer: DecidedLayer, { say, format }: Words): string {
  const margin = format.share(layer.margin);
  if (layer.status === "fragile") return say("decided.fragile", { margin });
  return layer.close ? say("decided.close", { margin }) : margin;
}
