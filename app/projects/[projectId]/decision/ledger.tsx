import Link from "next/link";
import { formatDay } from "#app/_components/format-date.ts";
import { formatNumber } from "#app/_components/format-number.ts";
import { ProvenanceMark } from "#app/_components/marks.tsx";
import type { FiredRule, LayerResult } from "#server/decision/schema.ts";
import { type DecisionData, labelOf } from "./decision-data.ts";

type Score = LayerResult["scores"][number];

/** Every rule that fired, the answers it read, its evidence, and its points for each option, summed under a double rule. */
export function Ledger({ data, result, base }: { data: DecisionData; result: LayerResult; base: string }) {
  const columns = chooseColumns(result);
  const rest = result.scores.filter((score) => !columns.includes(score));
  return (
    <>
      <table className="ledger">
        <caption className="sr-only">Fired rules and their points per option</caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Why, the answer it read, evidence</th>
            <th scope="col" className="num wt">
              Weight × confidence
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
                <span className="second">{fired.kind}</span>
              </td>
              <td className="why">
                {fired.because}
                <ReadAnswers data={data} fired={fired} base={base} />
                <span className="source block">{sayEvidence(data, fired)}</span>
              </td>
              <td className="num wt">{fired.weight !== null && sayWeight(fired)}</td>
              {columns.map((score, at) => (
                <td key={score.option} className={columnClass(score, at)}>
                  <Points fired={fired} score={score} result={result} />
                </td>
              ))}
            </tr>
          ))}
          <tr className="sum">
            <th scope="row" colSpan={2}>
              Score
            </th>
            <td className="num wt" />
            {columns.map((score, at) => (
              <td key={score.option} className={columnClass(score, at)}>
                {score.vetoed ? (
                  <span className="quiet">vetoed</span>
                ) : (
                  <span className="double">{formatNumber(score.score, { digits: 1 })}</span>
                )}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      {rest.length > 0 && (
        <p className="second decision-after">
          No points:{" "}
          {rest
            .map((score) => labelOf(data, result.layer, score.option) + (score.vetoed ? " (vetoed)" : ""))
            .join(", ")}
          .
        </p>
      )}
      <p className="second decision-after">{sayFormula(result)}</p>
    </>
  );
}

/** The pick, the runner-up and whoever has points; the others would be empty columns and are named below. */
function chooseColumns(result: LayerResult): Score[] {
  const scored = new Set(result.fired.flatMap((fired) => Object.keys(fired.points)));
  const leaders = [result.pick, result.runnerUp];
  return result.scores.filter(({ option }) => scored.has(option) || leaders.includes(option));
}

function Points({ fired, score, result }: { fired: FiredRule; score: Score; result: LayerResult }) {
  if (fired.kind === "veto") {
    const removed = result.vetoed.some((veto) => veto.rule === fired.rule && veto.option === score.option);
    return removed ? <span className="quiet">removed</span> : null;
  }
  if (fired.kind !== "score") return null;
  const points = formatNumber(fired.points[score.option] ?? 0, { digits: 1, signed: true });
  return score.vetoed ? <s className="struck">{points}</s> : points;
}

function ReadAnswers({ data, fired, base }: { data: DecisionData; fired: FiredRule; base: string }) {
  return Object.keys(fired.answers).map((id) => {
    const answer = data.read[id];
    return (
      <span key={id} className="answer">
        <Link className="act" href={`${base}/brief?q=${id}`} prefetch={false} title="Change this answer">
          {answer?.name}: {answer?.words}
        </Link>
        {answer?.source && (
          <ProvenanceMark source={answer.source} {...(answer.at ? { date: formatDay(answer.at) } : {})} />
        )}
      </span>
    );
  });
}

/** "FAISS: wheels …, Jul 2026, open issue". A guide's statement is a claim until a benchmark supports it. */
function sayEvidence({ ruleSet }: DecisionData, { evidence }: FiredRule): string {
  return evidence
    .map(({ source, place }) => {
      const found = ruleSet.sources.find((one) => one.id === source);
      if (!found) return place;
      const date = found.date.length === 10 ? formatDay(found.date, { year: true }) : found.date;
      const claim = found.kind === "guide" ? ", a claim" : "";
      return `${found.title} (${date}), ${place}${claim}`;
    })
    .join("; ");
}

function sayWeight({ weight, confidence }: FiredRule): string {
  const factor = confidence === "high" ? 1 : confidence === "medium" ? 0.7 : 0.4;
  return `${weight} × ${formatNumber(factor, { digits: 1 })}`;
}

function sayFormula({ scores }: LayerResult): string {
  const [first, second] = scores.filter((score) => !score.vetoed);
  if (!first) return "Every option is vetoed.";
  const say = (score: number) => formatNumber(score, { digits: 1 });
  if (!second) return `Only one option is left, with ${say(first.score)} points.`;
  return `Margin = (${say(first.score)} − ${say(second.score)}) ÷ max(6, ${say(Math.abs(first.score))}). Under 10 % there is no clear winner, under 25 % it is close.`;
}

/** The two leaders stay on a phone; the others give way. */
function columnClass(score: Score, at: number): string {
  return at < 2 && !score.vetoed ? "num option" : "num option roomy";
}
