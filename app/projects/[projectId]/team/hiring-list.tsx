import { Table } from "#app/_components/table.tsx";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import type { SayOf } from "#server/messages/say.ts";
import type { Team, TeamReport } from "./team-data.ts";

type Slot = TeamReport["hiringPlan"][number];

type Words = { say: SayOf<"team">; format: Format };

/** How each gap is closed, by whom, until when. */
export async function HiringList({ team, report }: { team: Team; report: TeamReport }) {
  const words = await readWords("team");
  const { say } = words;
  return (
    <Table
      caption={say("hiring.caption")}
      columns={[
        { head: say("hiring.how") },
        { head: say("hiring.who") },
        { head: say("hiring.closes") },
        { head: say("hiring.beginBy") },
        { head: say("hiring.because") },
      ]}
      rows={report.hiringPlan.map((slot, at) => ({
        key: `${slot.action} ${slot.roleId ?? slot.personId ?? at}`,
        cells: [
          say(`action.${slot.action}`),
          sayWho(slot, team, report, words),
          slot.skillIds.length > 0 ? (
            slot.skillIds.join(", ")
          ) : (
            <span key="role" className="quiet">
              {say("hiring.theRole")}
            </span>
          ),
          sayDay(slot, words),
          <span key="why" className="second">
            {slot.rationale}
          </span>,
        ],
      }))}
    />
  );
}

function sayWho(slot: Slot, team: Team, report: TeamReport, { say, format }: Words): string {
  const role = report.roles.find((one) => one.id === slot.roleId);
  if (role && slot.count === 1) return role.name;
  if (role) return say("hiring.partOfRole", { role: role.name, count: format.number(slot.count) });
  if (slot.action === "descope") return say("hiring.nobody");
  const person = team.people.find((one) => one.id === slot.personId);
  if (person) return person.alias;
  return slot.action === "borrow" ? say("hiring.somebodyElsewhere") : say("hiring.secondPerson");
}

function sayDay({ startBy, action }: Slot, { say, format }: Words): React.ReactNode {
  if (startBy) return <span className="keep">{format.day(startBy, { year: true })}</span>;
  return <i className="quiet">{action === "descope" ? say("hiring.noDay") : say("hiring.noStart")}</i>;
}
