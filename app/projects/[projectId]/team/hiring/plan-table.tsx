import { Table } from "#app/_components/table.tsx";
import type { HiringPlan, HiringWords } from "./hiring-data.ts";

type Line = HiringPlan["hiring"]["lines"][number];

/** How each gap is closed, by whom, until when, for how much. */
export function PlanTable({ plan, words }: { plan: HiringPlan; words: HiringWords }) {
  const { say } = words;
  const { lines, totalWords } = plan.hiring;
  if (lines.length === 0) return <p className="prose">{say("plan.nothing")}</p>;
  return (
    <>
      <Table
        caption={say("plan.caption")}
        columns={[
          { head: say("plan.how") },
          { head: say("plan.who") },
          { head: say("plan.closes") },
          { head: say("plan.beginBy") },
          { head: say("plan.because") },
          { head: say("plan.cost") },
        ]}
        rows={lines.map((line, at) => ({
          key: `${line.action} ${line.roleId ?? line.personId ?? at}`,
          cells: [
            say(`action.${line.action}`),
            line.who,
            line.skillIds.length > 0 ? line.skillIds.join(", ") : say("plan.theRole"),
            sayDays(line, words),
            sayReasons(line, words),
            sayCost(line, words),
          ],
        }))}
      />
      {totalWords !== "" && (
        <p className="prose">
          <b>{say("plan.total")}:</b> {totalWords}
        </p>
      )}
    </>
  );
}

function sayDays({ startBy, readyBy, late, action }: Line, { say, format }: HiringWords): React.ReactNode {
  if (!startBy)
    return <i className="quiet">{action === "descope" ? say("plan.noDay") : say("plan.noStart")}</i>;
  const ready = readyBy && format.day(readyBy, { year: true });
  return (
    <span>
      <span className="keep">{format.day(startBy, { year: true })}</span>
      {ready && (
        <span className={late ? "second short" : "second"}>
          {late ? say("plan.late", { day: ready }) : say("plan.ready", { day: ready })}
        </span>
      )}
    </span>
  );
}

function sayReasons({ rationale, mustHave, niceToHave }: Line, { say }: HiringWords): React.ReactNode {
  return (
    <span className="second">
      {rationale}
      {mustHave.length > 0 && (
        <span className="line">{say("plan.must", { skills: mustHave.join(", ") })}</span>
      )}
      {niceToHave.length > 0 && (
        <span className="line">{say("plan.nice", { skills: niceToHave.join(", ") })}</span>
      )}
    </span>
  );
}

function sayCost({ cost }: Line, { say, format }: HiringWords): React.ReactNode {
  const money = ({ min, max, currency }: { min: number; max: number; currency: string }) => ({
    min: format.number(min),
    max: format.number(max),
    currency,
  });
  return (
    <span>
      {cost.pilot && <span className="keep">{say("plan.money", money(cost.pilot))}</span>}
      {cost.yearly && <span className="line">{say("plan.yearly", money(cost.yearly))}</span>}
      <span className="second line">{cost.how}</span>
    </span>
  );
}
