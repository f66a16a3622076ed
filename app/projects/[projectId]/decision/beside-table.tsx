import { Table } from "#app/_components/table.tsx";
import { readWords } from "#app/_words/server.ts";
import type { LayerResult } from "#server/decision/schema.ts";
import { type DecisionData, labelOf } from "./decision-data.ts";

/** What an option may cost although it fits: its risks, and what the team's own best gives up. No points. */
export async function BesideTable({ data, result }: { data: DecisionData; result: LayerResult }) {
  const { say, format } = await readWords("choice");
  const weighed = data.weighed.layers.find((layer) => layer.layer === result.layer);
  const risks = new Map(weighed?.risks.map(({ option, risks: found }) => [option, found]));
  return (
    <>
      <Table
        caption={say("beside.caption")}
        columns={[
          { head: say("beside.option") },
          { head: say("beside.score"), numeric: true },
          { head: say("beside.because") },
        ]}
        rows={result.scores.map(({ option, score, vetoed }) => {
          const label = labelOf(data, result.layer, option);
          const role =
            option === result.pick
              ? say("beside.picked")
              : option === result.teamPick
                ? say("beside.team")
                : null;
          return {
            key: option,
            cells: [
              <span key="option">
                {vetoed ? <s className="struck">{label}</s> : label}
                {role && <span className="second block">{role}</span>}
              </span>,
              format.number(score, { digits: 1 }),
              (risks.get(option) ?? []).length === 0 ? (
                <span key="none" className="quiet">
                  {say("beside.none")}
                </span>
              ) : (
                <ul key="risks">
                  {risks.get(option)?.map(({ kind, because }) => (
                    <li key={because}>
                      <b>{say(`riskKind.${kind}`)}</b> {because}
                    </li>
                  ))}
                </ul>
              ),
            ],
          };
        })}
      />
      {weighed?.teamGivesUp !== null && weighed?.teamGivesUp !== undefined && (
        <p className="second decision-after">
          {say("beside.gives", { points: format.number(weighed.teamGivesUp, { digits: 1 }) })}
        </p>
      )}
    </>
  );
}
