import Link from "next/link";
import { Note } from "#app/_components/note.tsx";
import { readWords } from "#app/_words/server.ts";
import { type DecisionData, labelOf } from "./decision-data.ts";

type Props = { data: DecisionData; layerId: string; base: string };

/** The weights at which the pick falls, the pairs of answers that take it, and the unknowns that decide. */
export async function FirmNote({ data, layerId, base }: Props) {
  const { say, format } = await readWords("choice");
  const weighed = data.weighed.layers.find((layer) => layer.layer === layerId);
  if (!weighed?.weighing) return null;
  const { weighing, pairs, decisive } = weighed;
  return (
    <>
      <Note title={say("firm.title")}>
        <p>
          {say("firm.kept", { kept: String(weighing.kept), outOf: String(weighing.outOf) })}.{" "}
          {weighing.robust && say("firm.robust")}
        </p>
        <ul>
          {weighing.flips.slice(0, 3).map((flip) => (
            <li key={`${flip.rule} ${flip.rival}`}>
              {say("firm.level", {
                rule: flip.rule,
                multiplier: format.number(flip.multiplier, { digits: 2 }),
                rival: labelOf(data, layerId, flip.rival),
              })}
            </li>
          ))}
        </ul>
        {pairs && <p>{pairs.pairs.length === 0 ? say("firm.noPairs") : say("firm.pairs")}</p>}
        <ul>
          {pairs?.pairs.slice(0, 3).map((pair) => (
            <li key={pair.sentence}>{pair.sentence}</li>
          ))}
        </ul>
        {pairs && !pairs.complete && <p>{say("firm.capped", { count: format.number(pairs.evaluations) })}</p>}
      </Note>
      {decisive.length > 0 && (
        <Note title={say("firm.decisive")}>
          <ul>
            {decisive.map((id) => (
              <li key={id}>
                <Link className="act inline" href={`${base}/brief?q=${id}`} prefetch={false}>
                  {data.read[id]?.name ?? id}
                </Link>
              </li>
            ))}
          </ul>
        </Note>
      )}
    </>
  );
}
