import { Table } from "#app/_components/table.tsx";
import type { Plan } from "./plan-data.ts";

const BANDS = {
  red: <b className="text-fail">red</b>,
  amber: <b className="text-inconclusive">amber</b>,
  green: <span className="text-pass">green</span>,
};

/** The starting register, worst first. Likelihood times impact, each 1 to 5; red blocks the gate unless accepted by name. */
export function RiskTable({ risks }: { risks: Plan["risks"] }) {
  return (
    <>
      <p className="reading">
        Starting values, to be argued with. A red risk blocks the gate unless somebody accepts it by name.
      </p>
      <Table
        caption="Risks, worst first"
        columns={[
          { head: "Risk" },
          { head: "Likelihood × impact", numeric: true },
          { head: "Band" },
          { head: "Control" },
          { head: "Tasks" },
        ]}
        rows={risks.map((risk) => ({
          key: risk.id,
          cells: [
            <span key="risk">
              {risk.title} <span className="id">{risk.id}</span>
            </span>,
            `${risk.likelihood} × ${risk.impact} = ${risk.score}`,
            BANDS[risk.band],
            risk.control,
            risk.tasks.length > 0 ? risk.tasks.join(", ") : <i key="none">no task yet</i>,
          ],
        }))}
      />
    </>
  );
}
