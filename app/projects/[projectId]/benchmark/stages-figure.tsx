import { Figure } from "#app/_components/figure.tsx";
import { formatNumber, formatShare } from "#app/_components/format-number.ts";
import { pickTicks, scaleLine } from "#app/_components/scale-line.ts";
import { Table } from "#app/_components/table.tsx";
import type { ReportPicture } from "#server/benchmark/summarise-report.ts";

type Stage = ReportPicture["header"]["stages"][number];

/** Where one answer spends its time without load: our own code in ink, the model in grey. */
export function StagesFigure({ number, stages }: { number: number; stages: Stage[] }) {
  const questions = Math.max(1, ...stages.map((stage) => stage.calls));
  const wallMs = stages.reduce((sum, stage) => sum + stage.wallMs, 0);
  const cpuMs = stages.reduce((sum, stage) => sum + stage.cpuMs, 0);
  const ours = stages
    .filter((stage) => stage.side === "wrapper")
    .reduce((sum, stage) => sum + stage.wallMs, 0);
  return (
    <Figure
      number={number}
      title="Where the time goes, mean ms an answer"
      reading={`Our own code takes ${formatShare(ours / wallMs)} of the time. The processor works ${formatShare(cpuMs / wallMs)} of it.`}
      source={`Stage profile, first pass without load, ${formatNumber(questions)} questions. Processor time ${formatNumber(cpuMs / wallMs, { digits: 2 })} of wall time; from 0.50 on the work counts as computing.`}
      table={<StageTable stages={stages} questions={questions} />}
    >
      <div className="hidden phone:block">
        <Bars stages={stages} questions={questions} width={868} labels={196} />
      </div>
      <div className="phone:hidden">
        <Bars stages={stages} questions={questions} width={324} labels={0} />
      </div>
    </Figure>
  );
}

function Bars(props: { stages: Stage[]; questions: number; width: number; labels: number }) {
  const { stages, questions, width, labels } = props;
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
      aria-label="Mean time of each stage, one after the other"
    >
      {pickTicks([0, total]).map((ms) => (
        <g key={ms}>
          <path className="grid" d={`M${x(ms)} 0V${bottom}`} />
          <text x={x(ms)} y={bottom + 16} textAnchor={ms === 0 ? "start" : "middle"}>
            {formatNumber(ms)}
          </text>
        </g>
      ))}
      {labels > 0 && (
        <>
          <text x={0} y={together + 10} className="strong">
            Together
          </text>
          <text x={labels + 36} y={together + 10} textAnchor="end" className="strong">
            {formatNumber(total, { digits: 2 })}
          </text>
        </>
      )}
      <rect x={x(0)} y={together} width={x(ours) - x(0)} height={11} className="fill-ink" />
      <rect x={x(ours)} y={together} width={x(total) - x(ours)} height={11} className="fill-heat-3" />
      <text x={x(0)} y={together + 27} className="label">
        our code {formatNumber(ours, { digits: 2 })}, {formatShare(ours / total)}
      </text>
      <text x={width - 8} y={together + 27} textAnchor="end" className="label">
        model {formatNumber(total - ours, { digits: 2 })}, {formatShare(1 - ours / total)}
      </text>
      {stages.map((stage, at) => {
        const ms = stage.wallMs / questions;
        const start = passed;
        passed += ms;
        return (
          <g key={stage.name}>
            <text x={0} y={at * row + 14} className="label halo">
              {stage.name.replaceAll("_", " ")}
              {labels === 0 ? ` ${formatNumber(ms, { digits: 2 })}` : ""}
            </text>
            {labels > 0 && (
              <text x={labels + 36} y={at * row + 14} textAnchor="end" className="label">
                {formatNumber(ms, { digits: 2 })}
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

function StageTable({ stages, questions }: { stages: Stage[]; questions: number }) {
  return (
    <Table
      caption="Stages of an answer"
      columns={[
        { head: "Stage" },
        { head: "Side" },
        { head: "Calls", numeric: true },
        { head: "Wall, ms an answer", numeric: true },
        { head: "Processor, ms an answer", numeric: true },
      ]}
      rows={stages.map((stage) => ({
        key: stage.name,
        cells: [
          stage.name.replaceAll("_", " "),
          stage.side === "wrapper" ? "our own code" : "model",
          formatNumber(stage.calls),
          formatNumber(stage.wallMs / questions, { digits: 3 }),
          formatNumber(stage.cpuMs / questions, { digits: 3 }),
        ],
      }))}
    />
  );
}
