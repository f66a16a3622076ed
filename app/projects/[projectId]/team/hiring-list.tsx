import { formatDay } from "#app/_components/format-date.ts";
import { Table } from "#app/_components/table.tsx";
import type { Team, TeamReport } from "./team-data.ts";

type Slot = TeamReport["hiringPlan"][number];

const ACTIONS: Record<Slot["action"], string> = {
  hire: "Hire",
  contract: "Contract",
  borrow: "Borrow",
  train: "Train",
  descope: "Descope",
};

/** How each gap is closed, by whom, until when. */
export function HiringList({ team, report }: { team: Team; report: TeamReport }) {
  return (
    <Table
      caption="Hiring plan"
      columns={[
        { head: "How" },
        { head: "Who" },
        { head: "Closes" },
        { head: "Begin by" },
        { head: "Because" },
      ]}
      rows={report.hiringPlan.map((slot, at) => ({
        key: `${slot.action} ${slot.roleId ?? slot.personId ?? at}`,
        cells: [
          ACTIONS[slot.action],
          sayWho(slot, team, report),
          slot.skillIds.length > 0 ? (
            slot.skillIds.join(", ")
          ) : (
            <span key="role" className="quiet">
              the role itself
            </span>
          ),
          sayDay(slot),
          <span key="why" className="second">
            {slot.rationale}
          </span>,
        ],
      }))}
    />
  );
}

function sayWho(slot: Slot, team: Team, report: TeamReport): string {
  const role = report.roles.find((one) => one.id === slot.roleId);
  if (role) return slot.count === 1 ? role.name : `${role.name}, ${slot.count} of a person`;
  if (slot.action === "descope") return "nobody";
  const person = team.people.find((one) => one.id === slot.personId);
  if (person) return person.alias;
  return slot.action === "borrow" ? "somebody of another project" : "a second person";
}

function sayDay({ startBy, action }: Slot): React.ReactNode {
  if (startBy) return <span className="keep">{formatDay(startBy, { year: true })}</span>;
  return <i className="quiet">{action === "descope" ? "no day" : "no start date yet"}</i>;
}
