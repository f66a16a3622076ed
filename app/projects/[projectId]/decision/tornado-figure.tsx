import { Figure } from "#app/_components/figure.tsx";
import { pickTicks, scaleLine } from "#app/_components/scale-line.ts";
import { Table } from "#app/_components/table.tsx";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import type { SayOf } from "#server/messages/say.ts";
import { type DecisionData, labelOf } from "./decision-data.ts";

type Words = { say: SayOf<"choice">; format: Format };
export type Swings = {
  lead: number;
  swings: { question: string; name: string; now: string; worst: SwingCase; best: SwingCase }[];
};
type SwingCase = { lead: number; said: string; leader: string | null };
type Weighing = NonNullable<DecisionData["weighed"]["layers"][number]["weighing"]>;

type Bar = { key: string; name: string; now: string; worst: SwingCase; best: SwingCase };

/** As many bars as a reader compares; the table has all of them. */
const [MOST_ANSWERS, MOST_WEIGHTS] = [6, 3];

/** The lead of the pick over its best rival as one answer, or one weight, takes its worst and its best value. */
export async function TornadoFigure(props: {
  data: DecisionData;
  layerId: string;
  found: Swings;
  weighing: Weighing;
}) {
  const { data, layerId, found, weighing } = props;
  const words = await readWords("choice");
  const { say, format } = words;
  const answers: Bar[] = found.swings.map(({ question, ...swing }) => ({ key: question, ...swing }));
  const weights = listWeights(weighing, found.lead, words);
  const bars = [...answers.slice(0, MOST_ANSWERS), ...weights.slice(0, MOST_WEIGHTS)];
  if (bars.length === 0) return null;
  const crossing = answers.filter(({ worst }) => worst.lead < 0).length;
  const points = (lead: number) => format.number(lead, { digits: 1, signed: true });
  const sayCase = ({ said, lead }: SwingCase) => say("tornado.lead", { said, lead: points(lead) });
  const name = (option: string) => labelOf(data, layerId, option);
  return (
    <Figure
      number={2}
      title={say("tornado.title")}
      reading={crossing > 0 ? say("tornado.readingFlips", { count: crossing }) : say("tornado.readingHolds")}
      source={say("tornado.source")}
      table={
        <Table
          caption={say("tornado.title")}
          columns={[
            { head: say("tornado.what") },
            { head: say("tornado.worst") },
            { head: say("tornado.best") },
          ]}
          rows={[...answers, ...weights].map((bar) => ({
            key: bar.key,
            cells: [`${bar.name}, ${bar.now}`, sayCase(bar.worst), sayCase(bar.best)],
          }))}
        />
      }
    >
      <div className="hidden phone:block">
        <Bars {...{ bars, name, words }} lead={found.lead} width={868} labels={190} />
      </div>
      <div className="phone:hidden">
        <Bars {...{ bars, name, words }} lead={found.lead} width={324} labels={0} />
      </div>
    </Figure>
  );
}

function listWeights({ rules }: Weighing, lead: number, { say, format }: Words): Bar[] {
  return rules
    .flatMap(({ rule, at }) => {
      const cases = at.map((one) => ({
        lead: one.lead,
        leader: one.leader,
        said: say("tornado.times", { multiplier: format.number(one.multiplier) }),
      }));
      const sorted = cases.sort((a, b) => a.lead - b.lead);
      const [worst, best] = [sorted[0], sorted.at(-1)];
      const name = say("tornado.weight", { rule });
      const now = say("tornado.times", { multiplier: "1" });
      return worst && best ? [{ key: rule, name, now, worst, best }] : [];
    })
    .filter(({ worst, best }) => worst.lead !== lead || best.lead !== lead)
    .sort((a, b) => b.best.lead - b.worst.lead - (a.best.lead - a.worst.lead));
}

function Bars(props: {
  bars: Bar[];
  lead: number;
  name: (option: string) => string;
  width: number;
  labels: number;
  words: Words;
}) {
  const { bars, lead, name, width, labels } = props;
  const { say, format } = props.words;
  const ends = bars.flatMap(({ worst, best }) => [worst.lead, best.lead]);
  const domain = [Math.min(0, lead, ...ends), Math.max(0, lead, ...ends)] as const;
  const narrow = labels === 0;
  const x = scaleLine(domain, [narrow ? 6 : labels + 40, width - (narrow ? 10 : 96)]);
  // Labels stand above their bars on a phone.
  const [row, down, head] = narrow ? [48, 18, 34] : [38, 6, 22];
  const bottom = head + bars.length * row;
  const hatch = `falls-${narrow ? "narrow" : "wide"}`;
  const nowIsRight = x(lead) > width / 2;
  return (
    <svg
      width={width}
      height={bottom + 38}
      viewBox={`0 0 ${width} ${bottom + 38}`}
      role="img"
      aria-label={say("tornado.label")}
    >
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V4" className="stroke-ink" strokeWidth="1.5" />
        </pattern>
      </defs>
      {pickTicks(domain).map((tick) => (
        <g key={tick}>
          <path className="grid" d={`M${x(tick)} ${head - 6}V${bottom}`} />
          <text x={x(tick)} y={bottom + 16} textAnchor="middle" className={tick === 0 ? "strong" : undefined}>
            {format.number(tick, { digits: 0, signed: true })}
          </text>
        </g>
      ))}
      <text x={narrow ? 6 : labels + 40} y={bottom + 34}>
        {say("tornado.axis")}
      </text>
      <path className="target" d={`M${x(0)} ${head - 6}V${bottom}`} />
      {domain[0] < 0 && (
        <text x={Math.max(x(0) - 6, 84)} y={narrow ? 24 : 10} textAnchor="end" className="label halo">
          {say("tornado.changes")}
        </text>
      )}
      {bars.map(({ key, name: title, now, worst, best }, at) => {
        const y = head + at * row;
        const [from, to] = [x(worst.lead), x(best.lead)];
        const zero = Math.min(Math.max(x(0), from), to);
        const said = worst.lead < lead ? worst : best;
        const end = said.lead < 0 && said.leader ? `${said.said}: ${name(said.leader)}` : said.said;
        return (
          <g key={key}>
            <text x={0} y={y + (narrow ? 10 : 13)} className="label">
              {title}
            </text>
            {!narrow && (
              <text x={0} y={y + 27}>
                {say("tornado.nowSaid", { said: shorten(now, 28) })}
              </text>
            )}
            <rect x={zero} y={y + down} width={Math.max(0, to - zero)} height={11} className="fill-heat-3" />
            {from < zero && (
              <rect
                x={from}
                y={y + down}
                width={zero - from}
                height={11}
                fill={`url(#${hatch})`}
                className="stroke-ink"
                strokeWidth=".8"
              />
            )}
            {(narrow || worst.lead < lead) && (
              <text x={Math.max(0, Math.min(from, width - 150))} y={y + down + 23} className="halo">
                {shorten(end, narrow ? 40 : 64)}
              </text>
            )}
            {!narrow && best.lead > lead && (
              <text x={to + 6} y={y + down + 10}>
                {shorten(best.said, 17)}
              </text>
            )}
          </g>
        );
      })}
      <path
        d={`M${x(lead)} ${head - 6}V${bottom}`}
        className="stroke-accent"
        strokeDasharray="3 3"
        fill="none"
      />
      <text x={x(lead)} y={10} textAnchor={nowIsRight ? "end" : "start"} className="now halo">
        {say("tornado.now", { lead: format.number(lead, { digits: 1, signed: true }) })}
      </text>
    </svg>
  );
}

function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
