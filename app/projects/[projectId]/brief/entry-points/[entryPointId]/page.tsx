import type { Metadata } from "next";
import Link from "next/link";
import { Facts } from "#app/_components/facts.tsx";
import { Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import { EntryActions } from "../entry-actions.tsx";
import { type EntryRead, type EntryWords, saySpread, sayZones } from "../entry-data.ts";
import { EntryForm } from "./entry-form.tsx";
import "../entry.css";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("entry")).say("title") };
}

type Props = { params: Promise<{ projectId: string; entryPointId: string }> };

/** One candidate: its scores by fixed anchors, its checks, what it promises; beside them where it stands. */
export default async function EntryPointPage({ params }: Props) {
  const key = await params;
  const api = await caller();
  const { entry, preset, criteria, chosen, volume } = await orNotFound(api.entryPoints.read(key));
  const words = await readWords("entry");
  const { say } = words;
  return (
    <WordsFor rooms={["entry"]}>
      <Sheet>
        <SheetHead
          over={
            <Link className="act" prefetch={false} href={`/projects/${key.projectId}/brief/entry-points`}>
              {say("form.back")}
            </Link>
          }
          question={entry.title}
          lead={entry.problem || say("zoneMeans.shelve")}
        />
        <EntryForm
          key={entry.id}
          projectId={key.projectId}
          entry={entry}
          preset={preset}
          criteria={criteria}
          volume={volume}
        />
      </Sheet>
      <Margin>
        <Note title={say("margin.zone")}>
          <Standing entry={entry} criteria={criteria} words={words} />
        </Note>
        <Note title={say("list.action")}>
          {entry.chosen && <p>{say("margin.isChosen")}</p>}
          <EntryActions projectId={key.projectId} entry={entry} chosen={chosen} />
        </Note>
        <Note title={say("missing.title")}>
          {entry.missing.length === 0 ? (
            <p>{say("missing.nothing")}</p>
          ) : (
            <ul>
              {entry.missing.map((what) => (
                <li key={what}>{say(`missing.${what}`)}</li>
              ))}
            </ul>
          )}
        </Note>
      </Margin>
    </WordsFor>
  );
}

function Standing(props: Pick<EntryRead, "entry" | "criteria"> & { words: EntryWords }) {
  const { words } = props;
  const { say, format } = words;
  const { impact, friction, zones, byScores, stopped, capped, openChecks } = props.entry.judged;
  const { stops } = props.criteria;
  const known = (spread: typeof impact) =>
    say("margin.known", { known: format.number(spread.known), outOf: format.number(spread.outOf) });
  const holding = stops.filter(({ id, caps }) => stopped.includes(id) || (caps && capped));
  const open = stops.filter(({ id }) => openChecks.includes(id)).map(({ name }) => name);
  return (
    <>
      <p>
        <b>{sayZones(zones, words)}</b>
      </p>
      {zones.join() !== byScores.join() && (
        <p>{say("margin.byScores", { zones: sayZones(byScores, words) })}</p>
      )}
      <Facts
        facts={[
          { name: say("margin.impact"), value: `${saySpread(impact, words)}, ${known(impact)}` },
          { name: say("margin.friction"), value: `${saySpread(friction, words)}, ${known(friction)}` },
        ]}
      />
      {holding.map(({ id, name, because }) => (
        <p key={id}>{say("margin.stopped", { name, because })}</p>
      ))}
      {open.length > 0 && <p>{say("margin.open", { checks: open.join(", ") })}</p>}
    </>
  );
}
