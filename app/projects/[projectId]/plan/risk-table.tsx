import { Table } from "#app/_components/table.tsx";
import { readWords } from "#app/_words/server.ts";
import type { Plan } from "./plan-data.ts";

const BAND_TONES = { red: "text-fail", amber: "text-inconclusive", green: "text-pass" };

/** The starting register, worst first. Likelihood times impact, each 1 to 5; red blocks the gate unless accepted by name. */
export async function RiskTable({ risks }: { risks: Plan["risks"] }) {
  const { say } = await readWords("plan");
  return (
    <>
      <p className="reading">{say("risk.lead")}</p>
      <Table
        caption={say("risk.caption")}
        columns={[
          { head: say("risk.name") },
          { head: say("risk.score"), numeric: true },
          { head: say("risk.band") },
          { head: say("risk.control") },
          { head: say("risk.tasks") },
        ]}
        rows={risks.map((risk) => ({
          key: risk.id,
          cells: [
            <span key="risk">
              {risk.title} <span className="id">{risk.id}</span>
            </span>,
            `${risk.likelihood} × ${risk.impact} = ${risk.score}`,
            risk.band === "green" ? (
              <span key="band" className={BAND_TONES.green}>
                {say("band.green")}
              </span>
            ) : (
              <b key="band" className={BAND_TONES[risk.band]}>
                {say(`band.${risk.band}`)}
              </b>
            ),
            risk.control,
            risk.tasks.length > 0 ? risk.tasks.join(", ") : <i key="none">{say("risk.noTask")}</i>,
          ],
        }))}
      />
    </>
  );
}
