import { Table } from "#app/_components/table.tsx";
import type { HiringPlan, HiringWords } from "./hiring-data.ts";

/** Which person, and which role by what it must bring here, could hold the pilot without anybody else. */
export function AloneTable({ plan, words: { say } }: { plan: HiringPlan; words: HiringWords }) {
  const { coverage } = plan.hiring;
  if (!coverage) return null;
  const nameOf = (id: string) =>
    plan.roles.find((role) => role.id === id)?.name ?? plan.people.find((one) => one.id === id)?.alias ?? id;
  return (
    <>
      <Table
        caption={say("alone.caption")}
        columns={[{ head: say("alone.who") }, { head: say("alone.can") }, { head: say("alone.missing") }]}
        rows={[...coverage.people, ...coverage.roles].map(({ id, alone, missing }) => ({
          key: id,
          cells: [
            nameOf(id),
            alone ? say("alone.yes") : say("alone.no"),
            missing.map((row) => say("alone.gap", { ...row, skill: row.skillId })).join(", "),
          ],
        }))}
      />
      <p className="prose">
        {coverage.smallestTeam
          ? say("alone.smallest", { roles: coverage.smallestTeam.map(nameOf).join(", ") })
          : say("alone.none")}
      </p>
    </>
  );
}
