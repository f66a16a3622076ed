import Link from "next/link";
import { ProvenanceMark } from "#app/_components/marks.tsx";
import { Table } from "#app/_components/table.tsx";
import { readWords } from "#app/_words/server.ts";
import type { Compared, ComparedLayer, ComparedSide } from "#server/api/compare-projects.ts";
import type { SayOf } from "#server/messages/say.ts";

type Props = { found: Compared };
type Words = { say: SayOf<"home"> };

/** Where each of the two begins. */
export async function EntryRows({ found }: Props) {
  const { say } = await readWords("home");
  const { say: sayEntry } = await readWords("entry");
  const { a, b } = found.entry;
  const open = <i className="quiet">{say("compare.notChosen")}</i>;
  const zones = (entry: typeof a) => entry?.zones.map((zone) => sayEntry(`zone.${zone}`)).join(", ");
  return (
    <Table
      caption={say("compare.entry")}
      columns={[{ head: say("compare.entry") }, { head: found.a.name }, { head: found.b.name }]}
      rows={[
        { key: "title", cells: [say("compare.entry"), a?.title ?? open, b?.title ?? open] },
        { key: "zones", cells: [say("compare.zones"), zones(a) ?? open, zones(b) ?? open] },
        {
          key: "scope",
          cells: [
            say("compare.scope"),
            a?.scope || <i className="quiet">{say("compare.notSaid")}</i>,
            b?.scope || <i className="quiet">{say("compare.notSaid")}</i>,
          ],
        },
      ]}
    />
  );
}

export async function PickRows({ found }: Props) {
  const words = await readWords("home");
  const { say } = words;
  const base = (id: string) => `/projects/${id}/decision`;
  return (
    <Table
      caption={say("compare.picksCaption")}
      columns={[
        { head: say("compare.layer") },
        { head: found.a.name },
        { head: found.b.name },
        { head: say("compare.differs") },
      ]}
      rows={found.layers.map((row) => ({
        key: row.id,
        cells: [
          row.name,
          <Picked key="a" layer={row.a} href={`${base(found.a.id)}/${row.id}`} words={words} />,
          <Picked key="b" layer={row.b} href={`${base(found.b.id)}/${row.id}`} words={words} />,
          <Differs key="differs" differs={row.differs} words={words} />,
        ],
      }))}
    />
  );
}

export async function AnswerRows({ found }: Props) {
  const words = await readWords("home");
  const { say } = words;
  return (
    <Table
      caption={say("compare.answersCaption")}
      columns={[
        { head: say("compare.answer") },
        { head: found.a.name },
        { head: found.b.name },
        { head: say("compare.differs") },
      ]}
      // A question that neither has answered compares nothing.
      rows={found.answers
        .filter(({ a, b }) => a.words !== null || b.words !== null)
        .map((row) => ({
          key: row.id,
          cells: [
            row.name,
            <Said key="a" side={row.a} words={words} />,
            <Said key="b" side={row.b} words={words} />,
            <Differs key="differs" differs={row.differs} words={words} />,
          ],
        }))}
    />
  );
}

function Picked({ layer, href, words }: { layer: ComparedLayer; href: string; words: Words }) {
  const { say } = words;
  return (
    <span>
      <Link className="act" prefetch={false} href={href}>
        {layer.words.length === 0 ? say(`compare.status.${layer.status}`) : layer.words.join(", ")}
      </Link>
      <span className="second block">
        {layer.byPerson ? say("compare.byPerson") : say(`compare.status.${layer.status}`)}
      </span>
    </span>
  );
}

function Said({ side, words }: { side: ComparedSide; words: Words }) {
  if (side.words === null) return <i className="quiet">{words.say("compare.notAnswered")}</i>;
  return (
    <span>
      {side.words}
      {side.source && (
        <span className="second block">
          <ProvenanceMark source={side.source} />
        </span>
      )}
    </span>
  );
}

/** A word, not only a place in the list. */
function Differs({ differs, words }: { differs: boolean; words: Words }) {
  return differs ? (
    <b>{words.say("compare.yes")}</b>
  ) : (
    <span className="quiet">{words.say("compare.no")}</span>
  );
}
