"use client";

import Link from "next/link";
import { WordButton } from "#app/_components/button.tsx";
import { Table } from "#app/_components/table.tsx";
import { useWords } from "#app/_words/client.tsx";
import { EntryActions, useDeleteEntry } from "./entry-actions.tsx";
import { type EntryWords, type ListedEntry, saySpread, sayZones } from "./entry-data.ts";

type Props = {
  projectId: string;
  base: string;
  entries: ListedEntry[];
  /** What a check that holds is called. */
  checkNames: Record<string, string>;
};

/** The candidates in numbers and words, the same numbers as in the drawing. */
export function EntryTable({ projectId, base, entries, checkNames }: Props) {
  const words = useWords("entry");
  const { say } = words;
  const { remove, bar } = useDeleteEntry(projectId);
  const chosen = entries.find((entry) => entry.chosen) ?? null;
  return (
    <>
      <Table
        caption={say("list.caption")}
        columns={[
          { head: say("list.candidate") },
          { head: say("list.impact"), numeric: true },
          { head: say("list.friction"), numeric: true },
          { head: say("list.score"), numeric: true },
          { head: say("list.zone") },
          { head: say("list.open") },
          { head: say("list.action") },
        ]}
        rows={entries.map((entry, index) => ({
          key: entry.id,
          cells: [
            <span key="title">
              {index + 1}{" "}
              <Link className="act" prefetch={false} href={`${base}/${entry.id}`}>
                {entry.title}
              </Link>
              {entry.chosen && <span className="second block">{say("list.chosen")}</span>}
            </span>,
            saySpread(entry.judged.impact, words),
            saySpread(entry.judged.friction, words),
            saySpread(entry.judged.score, words),
            <Standing key="zone" entry={entry} checkNames={checkNames} words={words} />,
            sayOpen(entry, words),
            <span key="actions" className="links no-print">
              <EntryActions projectId={projectId} entry={entry} chosen={chosen} />
              <WordButton
                aria-label={say("list.deleteLabel", { title: entry.title })}
                onClick={() => void remove(entry)}
              >
                {say("list.delete")}
              </WordButton>
            </span>,
          ],
        }))}
      />
      {bar}
    </>
  );
}

/** Roman where it is settled, italic where it is not. */
function Standing(props: { entry: ListedEntry; checkNames: Record<string, string>; words: EntryWords }) {
  const { entry, checkNames, words } = props;
  const { zones, stopped, capped } = entry.judged;
  const said = sayZones(zones, words);
  return (
    <span>
      {zones.length === 1 ? said : <i>{said}</i>}
      {stopped.length > 0 && (
        <span className="second block">
          {words.say("list.stopped", { checks: stopped.map((id) => checkNames[id] ?? id).join(", ") })}
        </span>
      )}
      {capped && <span className="second block">{words.say("list.capped")}</span>}
    </span>
  );
}

function sayOpen({ judged }: ListedEntry, { say }: Pick<EntryWords, "say">): string {
  const { impact, friction, openChecks } = judged;
  const scores = impact.outOf - impact.known + friction.outOf - friction.known;
  const parts = [
    ...(scores > 0 ? [say("list.scores", { count: scores })] : []),
    ...(openChecks.length > 0 ? [say("list.checks", { count: openChecks.length })] : []),
  ];
  return parts.length === 0 ? say("list.nothingOpen") : parts.join(", ");
}
