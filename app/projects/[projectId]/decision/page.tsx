import type { Metadata } from "next";
import Link from "next/link";
import { LinkButton } from "#app/_components/button.tsx";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { ShareBar } from "#app/_components/marks.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import type { LayerResult } from "#server/decision/schema.ts";
import { type DecisionData, type DecisionWords, labelOf, sayMargin, sayPick } from "./decision-data.ts";
import { GuidesNote } from "./guides-note.tsx";
import { LanguageSection } from "./language-section.tsx";
import { RecordNote } from "./record-note.tsx";
import { TrySection } from "./try-section.tsx";
import { VisitNote } from "./visit-note.tsx";
import "./decision.css";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("decision")).say("title") };
}

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<{ try?: string; value?: string }>;
};

/** All layers at once: pick, margin, team, and the smallest change that flips each. */
export default async function DecisionPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const { try: tried = "", value = "" } = await searchParams;
  const api = await caller();
  const data = await orNotFound(api.decision.read({ projectId }));
  const [news, found, { claims }] = await Promise.all([
    api.records.lookBack({ projectId }),
    api.records.list({ projectId }),
    api.decision.readGuides(),
  ]);
  const words = await readWords("decision");
  const { say, format } = words;
  const base = `/projects/${projectId}`;
  const { layers, guards, requires } = data.decision;
  const present = layers.filter((layer) => layer.status !== "not_applicable");
  const absent = layers.filter((layer) => layer.status === "not_applicable");
  const version = {
    ruleSet: `${data.ruleSet.id} ${data.ruleSet.version}`,
    code: (name: React.ReactNode) => <code>{name}</code>,
  };
  const expiry = format.day(data.ruleSet.expiresAt, { year: true });
  return (
    <>
      <Sheet>
        <SheetHead question={say("question")} lead={describeLead(present, say)} />
        <Section id="layers" title={say("layers.title")}>
          <LayerTable data={data} layers={present} base={base} words={words} />
          {absent.length > 0 && (
            <p className="second decision-after">
              {say("layers.absent", {
                layers: absent.map((layer) => layer.name).join(", "),
                count: absent.length,
              })}
            </p>
          )}
        </Section>
        <TrySection data={data} base={base} tried={tried} value={value} />
        <LanguageSection data={data} />
        <Section id="guards" title={say("guards.title")}>
          {guards.length + requires.length === 0 ? (
            <p className="prose">{say("guards.none")}</p>
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
          <Note title={say("next.title")}>
            <p>{say("next.said")}</p>
            <LinkButton weight="primary" href={`${base}/brief?q=next`} prefetch={false}>
              {say("next.act")}
            </LinkButton>
          </Note>
        )}
        <VisitNote data={data} news={news} />
        <RecordNote projectId={projectId} found={found} />
        <Unknown data={data} base={base} say={say} />
        <GuidesNote claims={claims} base={base} />
        {data.decision.inferred.length > 0 && (
          <Note title={say("inferred.title")}>
            <ul>
              {data.decision.inferred.map((one) => (
                <li key={one.question}>
                  {say.rich("inferred.one", {
                    name: data.read[one.question]?.name ?? one.question,
                    words: data.read[one.question]?.words ?? "",
                    because: one.because,
                    i: (said) => <i>{said}</i>,
                  })}
                </li>
              ))}
            </ul>
          </Note>
        )}
        <Note
          title={say("ruleSet.title")}
          source={say.rich("ruleSet.since", {
            ...version,
            date: format.day(data.ruleSet.effectiveFrom, { year: true }),
          })}
        >
          <p>
            {data.isExpired ? (
              <b>{say("ruleSet.expired", { date: expiry })}</b>
            ) : (
              say("ruleSet.expires", { date: expiry })
            )}
          </p>
        </Note>
      </Margin>
      <Foot left={say("foot.left")} right={say.rich("foot.rules", version)} />
    </>
  );
}

const COLUMNS = ["layer", "pick", "margin", "team", "change"] as const;

function LayerTable(props: {
  data: DecisionData;
  layers: LayerResult[];
  base: string;
  words: DecisionWords;
}) {
  const { data, layers, base, words } = props;
  const { say } = words;
  return (
    <table className="stack decision-layers">
      <caption className="sr-only">{say("layers.caption")}</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {say(`column.${column}`)}
            </th>
          ))}
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
            <td data-head={say("column.pick")}>
              <Picked data={data} result={result} say={say} />
            </td>
            <td data-head={say("column.margin")}>
              {result.scores.length > 0 && result.status !== "undecided" ? (
                <ShareBar share={result.margin} ticks={[0.1, 0.25]} word={sayMargin(result, words)} />
              ) : (
                <span className="quiet">{sayMargin(result, words)}</span>
              )}
            </td>
            <td data-head={say("column.team")}>
              <TeamWords data={data} result={result} say={say} />
            </td>
            <td data-head={say("column.change")}>
              {result.flips[0]?.sentence ?? <span className="quiet">{say("flips.noneShort")}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Picked({ data, result, say }: { data: DecisionData; result: LayerResult; say: Say }) {
  const override = data.overrides[result.layer];
  const words = sayPick(data, result, say);
  if (override) {
    return (
      <span>
        <b>{override.label}</b>
        <span className="second block">{say("overridden", { pick: words, reason: override.reason })}</span>
      </span>
    );
  }
  return result.pick === null ? <i>{words}</i> : <b>{words}</b>;
}

function TeamWords({ data, result, say }: { data: DecisionData; result: LayerResult; say: Say }) {
  const override = data.overrides[result.layer];
  if (override && result.teamFit !== "languages_unknown") {
    const risks = data.weighed.layers.find((layer) => layer.layer === result.layer)?.risks ?? [];
    const lacks = risks.some(
      (one) => one.option === override.option && one.risks.some(({ kind }) => kind === "team"),
    );
    return lacks ? <b className="decision-gap">{say("team.notThis")}</b> : say("team.same");
  }
  const best = labelOf(data, result.layer, result.teamPick);
  switch (result.teamFit) {
    case "same":
      return say("team.same");
    case "differs":
      return say.rich("team.differs", { pick: best, b: (pick) => <b>{pick}</b> });
    case "none":
      return <b className="decision-gap">{say("team.none")}</b>;
    case "languages_unknown":
      return <i>{say("team.languages_unknown")}</i>;
    case "no_pick":
      return result.teamPick === null ? (
        <span className="quiet">{say("team.open")}</span>
      ) : (
        say("team.would", { pick: best })
      );
  }
}

type Say = DecisionWords["say"];

function Unknown({ data, base, say }: { data: DecisionData; base: string; say: Say }) {
  const silent = data.decision.layers.flatMap((layer) => layer.couldMatter.flatMap((rule) => rule.questions));
  const open = [...new Set(silent)]
    .filter((id) => data.read[id]?.measuredOnly === false)
    .map((id) => ({ id, rules: silent.filter((one) => one === id).length }))
    .sort((a, b) => b.rules - a.rules);
  return (
    <Note title={say("unknown.title")}>
      {open.length === 0 ? (
        <p>{say("unknown.none")}</p>
      ) : (
        <>
          <p>{say("unknown.lead", { count: open.length })}</p>
          <ul>
            {open.slice(0, 6).map(({ id, rules }) => (
              <li key={id}>
                {say.rich("unknown.rules", {
                  name: data.read[id]?.name ?? id,
                  count: rules,
                  a: (name) => (
                    <Link className="act inline" href={`${base}/brief?q=${id}`} prefetch={false}>
                      {name}
                    </Link>
                  ),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </Note>
  );
}

function describeLead(layers: LayerResult[], say: Say): string {
  const count = (test: (layer: LayerResult) => boolean) => layers.filter(test).length;
  const counts = {
    clear: count((layer) => layer.status === "decided" && !layer.close),
    close: count((layer) => layer.close),
    weak: count((layer) => layer.status === "fragile" || layer.status === "tie"),
    open: count((layer) => layer.status === "undecided" || layer.status === "blocked"),
  };
  if (counts.open === layers.length) return say("lead.nothing");
  const parts = (["clear", "close", "weak", "open"] as const)
    .filter((part) => counts[part] > 0)
    .map((part) => say(`lead.${part}`, { count: counts[part] }));
  const last = parts.at(-1) ?? "";
  const list = parts.length < 2 ? last : say("and", { first: parts.slice(0, -1).join(", "), second: last });
  const differs = count((layer) => layer.teamFit === "differs" || layer.teamFit === "none");
  const lead = say("lead.layers", { count: layers.length, parts: list });
  return differs === 0 ? lead : `${lead} ${say("lead.team", { count: differs })}`;
}
