import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Facts } from "#app/_components/facts.tsx";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import type { LayerResult } from "#server/decision/schema.ts";
import { BesideTable } from "../beside-table.tsx";
import { type DecisionData, type DecisionWords, labelOf, sayMargin, sayPick } from "../decision-data.ts";
import { FirmNote } from "../firm-note.tsx";
import { LayerStrip } from "../layer-strip.tsx";
import { Ledger } from "../ledger.tsx";
import { OverrideNote } from "../override-note.tsx";
import { PathFigure } from "../path-figure.tsx";
import { TornadoFigure } from "../tornado-figure.tsx";
import "../decision.css";

type Props = { params: Promise<{ projectId: string; layerId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { say } = await readWords("decision");
  return { title: say("layerTitle", { layer: (await params).layerId.replaceAll("_", " ") }) };
}

/** One layer: its question, the answer in words, the rules behind it, and what would change it. */
export default async function LayerPage({ params }: Props) {
  const { projectId, layerId } = await params;
  const api = await caller();
  const data = await orNotFound(api.decision.read({ projectId }));
  const layer = data.ruleSet.layers.find((one) => one.id === layerId);
  const result = data.decision.layers.find((one) => one.layer === layerId);
  if (!layer || !result) notFound();
  const words = await readWords("decision");
  const { say } = words;
  const base = `/projects/${projectId}`;
  const [swings, history, { say: sayChoice }] = await Promise.all([
    api.decision.readSwings({ projectId, layerId }),
    api.records.readOverrides({ projectId, layerId }),
    readWords("choice"),
  ]);
  const weighing = data.weighed.layers.find((one) => one.layer === layerId)?.weighing;
  return (
    <>
      <Sheet>
        <LayerStrip data={data} base={base} here={layerId} />
        <SheetHead question={layer.question} lead={sayLead(data, result, say)} />
        {result.status !== "not_applicable" && (
          <>
            <Section id="decided-by" title={say("decidedBy.title")}>
              {result.fired.length === 0 ? (
                <p className="prose">{say("decidedBy.none")}</p>
              ) : (
                <Ledger data={data} result={result} base={base} />
              )}
              <PathFigure data={data} result={result} />
            </Section>
            <Section id="flips" title={say("flips.title")}>
              <Flips data={data} result={result} base={base} say={say} />
              {swings && weighing && (
                <TornadoFigure data={data} layerId={layerId} found={swings} weighing={weighing} />
              )}
            </Section>
            <Section id="beside" title={sayChoice("beside.title")}>
              <BesideTable data={data} result={result} />
            </Section>
          </>
        )}
      </Sheet>
      <Margin>
        <Evidence data={data} result={result} base={base} words={words} />
        {result.status !== "not_applicable" && (
          <>
            <FirmNote data={data} layerId={layerId} base={base} />
            <OverrideNote data={data} result={result} history={history} />
          </>
        )}
      </Margin>
      <Foot left={say("foot.left")} right={say.rich("foot.rules", nameVersion(data))} />
    </>
  );
}

/** A person's choice stands before what the rules say. */
function sayLead(data: DecisionData, { layer }: LayerResult, say: DecisionWords["say"]): string {
  const override = data.overrides[layer];
  const rules = data.leads[layer] ?? "";
  return override ? `${say("chosenInstead", { option: override.label })} ${rules}` : rules;
}

function nameVersion({ ruleSet }: DecisionData) {
  return {
    ruleSet: `${ruleSet.id} ${ruleSet.version}`,
    code: (name: React.ReactNode) => <code>{name}</code>,
  };
}

/** Three are read; the rest stands behind a fold. */
const SHOWN = 3;

type Part = { data: DecisionData; result: LayerResult; base: string };

function Flips({ data, result, base, say }: Part & { say: DecisionWords["say"] }) {
  if (result.flips.length === 0) {
    return <p className="prose">{say("flips.none")}</p>;
  }
  const list = (flips: LayerResult["flips"]) => (
    <ul className="decision-list">
      {flips.map((flip) => (
        <li key={flip.sentence}>
          <span>{flip.sentence}</span>
          <Link className="act" href={`${base}/brief?q=${flip.question}`} prefetch={false}>
            {data.read[flip.question]?.measuredOnly ? say("flips.about") : say("flips.change")}
            <span className="sr-only"> {data.read[flip.question]?.name}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
  const rest = result.flips.slice(SHOWN);
  return (
    <>
      <p className="reading">{say("flips.reading")}</p>
      {list(result.flips.slice(0, SHOWN))}
      {rest.length > 0 && (
        <details className="decision-more">
          <summary>{say("flips.more", { count: String(rest.length) })}</summary>
          {list(rest)}
        </details>
      )}
    </>
  );
}

function Evidence({ data, result, base, words }: Part & { words: DecisionWords }) {
  const { say, format } = words;
  const { ruleSet, decision } = data;
  const vetoes = result.vetoed;
  const guards = decision.guards.filter((guard) => guard.layer === result.layer);
  const open = [...new Set(result.couldMatter.flatMap((rule) => rule.questions))];
  return (
    <>
      <div className="decision-facts">
        <Facts
          facts={[
            { name: say("fact.status"), value: <b>{say(`status.${result.status}`)}</b> },
            { name: say("fact.pick"), value: sayPick(data, result, say) },
            { name: say("fact.margin"), value: sayMargin(result, words) },
            {
              name: say("fact.rules"),
              value: say.rich("ruleSet.fired", { ...nameVersion(data), count: String(result.fired.length) }),
            },
            { name: say("fact.expires"), value: format.day(ruleSet.expiresAt, { year: true }) },
          ]}
        />
      </div>
      {result.status !== "not_applicable" && (
        <Note title={say("teamPick")}>
          <p>{data.teams[result.layer]}</p>
        </Note>
      )}
      {vetoes.length > 0 && (
        <Note title={say("vetoed.title")}>
          <ul>
            {[...new Set(vetoes.map((veto) => veto.rule))].map((rule) => {
              const targets = vetoes.filter((veto) => veto.rule === rule);
              return (
                <li key={rule}>
                  {say.rich("vetoed.one", {
                    options: targets.map((veto) => labelOf(data, result.layer, veto.option)).join(", "),
                    rule,
                    because: targets[0]?.because ?? "",
                    s: (options) => <s className="struck">{options}</s>,
                    code: (id) => <code>{id}</code>,
                  })}
                </li>
              );
            })}
          </ul>
        </Note>
      )}
      {guards.map((guard) => (
        <Note key={guard.rule} title={say("guards.one")} source={<code>{guard.rule}</code>}>
          <p>{guard.because}</p>
        </Note>
      ))}
      {open.length > 0 && (
        <Note title={say("unknown.title")}>
          <p>{say("unknown.waiting")}</p>
          <ul>
            {open.map((id) => (
              <li key={id}>
                {data.read[id]?.measuredOnly ? (
                  say("unknown.byBenchmark", { name: data.read[id].name })
                ) : (
                  <Link className="act inline" href={`${base}/brief?q=${id}`} prefetch={false}>
                    {data.read[id]?.name}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </Note>
      )}
    </>
  );
}
