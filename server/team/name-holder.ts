import { sayRoom } from "#server/messages/say.ts";
import type { HiringSlot, Person, TeamReport } from "./schema.ts";

const say = sayRoom("team");

/** Who a line of the plan speaks of: a role, a person by their alias, or nobody. */
export function nameHolder(
  { roleId, personId, action, count }: HiringSlot,
  {
    report,
    people,
    borrowable,
  }: { report: Pick<TeamReport, "roles">; people: Person[]; borrowable: Person[] },
): string {
  const role = report.roles.find((one) => one.id === roleId);
  if (role)
    return count === 1 ? role.name : say("hiring.partOfRole", { role: role.name, count: String(count) });
  const person = [...people, ...borrowable].find((one) => one.id === personId);
  if (person) return person.alias;
  if (action === "descope") return say("hiring.nobody");
  return action === "borrow" ? say("hiring.somebodyElsewhere") : say("hiring.secondPerson");
}
