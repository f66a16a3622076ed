import { Section } from "#app/_components/section.tsx";
import type { caller } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { CapacityFigure } from "./capacity-figure.tsx";
import { CostFigure } from "./cost-figure.tsx";
import { HistoryFigure } from "./history-figure.tsx";

type Runs = Awaited<ReturnType<typeof caller>>["runs"];
type Props = {
  /** Of the last figure above. */
  number: number;
  history: Awaited<ReturnType<Runs["history"]>>;
  points: Awaited<ReturnType<Runs["points"]>>;
};

/** What only several runs can show; with one run there is nothing here. */
export async function OverRuns({ number, history, points }: Props) {
  const { say } = await readWords("runs");
  const targets = history.filter((one) => one.points.length > 1);
  const { curve, costs, ...sweep } = points;
  const hasCurve = curve.filter(({ p95Ms }) => p95Ms !== null).length > 1;
  if (targets.length === 0 && !hasCurve && costs.length < 2) return null;
  return (
    <Section id="over-runs" title={say("section.more")}>
      <div className="mt-6 grid gap-x-7 gap-y-10 wide:grid-cols-2">
        {targets.map((history, at) => (
          <HistoryFigure key={history.metric} number={number + 1 + at} history={history} />
        ))}
      </div>
      {hasCurve && (
        <div className="mt-10">
          <CapacityFigure number={number + 1 + targets.length} curve={curve} {...sweep} />
        </div>
      )}
      {costs.length > 1 && (
        <div className="mt-10">
          <CostFigure number={number + 1 + targets.length + (hasCurve ? 1 : 0)} points={costs} />
        </div>
      )}
    </Section>
  );
}
