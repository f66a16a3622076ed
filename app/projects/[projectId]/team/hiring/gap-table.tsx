import { Table } from "#app/_components/table.tsx";
import type { HiringPlan, HiringWords } from "./hiring-data.ts";

type Gap = HiringPlan["hiring"]["gaps"][number];

/** Each gap with its weight in words, the heaviest first. */
export function GapTable({ plan, words }: { plan: HiringPlan; words: HiringWords }) {
  const { say } = words;
  const { gaps } = plan.hiring;
  const shown = ORDER.flatMap((severity) =>
    gaps.filter((gap) => gap.severity === severity && (severity !== "low" || gap.closing)),
  );
  const rest = gaps.length - shown.length;
  return (
    <>
      {shown.length > 0 && (
        <Table
          caption={say("gaps.caption")}
          columns={[
            { head: say("gaps.skill") },
            { head: say("gaps.needed"), numeric: true },
            { head: say("gaps.held"), numeric: true },
            { head: say("gaps.weight") },
            { head: say("gaps.closed") },
          ]}
          rows={shown.map((gap) => ({
            key: gap.skillId,
            cells: [
              `${gap.skillId} ${plan.names[gap.skillId] ?? ""}`,
              gap.required,
              gap.assessed ? (
                gap.covered
              ) : (
                <i key="none" className="quiet">
                  {say("gaps.notAssessed")}
                </i>
              ),
              <span key="why">
                <b className={gap.severity === "blocker" ? "short" : undefined}>
                  {say(`severity.${gap.severity}`)}
                </b>
                <span className="second line">{gap.why}</span>
              </span>,
              sayClosing(gap, words),
            ],
          }))}
        />
      )}
      {rest > 0 && <p className="source">{say("gaps.low", { count: rest })}</p>}
    </>
  );
}

const ORDER = ["blocker", "high", "medium", "low"] as const;

function sayClosing({ closing }: Gap, { say }: HiringWords): React.ReactNode {
  if (!closing) return <i className="quiet">{say("gaps.nothing")}</i>;
  const action = say(`action.${closing.action}`);
  return (
    <span>
      {closing.chosen ? say("gaps.chosen", { action }) : action}
      <span className="second line">{closing.because}</span>
      {closing.proposed && (
        <span className="second line">
          {say("gaps.proposed", { action: say(`action.${closing.proposed.action}`) })}
        </span>
      )}
    </span>
  );
}
