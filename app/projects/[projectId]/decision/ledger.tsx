import Link from "next/link";
import { ProvenanceMark } from "#app/_components/marks.tsx";
import { readWords } from "#app/_words/server.ts";
import type { FiredRule, LayerResult } from "#server/decision/schema.ts";
import { type DecisionData, type DecisionWords, labelOf } from "./decision-data.ts";

type Score = LayerResult["scores"][number];

/** Every rule that fired, the answers it read, its evidence, and its points for each option, summed under a double rule. */
export async function Ledger({
  data,
  result,
  base,
}: {
  data: DecisionData;
  result: LayerResult;
  base: string;
}) {
  const words = await readWords("decision");
  const { say, format } = words;
  const columns = chooseColumns(result);
  const rest = result.scores.filter((score) => !columns.includes(score));
  return (
    <>
      <table className="ledger">
        <caption className="sr-only">{say("ledger.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("ledger.rule")}</th>
            <th scope="col">{say("ledger.why")}</th>
            <th scope="col" className="num wt">
              {say("ledger.weight")}
            </th>
            {columns.map((score, at) => (
              <th scope="col" key={score.option} className={columnClass(score, at)}>
                {score.vetoed ? (
                  <s className="struck">{labelOf(data, result.layer, score.option)}</s>
                ) : (
                  <b>{labelOf(data, result.layer, score.option)}</b>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {result.fired.map((fired) => (
            <tr key={fired.rule}>
              <td className="rule">
                <code>{fired.rule}</code>
                <span className="second">{say(`ruleKind.${fired.kind}`)}</span>
              </td>
              <td className="why">
                {fired.because}
                <ReadAnswers data={data} fired={fired} base={base} words={words} />
                <span className="source block">{sayEvidence(data, fired, words)}</span>
              </td>
              <td className="num wt">{fired.weight !== null && sayWeight(fired, format)}</td>
              {columns.map((score, at) => (
                <td key={score.option} className={columnClass(score, at)}>
                  <Points fired={fired} score={score} result={result} words={words} />
                </td>
              ))}
            </tr>
          ))}
          <tr className="sum">
            <th scope="row" colSpan={2}>
              {say("ledger.score")}
            </th>
            <td className="num wt" />
            {columns.map((score, at) => (
              <td key={score.option} className={columnClass(score, at)}>
                {score.vetoed ? (
                  <span className="quiet">{say("ledger.vetoed")}</span>
                ) : (
                  <span className="double">{format.number(score.score, { digits: 1 })}</span>
                )}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      {rest.length > 0 && (
        <p className="second decision-after">
          {say("ledger.noPoints", {
            options: rest
              .map(({ option, vetoed }) => {
                const label = labelOf(data, result.layer, option);
                return vetoed ? say("ledger.vetoedOption", { option: label }) : label;
              })
              .join(", "),
          })}
        </p>
      )}
      <p className="second decision-after">{sayFormula(result, words)}</p>
    </>
  );
}

/** The pick, the runner-up and whoever has points; the others would be empty columns and are named below. */
function chooseColumns(result: LayerResult): Score[] {
  const scored = new Set(result.fired.flatMap((fired) => Object.keys(fired.points)));
  const leaders = [result.pick, result.runnerUp];
  return result.scores.filter(({ option }) => scored.has(option) || leaders.includes(option));
}

function Points(props: { fired: FiredRule; score: Score; result: LayerResult; words: DecisionWords }) {
  const { fired, score, result, words } = props;
  if (fired.kind === "veto") {
    const removed = result.vetoed.some((veto) => veto.rule === fired.rule && veto.option === score.option);
    return removed ? <span className="quiet">{words.say("ledger.removed")}</span> : null;
  }
  if (fired.kind !== "score") return null;
  const points = words.format.number(fired.points[score.option] ?? 0, { digits: 1, signed: true });
  return score.vetoed ? <s className="struck">{points}</s> : points;
}

function ReadAnswers(props: { data: DecisionData; fired: FiredRule; base: string; words: DecisionWords }) {
  const { data, fired, base, words } = props;
  return Object.keys(fired.answers).map((id) => {
    const answer = data.read[id];
    return (
      <span key={id} className="answer">
        <Link
          className="act"
          href={`${base}/brief?q=${id}`}
          prefetch={false}
          title={words.say("ledger.change")}
        >
          {answer?.name}: {answer?.words}
        </Link>
        {answer?.source && (
          <ProvenanceMark
            source={answer.source}
            {...(answer.at ? { date: words.format.day(answer.at) } : {})}
          />
        )}
      </span>
    );
  });
}

/** "FAISS: wheels …, Jul 2026, open issue". A guide's statement is a claim until a benchmark supports it. */
function sayEvidence(
  { ruleSet }: DecisionData,
  { evidence }: FiredRule,
  { say, format }: DecisionWords,
): string {
  return evidence
    .map(({ source, place }) => {
      const found = ruleSet.sources.find((one) => one.id === source);
      if (!found) return place;
      const date = found.date.length === 10 ? format.day(found.date, { year: true }) : found.date;
      return say(found.kind === "guide" ? "ledger.claim" : "ledger.source", {
        title: found.title,
        date,
        place,
      });
    })
    .join("; ");
}

function sayWeight({ weight, confidence }: FiredRule, format: DecisionWords["format"]): string {
  const factor = confidence === "high" ? 1 : confidence === "medium" ? 0.7 : 0.4;
  return `${weight} × ${format.number(factor, { digits: 1 })}`;
}

function sayFormula({ scores }: LayerResult, { say, format }: DecisionWords): string {
  const [first, second] = scores.filter((score) => !score.vetoed);
  if (!first) return say("ledger.allVetoed");
  const points = (score: number) => format.number(score, { digits: 1 });
  if (!second) return say("ledger.oneLeft", { points: points(first.score) });
  return say("ledger.formula", {
    first: points(first.score),
    second: points(second.score),
    size: points(Math.abs(first.score)),
  });
}

/** The two leaders stay on a phone; the others give way. */
function columnClass(score: Score, at: number): string {
  return at < 2 && !score.vetoed ? "num option" : "num option roomy";
}
