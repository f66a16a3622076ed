import { Note } from "#app/_components/note.tsx";
import { readWords } from "#app/_words/server.ts";
import { type DecisionData, labelOf } from "./decision-data.ts";

type News = {
  since: string;
  ruleSet: { before: string; after: string } | null;
  answers: { question: string }[];
  layers: { layer: string; before: string | null; after: string | null }[];
};

/** What changed since this member was last here. Nothing on the first visit. */
export async function VisitNote({ data, news }: { data: DecisionData; news: News | null }) {
  if (news === null) return null;
  const { say, format } = await readWords("choice");
  const { ruleSet, answers, layers, since } = news;
  const quiet = ruleSet === null && answers.length === 0 && layers.length === 0;
  const name = (layer: string) => data.ruleSet.layers.find((one) => one.id === layer)?.name ?? layer;
  const end = (layer: string, outcome: string | null) =>
    outcome === null ? say("visit.nothing") : labelOf(data, layer, outcome).replaceAll("_", " ");
  return (
    <Note title={say("visit.title")} source={say("visit.since", { date: format.day(since, { year: true }) })}>
      {quiet && <p>{say("visit.none")}</p>}
      <ul>
        {layers.map(({ layer, before, after }) => (
          <li key={layer}>
            {say("visit.layer", { layer: name(layer), before: end(layer, before), after: end(layer, after) })}
          </li>
        ))}
      </ul>
      {answers.length > 0 && (
        <p>
          {say("visit.answers", {
            count: answers.length,
            names: answers.map(({ question }) => data.read[question]?.name ?? question).join(", "),
          })}
        </p>
      )}
      {ruleSet && <p>{say("visit.rules", ruleSet)}</p>}
    </Note>
  );
}
