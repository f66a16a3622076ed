import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Facts } from "#app/_components/facts.tsx";
import { formatDay } from "#app/_components/format-date.ts";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import type { LayerResult } from "#server/decision/schema.ts";
import { type DecisionData, labelOf, STATUS_WORDS, sayMargin, sayPick } from "../decision-data.ts";
import { LayerStrip } from "../layer-strip.tsx";
import { Ledger } from "../ledger.tsx";
import "../decision.css";

type Props = { params: Promise<{ projectId: string; layerId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Decision, ${(await params).layerId.replaceAll("_", " ")}` };
}

/** One layer: its question, the answer in words, the rules behind it, and what would change it. */
export default async function LayerPage({ params }: Props) {
  const { projectId, layerId } = await params;
  const api = await caller();
  const data = await orNotFound(api.decision.read({ projectId }));
  const layer = data.ruleSet.layers.find((one) => one.id === layerId);
  const result = data.decision.layers.find((one) => one.layer === layerId);
  if (!layer || !result) notFound();
  const base = `/projects/${projectId}`;
  return (
    <>
      <Sheet>
        <LayerStrip data={data} base={base} here={layerId} />
        <SheetHead question={layer.question} lead={data.leads[layerId]} />
        {result.status !== "not_applicable" && (
          <>
            <Section id="decided-by" title="What decided it">
              {result.fired.length === 0 ? (
                <p className="prose">No rule fired.</p>
              ) : (
                <Ledger data={data} result={result} base={base} />
              )}
            </Section>
            <Section id="flips" title="It would change to">
              <Flips data={data} result={result} base={base} />
            </Section>
          </>
        )}
      </Sheet>
      <Margin>
        <Evidence data={data} result={result} base={base} />
      </Margin>
      <Foot
        left="Scores recompute from answers and rules; nothing on this page is typed in."
        right={
          <>
            rules{" "}
            <code>
              {data.ruleSet.id} {data.ruleSet.version}
            </code>
          </>
        }
      />
    </>
  );
}

/** Three are read; the rest stands behind a fold. */
const SHOWN = 3;

function Flips({ data, result, base }: { data: DecisionData; result: LayerResult; base: string }) {
  if (result.flips.length === 0) {
    return <p className="prose">No single answer changes it. Two together may.</p>;
  }
  const list = (flips: LayerResult["flips"]) => (
    <ul className="decision-list">
      {flips.map((flip) => (
        <li key={flip.sentence}>
          <span>{flip.sentence}</span>
          <Link className="act" href={`${base}/brief?q=${flip.question}`} prefetch={false}>
            {data.read[flip.question]?.measuredOnly ? "About" : "Change"}
            <span className="sr-only"> {data.read[flip.question]?.name}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
  const rest = result.flips.slice(SHOWN);
  return (
    <>
      <p className="reading">The smallest change first, one answer at a time.</p>
      {list(result.flips.slice(0, SHOWN))}
      {rest.length > 0 && (
        <details className="decision-more">
          <summary>{rest.length} more</summary>
          {list(rest)}
        </details>
      )}
    </>
  );
}

function Evidence({ data, result, base }: { data: DecisionData; result: LayerResult; base: string }) {
  const { ruleSet, decision } = data;
  const vetoes = result.vetoed;
  const guards = decision.guards.filter((guard) => guard.layer === result.layer);
  const open = [...new Set(result.couldMatter.flatMap((rule) => rule.questions))];
  return (
    <>
      <div className="decision-facts">
        <Facts
          facts={[
            { name: "Status", value: <b>{STATUS_WORDS[result.status]}</b> },
            { name: "Pick", value: sayPick(data, result) },
            { name: "Margin", value: sayMargin(result) },
            {
              name: "Rules",
              value: (
                <>
                  <code>
                    {ruleSet.id} {ruleSet.version}
                  </code>
                  , {result.fired.length} fired
                </>
              ),
            },
            { name: "Expires", value: formatDay(ruleSet.expiresAt, { year: true }) },
          ]}
        />
      </div>
      {result.status !== "not_applicable" && (
        <Note title="Ideal pick, team pick">
          <p>{data.teams[result.layer]}</p>
        </Note>
      )}
      {vetoes.length > 0 && (
        <Note title="Vetoed">
          <ul>
            {[...new Set(vetoes.map((veto) => veto.rule))].map((rule) => {
              const targets = vetoes.filter((veto) => veto.rule === rule);
              return (
                <li key={rule}>
                  <s className="struck">
                    {targets.map((veto) => labelOf(data, result.layer, veto.option)).join(", ")}
                  </s>
                  , by <code>{rule}</code>. {targets[0]?.because}
                </li>
              );
            })}
          </ul>
        </Note>
      )}
      {guards.map((guard) => (
        <Note key={guard.rule} title="Keep in mind" source={<code>{guard.rule}</code>}>
          <p>{guard.because}</p>
        </Note>
      ))}
      {open.length > 0 && (
        <Note title="Still unknown">
          <p>Rules that wait for an answer:</p>
          <ul>
            {open.map((id) => (
              <li key={id}>
                {data.read[id]?.measuredOnly ? (
                  <>{data.read[id].name}, by a benchmark</>
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
