import { Figure } from "#app/_components/figure.tsx";
import { pickTicks, scaleLine } from "#app/_components/scale-line.ts";
import { Table } from "#app/_components/table.tsx";
import { readWords } from "#app/_words/server.ts";
import type { RagPicture } from "#server/benchmark/summarise-rag.ts";
import type { BenchmarkWords } from "./say-metric.ts";

type Stage = RagPicture["header"]["stages"][number];

/** Where one answer spends its time without load: our own code in ink, the model in grey. */
export async function StagesFigure({ number, stages }: { number: number; stages: Stage[] }) {
  const words = await readWords("benchmark");
  const { say, format } = words;
  const questions = Math.max(1, ...stages.map((stage) => stage.calls));
  const wallMs = stages.reduce((sum, stage) => sum + stage.wallMs, 0);
  const cpuMs = stages.reduce((sum, stage) => sum + stage.cpuMs, 0);
  const ours = stages
    .filter((stage) => stage.side === "wrapper")
    .reduce((sum, stage) => sum + stage.wallMs, 0);
  return (
    <Figure
      number={number}
      title={say("stages.title")}
      reading={say("stages.reading", {
        own: format.share(ours / wallMs),
        processor: format.share(cpuMs / wallMs),
      })}
      source={say("stages.source", {
        questions: format.number(questions),
        processor: format.number(cpuMs / wallMs, { digits: 2 }),
        half: format.number(0.5, { digits: 2 }),
      })}
      table={<StageTable stages={stages} questions={questions} words={words} />}
    >
      <div className="hidden phone:block">
        <Bars stages={stages} questions={questions} width={868} labels={196} words={words} />
      </div>
      <div className="phone:hidden">
        <Bars stages={stages} questions={questions} width={324} labels={0} words={words} />
      </div>
    </Figure>
  );
}

function Bars(props: {
  stages: Stage[];
  questions: number;
  width: number;
  labels: number;
  words: BenchmarkWords;
}) {
  const { stages, questions, width, labels } = props;
  const { say, format } = props.words;
  const total = stages.reduce((sum, stage) => sum + stage.wallMs, 0) / questions;
  const x = scaleLine([0, total], [labels === 0 ? 0 : labels + 48, width - 8]);
  // Labels stand above their bars on a phone.
  const [row, down] = labels === 0 ? [34, 20] : [22, 5];
  const bottom = stages.length * row + 8;
  const together = bottom + 30;
  const ours =
    stages.filter((stage) => stage.side === "wrapper").reduce((sum, stage) => sum + stage.wallMs, 0) /
    questions;
  let passed = 0;
  return (
    <svg
      width={width}
      height={together + 34}
      viewBox={`0 0 ${width} ${together + 34}`}
      role="img"
      aria-label={say("stages.label")}
    >
      {pickTicks([0, total]).map((ms) => (
        <g key={ms}>
          <path className="grid" d={`M${x(ms)} 0V${bottom}`} />
          <text x={x(ms)} y={bottom + 16} textAnchor={ms === 0 ? "start" : "middle"}>
            {format.number(ms)}
          </text>
        </g>
      ))}
      {labels > 0 && (
        <>
          <text x={0} y={together + 10} className="strong">
            {say("stages.together")}
          </text>
          <text x={labels + 36} y={together + 10} textAnchor="end" className="strong">
            {format.number(total, { digits: 2 })}
          </text>
        </>
      )}
      <rect x={x(0)} y={together} width={x(ours) - x(0)} height={11} className="fill-ink" />
      <rect x={x(ours)} y={together} width={x(total) - x(ours)} height={11} className="fill-heat-3" />
      <text x={x(0)} y={together + 27} className="label">
        {say("stages.own", { ms: format.number(ours, { digits: 2 }), share: format.share(ours / total) })}
      </text>
      <text x={width - 8} y={together + 27} textAnchor="end" className="label">
        {say("stages.model", {
          ms: format.number(total - ours, { digits: 2 }),
          share: format.share(1 - ours / total),
        })}
      </text>
      {stages.map((stage, at) => {
        const ms = stage.wallMs / questions;
        const start = passed;
        passed += ms;
        return (
          <g key={stage.name}>
            <text x={0} y={at * row + 14} className="label halo">
              {stage.name.replaceAll("_", " ")}
              {labels === 0 ? ` ${format.number(ms, { digits: 2 })}` : ""}
            </text>
            {labels > 0 && (
              <text x={labels + 36} y={at * row + 14} textAnchor="end" className="label">
                {format.number(ms, { digits: 2 })}
              </text>
            )}
            <rect
              x={x(start)}
              y={at * row + down}
              width={Math.max(1, x(start + ms) - x(start))}
              height={11}
              className={stage.side === "wrapper" ? "fill-ink" : "fill-heat-3"}
            />
          </g>
        );
      })}
    </svg>
  );
}

function StageTable(props: { stages: Stage[]; questions: number; words: BenchmarkWords }) {
  const { stages, questions } = props;
  const { say, format } = props.words;
  return (
    <Table
      caption={say("stages.caption")}
      columns={[
        { head: say("stages.stage") },
        { head: say("stages.side") },
        { head: say("stages.calls"), numeric: true },
        { head: say("stages.wall"), numeric: true },
        { head: say("stages.processor"), numeric: true },
      ]}
      rows={stages.map((stage) => ({
        key: stage.name,
        cells: [
          stage.name.replaceAll("_", " "),
          say(`stages.sides.${stage.side}`),
          format.number(stage.calls),
          format.number(stage.wallMs / questions, { digits: 3 }),
          format.number(stage.cpuMs / questions, { digits: 3 }),
        ],
      }))}
    />
  );
}
