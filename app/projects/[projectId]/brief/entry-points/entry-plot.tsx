import { XAxis, YAxis } from "#app/_components/chart-axis.tsx";
import { Figure } from "#app/_components/figure.tsx";
import { scaleLine } from "#app/_components/scale-line.ts";
import { Table } from "#app/_components/table.tsx";
import { type EntryList, type EntryWords, type ListedEntry, saySpread, sayZones } from "./entry-data.ts";
import { LABEL_HEIGHT, placeLabels } from "./place-labels.ts";

type Props = { list: EntryList; base: string; words: EntryWords };

/** Every candidate by friction and impact. What nobody knows is a bar or a box, never a point in its middle. */
export function EntryPlot({ list, base, words }: Props) {
  const { say, format } = words;
  const start = list.entries.filter(({ judged }) => judged.zones.join() === "accelerate");
  const number = (value: number) => format.number(value, { digits: 1 });
  const reading =
    list.entries.length === 0
      ? say("plot.reading.nothing")
      : start.length === 0
        ? say("plot.reading.none")
        : say("plot.reading.settled", { names: start.map(({ title }) => title).join(", ") });
  return (
    <Figure
      number={1}
      title={say("plot.title")}
      reading={reading}
      source={say("plot.source", {
        impact: number(list.lines.impact),
        friction: number(list.lines.friction),
      })}
      table={<NumbersTable entries={list.entries} words={words} />}
    >
      <div className="hidden phone:block">
        <Plane list={list} base={base} words={words} width={868} height={430} isWide />
      </div>
      <div className="phone:hidden">
        <Plane list={list} base={base} words={words} width={324} height={340} isWide={false} />
      </div>
    </Figure>
  );
}

function Plane(props: Props & { width: number; height: number; isWide: boolean }) {
  const { list, base, words, width, height, isWide } = props;
  const { say, format } = words;
  const frame = { x: 40, y: 26, width: width - 56, height: height - 70 };
  const [right, bottom] = [frame.x + frame.width, frame.y + frame.height];
  // A margin of a quarter point, so that a mark at 1 or 5 stands inside.
  const x = scaleLine([0.75, 5.25], [frame.x, right]);
  const y = scaleLine([0.75, 5.25], [bottom, frame.y]);
  const zones = [
    { zone: "accelerate", left: frame.x + 8, top: frame.y + 6 },
    { zone: "research", left: right - 70, top: frame.y + 6 },
    { zone: "incubate", left: frame.x + 8, top: bottom - 22 },
    { zone: "shelve", left: right - 70, top: bottom - 22 },
  ] as const;
  const marks = list.entries.map((entry, index) => {
    const { impact, friction } = entry.judged;
    const place = {
      left: x(friction.low),
      right: x(friction.high),
      top: y(impact.high),
      bottom: y(impact.low),
    };
    const title = shorten(entry.title);
    const isStopped = entry.judged.stopped.length > 0;
    const named = isStopped ? say("plot.stopped", { title }) : title;
    const text = isWide ? `${index + 1} ${named}` : String(index + 1);
    const isPoint = impact.low === impact.high && friction.low === friction.high;
    // The label of an interval hangs on its upper right corner: its middle means nothing.
    const box = isPoint
      ? { x: place.left - 7, y: place.top - 7, width: 14, height: 14 }
      : { x: place.right - 3, y: place.top - 3, width: 6, height: 6 };
    return { entry, place, text, isPoint, box, width: text.length * 6.3 + 4 };
  });
  // Names of zones, the two lines and the bars: what a label may not lie on.
  const taken = [
    ...zones.map(({ left, top }) => ({ x: left, y: top, width: 66, height: 16 })),
    { x: frame.x, y: y(list.lines.impact) - 1, width: frame.width, height: 2 },
    { x: x(list.lines.friction) - 1, y: frame.y, width: 2, height: frame.height },
    ...marks.flatMap(({ place, isPoint }) => (isPoint ? [] : listEdges(place))),
  ];
  const labels = placeLabels(marks, taken, frame);
  const ticks = [1, 2, 3, 4, 5];
  return (
    // A group and no picture: the marks in it are links.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand inside a drawing
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={say("plot.label")}
    >
      <YAxis
        x={frame.x}
        gridRight={right}
        ticks={ticks.map((at) => ({ at: y(at), label: format.number(at) }))}
        title={say("plot.impact")}
        titleY={14}
      />
      <XAxis
        y={bottom}
        gridTop={frame.y}
        ticks={ticks.map((at) => ({ at: x(at), label: format.number(at) }))}
        title={say("plot.friction")}
        titleX={right}
      />
      <path className="target" d={`M${frame.x} ${y(list.lines.impact)}H${right}`} />
      <path className="target" d={`M${x(list.lines.friction)} ${frame.y}V${bottom}`} />
      {zones.map(({ zone, left, top }) => (
        <text key={zone} x={left} y={top + 12} className="said halo">
          {say(`zone.${zone}`)}
        </text>
      ))}
      {marks.map(({ entry, place, text, isPoint }, index) => {
        const label = labels[index];
        const { impact, friction, zones: possible } = entry.judged;
        return (
          <a
            key={entry.id}
            href={`${base}/${entry.id}`}
            aria-label={say("plot.mark", {
              number: String(index + 1),
              title: entry.title,
              impact: saySpread(impact, words),
              friction: saySpread(friction, words),
              zones: sayZones(possible, words),
            })}
          >
            <Mark place={place} isPoint={isPoint} isChosen={entry.chosen} />
            {label && (
              <>
                <Leader from={{ x: place.right, y: place.top }} to={label} />
                <text
                  x={label.x + 2}
                  y={label.y + LABEL_HEIGHT - 4}
                  className={`${entry.chosen ? "strong" : entry.judged.stopped.length > 0 ? "" : "label"} halo`}
                >
                  {text}
                </text>
              </>
            )}
          </a>
        );
      })}
    </svg>
  );
}

type Place = { left: number; right: number; top: number; bottom: number };

/** A bar is two edges in one place. */
function listEdges({ left, right, top, bottom }: Place) {
  const upright = { y: top, width: 3, height: bottom - top };
  const level = { x: left, width: right - left, height: 3 };
  return [
    { ...upright, x: left - 1.5 },
    { ...upright, x: right - 1.5 },
    { ...level, y: top - 1.5 },
    { ...level, y: bottom - 1.5 },
  ];
}

/** A disc where all is known, a bar or a hollow box where it is not; a ring or a heavy line where it is chosen. */
function Mark({ place, isPoint, isChosen }: { place: Place; isPoint: boolean; isChosen: boolean }) {
  const { left, right, top, bottom } = place;
  if (isPoint) {
    return (
      <>
        <circle cx={left} cy={top} r="5" className="fill-ink" />
        {isChosen && (
          <circle cx={left} cy={top} r="9" fill="none" className="stroke-ink" strokeWidth="1.25" />
        )}
      </>
    );
  }
  return (
    <rect
      x={left - 1.5}
      y={top - 1.5}
      width={right - left + 3}
      height={bottom - top + 3}
      fill="none"
      className={isChosen ? "stroke-ink" : "stroke-heat-3"}
      strokeWidth={isChosen ? 2 : 1.5}
    />
  );
}

/** Only where the label had to move away from its mark. */
function Leader(props: { from: { x: number; y: number }; to: { x: number; y: number; width: number } }) {
  const { from, to } = props;
  const end = to.x > from.x ? to.x : to.x + to.width < from.x ? to.x + to.width : to.x + to.width / 2;
  const y = to.y + LABEL_HEIGHT / 2;
  if (Math.hypot(end - from.x, y - from.y) < 26) return null;
  return <path d={`M${from.x} ${from.y}L${end} ${y}`} className="stroke-ink3" strokeWidth="0.6" />;
}

function NumbersTable({ entries, words }: { entries: ListedEntry[]; words: EntryWords }) {
  const { say, format } = words;
  const number = (value: number) => format.number(value, { digits: 2 });
  return (
    <Table
      caption={say("plot.caption")}
      columns={[
        { head: say("list.candidate") },
        { head: say("plot.low"), numeric: true },
        { head: say("plot.high"), numeric: true },
        { head: say("plot.frictionLow"), numeric: true },
        { head: say("plot.frictionHigh"), numeric: true },
        { head: say("plot.known"), numeric: true },
        { head: say("list.zone") },
      ]}
      rows={entries.map(({ id, title, judged }, index) => ({
        key: id,
        cells: [
          `${index + 1} ${title}`,
          number(judged.impact.low),
          number(judged.impact.high),
          number(judged.friction.low),
          number(judged.friction.high),
          `${judged.impact.known + judged.friction.known} / ${judged.impact.outOf + judged.friction.outOf}`,
          sayZones(judged.zones, words),
        ],
      }))}
    />
  );
}

function shorten(title: string): string {
  const letters = [...title];
  return letters.length > 26 ? `${letters.slice(0, 25).join("")}…` : title;
}
