import Link from "next/link";
import { readWords } from "#app/_words/server.ts";
import { type DecisionData, sayMargin } from "./decision-data.ts";

/** The layers side by side with their margins; on a phone the neighbours of the one at hand. */
export async function LayerStrip({ data, base, here }: { data: DecisionData; base: string; here: string }) {
  const words = await readWords("decision");
  const { say } = words;
  const layers = data.decision.layers.filter(
    (layer) => layer.status !== "not_applicable" || layer.layer === here,
  );
  const at = layers.findIndex((layer) => layer.layer === here);
  const [before, after] = [layers[at - 1], layers[at + 1]];
  return (
    <>
      <nav className="strip" aria-label={say("layers.strip")}>
        <ol>
          {layers.map((layer) => (
            <li key={layer.layer}>
              <Link
                href={`${base}/decision/${layer.layer}`}
                aria-current={layer.layer === here ? "page" : undefined}
              >
                <span className="name">{layer.name}</span>
                <svg
                  width="100%"
                  height="3"
                  viewBox="0 0 100 3"
                  preserveAspectRatio="none"
                  aria-hidden="true"
                >
                  <path d="M0 1.5H100" className="stroke-hair" strokeWidth="3" />
                  <path d={`M0 1.5H${layer.margin * 100}`} className="stroke-ink" strokeWidth="3" />
                </svg>
                <span className="second">{sayMargin(layer, words)}</span>
              </Link>
            </li>
          ))}
        </ol>
      </nav>
      <nav className="strip-near" aria-label={say("layers.near")}>
        {before ? (
          <Link className="act" href={`${base}/decision/${before.layer}`}>{`← ${before.name}`}</Link>
        ) : (
          <span />
        )}
        <span>
          {say.rich("layers.place", {
            layer: layers[at]?.name ?? "",
            at: String(at + 1),
            outOf: String(layers.length),
            b: (name) => <b>{name}</b>,
          })}
        </span>
        {after ? (
          <Link className="act" href={`${base}/decision/${after.layer}`}>{`${after.name} →`}</Link>
        ) : (
          <span />
        )}
      </nav>
    </>
  );
}
