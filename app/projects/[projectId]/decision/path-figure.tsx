import { Drawing } from "#app/_components/drawing.tsx";
import { Figure } from "#app/_components/figure.tsx";
import { Table } from "#app/_components/table.tsx";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import type { LayerResult } from "#server/decision/schema.ts";
import type { SayOf } from "#server/messages/say.ts";
import { type DecisionData, labelOf } from "./decision-data.ts";

type Words = { say: SayOf<"choice">; format: Format };
type Props = { data: DecisionData; result: LayerResult };

/** Answers, the rules that read them, and the options that they speak for or remove: one line each. */
export async function PathFigure({ data, result }: Props) {
  const words = await readWords("choice");
  const { say, format } = words;
  const rules = result.fired.filter(({ kind }) => kind === "score" || kind === "veto");
  if (rules.length === 0) return null;
  const points = (given: Record<string, number>) =>
    Object.entries(given)
      .map(
        ([option, value]) =>
          `${labelOf(data, result.layer, option)} ${format.number(value, { digits: 1, signed: true })}`,
      )
      .join(", ");
  return (
    <Figure
      number={1}
      title={say("path.title")}
      reading={say("path.reading")}
      table={
        <Table
          caption={say("path.title")}
          columns={[{ head: say("path.answer") }, { head: say("path.rule") }, { head: say("path.points") }]}
          rows={rules.map((rule) => ({
            key: rule.rule,
            cells: [
              Object.keys(rule.answers)
                .map((id) => `${data.read[id]?.name}: ${data.read[id]?.words}`)
                .join("; ") || say("path.always"),
              rule.rule,
              rule.kind === "veto" ? say("path.removes") : points(rule.points),
            ],
          }))}
        />
      }
    >
      <div className="hidden phone:block">
        <Lines {...{ data, result, rules, words }} width={868} />
      </div>
      <div className="phone:hidden">
        <Lines {...{ data, result, rules, words }} width={324} />
      </div>
    </Figure>
  );
}

const ROW = 30;

function Lines({
  data,
  result,
  rules,
  width,
  words,
}: Props & { rules: LayerResult["fired"]; width: number; words: Words }) {
  const { say } = words;
  const narrow = width < 480;
  const answers = [...new Set(rules.flatMap((rule) => Object.keys(rule.answers)))];
  const options = result.scores.filter(
    ({ option, vetoed }) =>
      vetoed || option === result.pick || rules.some((rule) => (rule.points[option] ?? 0) !== 0),
  );
  const height = 26 + ROW * Math.max(answers.length, rules.length, options.length);
  const place = (count: number, at: number) => 30 + (height - 26) * ((at + 0.5) / count) - 4;
  const [answerEnd, ruleAt, optionAt] = narrow ? [104, 158, 212] : [330, 470, 640];
  const ruleEnd = ruleAt + (narrow ? 20 : 24);
  const strongest = Math.max(1, ...rules.flatMap((rule) => Object.values(rule.points).map(Math.abs)));
  const most = narrow ? 17 : 46;
  const curve = (x1: number, y1: number, x2: number, y2: number) =>
    `M${x1} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}`;
  return (
    <Drawing width={width} height={height} label={say("path.label")}>
      <text x={0} y={11}>
        {say("path.answers")}
      </text>
      <text x={ruleAt} y={11} textAnchor="middle">
        {say("path.rules")}
      </text>
      <text x={optionAt} y={11}>
        {say("path.options")}
      </text>
      {rules.map((rule, at) => {
        const y = place(rules.length, at);
        return (
          <g key={rule.rule}>
            {Object.keys(rule.answers).map((id) => (
              <path
                key={id}
                d={curve(
                  answerEnd + 6,
                  place(answers.length, answers.indexOf(id)),
                  ruleAt - (narrow ? 22 : 28),
                  y,
                )}
                className="stroke-ink3"
                fill="none"
              />
            ))}
            {options.map(({ option }, to) => {
              const points = rule.points[option] ?? 0;
              const removes =
                rule.kind === "veto" &&
                result.vetoed.some((veto) => veto.rule === rule.rule && veto.option === option);
              if (points === 0 && !removes) return null;
              return (
                <path
                  key={option}
                  d={curve(ruleEnd + 6, y, optionAt - 6, place(options.length, to))}
                  className={option === result.pick && points > 0 ? "stroke-ink" : "stroke-ink3"}
                  fill="none"
                  strokeWidth={removes ? 1 : Math.max(1, (6 * Math.abs(points)) / strongest)}
                  {...(removes || points < 0 ? { strokeDasharray: "3 3" } : {})}
                />
              );
            })}
            <text x={ruleAt} y={y + 4} textAnchor="middle" className="label halo">
              {rule.rule}
            </text>
          </g>
        );
      })}
      {answers.map((id, at) => (
        <text
          key={id}
          x={answerEnd}
          y={place(answers.length, at) + 4}
          textAnchor="end"
          className="label halo"
        >
          {shorten(
            narrow ? (data.read[id]?.name ?? id) : `${data.read[id]?.name}: ${data.read[id]?.words}`,
            most,
          )}
        </text>
      ))}
      {options.map(({ option, vetoed }, at) => (
        <text
          key={option}
          x={optionAt}
          y={place(options.length, at) + 4}
          className={option === result.pick ? "strong halo" : "halo"}
          {...(vetoed ? { textDecoration: "line-through" } : {})}
        >
          {shorten(labelOf(data, result.layer, option), narrow ? 18 : 40)}
        </text>
      ))}
    </Drawing>
  );
}

function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
