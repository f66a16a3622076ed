import { Facts } from "#app/_components/facts.tsx";
import { Table } from "#app/_components/table.tsx";
import type { EntryPoint } from "#server/brief/entry-schema.ts";
import type { EntryWords } from "./entry-data.ts";

type Promised = Pick<EntryPoint, "scope" | "owner" | "business" | "technical">;

/** What the chosen candidate promises: scope, owner, metrics. What nobody said is said to be missing. */
export function PromiseTables({ entry, words }: { entry: Promised; words: EntryWords }) {
  const { say, format } = words;
  const open = <i className="quiet">{say("chosen.notSaid")}</i>;
  const amount = (value: number | null, missing: string) =>
    value === null ? <i className="quiet">{missing}</i> : format.number(value);
  return (
    <>
      <Facts
        facts={[
          { name: say("chosen.scope"), value: entry.scope || open },
          { name: say("chosen.owner"), value: entry.owner || open },
        ]}
      />
      {entry.business.length > 0 && (
        <div className="mt-4">
          <Table
            caption={say("chosen.business")}
            columns={[
              { head: say("chosen.business") },
              { head: say("chosen.unit") },
              { head: say("chosen.baseline"), numeric: true },
              { head: say("chosen.target"), numeric: true },
            ]}
            rows={entry.business.map(({ name, unit, baseline, target }) => ({
              key: name,
              cells: [
                name,
                unit,
                amount(baseline, say("chosen.notMeasured")),
                amount(target, say("chosen.notSaid")),
              ],
            }))}
          />
        </div>
      )}
      {entry.technical.length > 0 && (
        <div className="mt-4">
          <Table
            caption={say("chosen.technical")}
            columns={[
              { head: say("chosen.technical") },
              { head: say("chosen.unit") },
              { head: say("chosen.target"), numeric: true },
            ]}
            rows={entry.technical.map(({ name, unit, comparison, target }) => ({
              key: name,
              cells: [
                name,
                unit,
                target === null ? (
                  <i key="target" className="quiet">
                    {say("chosen.notSaid")}
                  </i>
                ) : (
                  say(`chosen.${comparison}`, { target: format.number(target) })
                ),
              ],
            }))}
          />
        </div>
      )}
    </>
  );
}
