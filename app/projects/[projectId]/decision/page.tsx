import type { Metadata } from "next";
import Link from "next/link";
import { LinkButton } from "#app/_components/button.tsx";
import { formatDay } from "#app/_components/format-date.ts";
import { formatCount } from "#app/_components/format-number.ts";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { ShareBar } from "#app/_components/marks.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import type { LayerResult } from "#server/decision/schema.ts";
import { type DecisionData, labelOf, sayMargin, sayPick } from "./decision-data.ts";
import "./decision.css";

export const metadata: Metadata = { title: "Decision" };

/** All layers at once: pick, margin, team, and the smallest change that flips each. */
export default async function DecisionPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  const api = await caller();
  const data = await orNotFound(api.decision.read({ projectId }));
  const base = `/projects/${projectId}`;
  const { layers, guards, requires } = data.decision;
  const present = layers.filter((layer) => layer.status !== "not_applicable");
  const absent = layers.filter((layer) => layer.status === "not_applicable");
  return (
    <>
      <Sheet>
        <SheetHead question="What should it be built in?" lead={describeLead(present)} />
        <Section id="layers" title="A pick per layer">
          <LayerTable data={data} layers={present} base={base} />
          {absent.length > 0 && (
            <p className="second decision-after">
              {absent.map((layer) => layer.name).join(", ")} {absent.length === 1 ? "does" : "do"} not apply
              to this project.
            </p>
          )}
        </Section>
        <Section id="guards" title="To keep in mind">
          {guards.length + requires.length === 0 ? (
            <p className="prose">Nothing to warn of.</p>
          ) : (
            <ul className="decision-list">
              {requires.map((demand) => (
                <li key={demand.rule}>
                  <code>{demand.rule}</code>
                  <span>
                    <b>{demand.demands}</b> {demand.because}
                  </span>
                </li>
              ))}
              {guards.map((guard) => (
                <li key={guard.rule}>
                  <code>{guard.rule}</code>
                  <span>{guard.because}</span>
                </li>
              ))}
            </ul>
          )}
        </Section>
      </Sheet>
      <Margin>
        {present.some((layer) => layer.status === "undecided") && (
          <Note title="Next">
            <p>Some layers wait for answers.</p>
            <LinkButton weight="primary" href={`${base}/brief?q=next`} prefetch={false}>
              Answer the next question
            </LinkButton>
          </Note>
        )}
        <Unknown data={data} base={base} />
        {data.decision.inferred.length > 0 && (
          <Note title="Inferred">
            <ul>
              {data.decision.inferred.map((one) => (
                <li key={one.question}>
                  {data.read[one.question]?.name}: <i>{data.read[one.question]?.words}</i>. {one.because}
                </li>
              ))}
            </ul>
          </Note>
        )}
        <Note
          title="The rules"
          source={
            <>
              <code>
                {data.ruleSet.id} {data.ruleSet.version}
              </code>
              , in force since {formatDay(data.ruleSet.effectiveFrom, { year: true })}
            </>
          }
        >
          <p>
            {data.isExpired ? (
              <b>
                This set expired on {formatDay(data.ruleSet.expiresAt, { year: true })}. Don't build on its
                picks.
              </b>
            ) : (
              <>Advice ages. This set expires on {formatDay(data.ruleSet.expiresAt, { year: true })}.</>
            )}
          </p>
        </Note>
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

function LayerTable({ data, layers, base }: { data: DecisionData; layers: LayerResult[]; base: string }) {
  return (
    <table className="stack decision-layers">
      <caption className="sr-only">Pick, margin, team pick and smallest change per layer</caption>
      <thead>
        <tr>
          <th scope="col">Layer</th>
          <th scope="col">Pick</th>
          <th scope="col">Margin</th>
          <th scope="col">This team</th>
          <th scope="col">Would change to</th>
        </tr>
      </thead>
      <tbody>
        {layers.map((result) => (
          <tr key={result.layer}>
            <th scope="row">
              <Link className="act" href={`${base}/decision/${result.layer}`}>
                {result.name}
              </Link>
            </th>
            <td data-head="Pick">
              {result.pick === null ? <i>{sayPick(data, result)}</i> : <b>{sayPick(data, result)}</b>}
            </td>
            <td data-head="Margin">
              {result.scores.length > 0 && result.status !== "undecided" ? (
                <ShareBar share={result.margin} ticks={[0.1, 0.25]} word={sayMargin(result)} />
              ) : (
                <span className="quiet">{sayMargin(result)}</span>
              )}
            </td>
            <td data-head="This team">
              <TeamWords data={data} result={result} />
            </td>
            <td data-head="Would change to">
              {result.flips[0]?.sentence ?? <span className="quiet">No single answer changes it.</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TeamWords({ data, result }: { data: DecisionData; result: LayerResult }) {
  const best = labelOf(data, result.layer, result.teamPick);
  switch (result.teamFit) {
    case "same":
      return "can build it";
    case "differs":
      return (
        <>
          can build <b>{best}</b>
        </>
      );
    case "none":
      return <b className="decision-gap">cannot build any option</b>;
    case "languages_unknown":
      return <i>languages not known</i>;
    case "no_pick":
      return result.teamPick === null ? <span className="quiet">open</span> : <>would take {best}</>;
  }
}

function Unknown({ data, base }: { data: DecisionData; base: string }) {
  const silent = data.decision.layers.flatMap((layer) => layer.couldMatter.flatMap((rule) => rule.questions));
  const open = [...new Set(silent)]
    .filter((id) => data.read[id]?.measuredOnly === false)
    .map((id) => ({ id, rules: silent.filter((one) => one === id).length }))
    .sort((a, b) => b.rules - a.rules);
  return (
    <Note title="Still unknown">
      {open.length === 0 ? (
        <p>No rule waits for an answer.</p>
      ) : (
        <>
          <p>{formatCount(open.length, "answer")} would wake a rule that is silent now.</p>
          <ul>
            {open.slice(0, 6).map(({ id, rules }) => (
              <li key={id}>
                <Link className="act inline" href={`${base}/brief?q=${id}`} prefetch={false}>
                  {data.read[id]?.name}
                </Link>
                , {formatCount(rules, "rule")}
              </li>
            ))}
          </ul>
        </>
      )}
    </Note>
  );
}

function describeLead(layers: LayerResult[]): string {
  const count = (test: (layer: LayerResult) => boolean) => layers.filter(test).length;
  const clear = count((layer) => layer.status === "decided" && !layer.close);
  const close = count((layer) => layer.close);
  const weak = count((layer) => layer.status === "fragile" || layer.status === "tie");
  const open = count((layer) => layer.status === "undecided" || layer.status === "blocked");
  if (open === layers.length)
    return "Nothing is decided yet. Answer the first questions of the brief and the picks appear here.";
  const be = (many: number) => (many === 1 ? "is" : "are");
  const parts = [
    clear > 0 && `${clear} ${be(clear)} clearly decided`,
    close > 0 && `${close} ${be(close)} close`,
    weak > 0 && `${weak} ${be(weak)} without a clear winner`,
    open > 0 && `${open} ${be(open)} still open`,
  ].filter((part) => part !== false);
  const list = parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
  const differs = count((layer) => layer.teamFit === "differs" || layer.teamFit === "none");
  const team =
    differs === 0
      ? ""
      : ` On ${formatCount(differs, "layer")} this team would build something else or nothing.`;
  return `Of ${formatCount(layers.length, "layer")}, ${list}.${team}`;
}
