import type { Metadata } from "next";
import Link from "next/link";
import { EmptyState } from "#app/_components/empty.tsx";
import { Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import { AddEntry, ImportEntries, RemovedEntries } from "./add-entry.tsx";
import type { EntryList, EntryWords } from "./entry-data.ts";
import { EntryPlot } from "./entry-plot.tsx";
import { EntryTable } from "./entry-table.tsx";
import { PromiseTables } from "./promise.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("entry")).say("title") };
}

type Props = { params: Promise<{ projectId: string }> };

const ZONES = ["accelerate", "incubate", "research", "shelve"] as const;

/** The candidates side by side: worth against what is in the way, the one that is chosen, and what it promises. */
export default async function EntryPointsPage({ params }: Props) {
  const { projectId } = await params;
  const api = await caller();
  const list = await orNotFound(api.entryPoints.list({ projectId }));
  const words = await readWords("entry");
  const { say } = words;
  const base = `/projects/${projectId}/brief/entry-points`;
  const chosen = list.entries.find((entry) => entry.chosen);
  return (
    <WordsFor rooms={["entry"]}>
      <Sheet>
        <SheetHead question={say("question")} lead={sayLead(list, words)} />
        {list.entries.length > 0 && (
          <>
            <div className="mt-7">
              <EntryPlot list={list} base={base} words={words} />
            </div>
            <Section
              id="candidates"
              title={say("list.title")}
              links={
                <a className="act" href={`/api/projects/${projectId}/entry-points`} download>
                  {say("add.export")}
                </a>
              }
            >
              <EntryTable
                projectId={projectId}
                base={base}
                entries={list.entries}
                checkNames={list.checkNames}
              />
            </Section>
          </>
        )}
        {chosen && (
          <Section
            id="promise"
            title={say("chosen.title")}
            links={
              <Link className="act" prefetch={false} href={`${base}/${chosen.id}#promise`}>
                {say("chosen.edit")}
              </Link>
            }
          >
            <PromiseTables entry={chosen} words={words} />
          </Section>
        )}
        <div className="no-print">
          <Section id="add" title={say("add.title")}>
            {list.entries.length >= list.most ? (
              <EmptyState title={say("list.full", { most: String(list.most) })}>
                {say("zoneMeans.shelve")}
              </EmptyState>
            ) : (
              <>
                <AddEntry projectId={projectId} base={base} presets={list.presets} />
                <div className="mt-7">
                  <ImportEntries projectId={projectId} />
                </div>
              </>
            )}
          </Section>
        </div>
      </Sheet>
      <Margin>
        {chosen && (
          <Note title={say("missing.title")}>
            {chosen.missing.length === 0 ? (
              <p>{say("missing.nothing")}</p>
            ) : (
              <ul>
                {chosen.missing.map((what) => (
                  <li key={what}>{say(`missing.${what}`)}</li>
                ))}
              </ul>
            )}
          </Note>
        )}
        <Note title={say("why.title")}>{say("why.said")}</Note>
        <Note title={say("zones.title")}>
          {ZONES.map((zone) => (
            <p key={zone}>
              <b>{say(`zone.${zone}`)}.</b> {say(`zoneMeans.${zone}`)}
            </p>
          ))}
        </Note>
        {list.removed.length > 0 && (
          <Note title={say("removed.title")}>
            <RemovedEntries projectId={projectId} removed={list.removed} />
          </Note>
        )}
      </Margin>
    </WordsFor>
  );
}

function sayLead({ entries }: EntryList, { say }: EntryWords): string {
  if (entries.length === 0) return say("lead.none");
  const chosen = entries.find((entry) => entry.chosen);
  if (!chosen) {
    const settled = entries.filter(({ judged }) => judged.zones.length === 1).length;
    return say("lead.open", { count: entries.length, settled });
  }
  const { title, scope } = chosen;
  return scope === "" ? say("lead.noScope", { title }) : say("lead.chosen", { title, scope });
}
