import type { Metadata } from "next";
import Link from "next/link";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { Table } from "#app/_components/table.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import "../benchmark.css";
import { CapacityFigure } from "../capacity-figure.tsx";
import { CostFigure } from "../cost-figure.tsx";
import { leadSweep, listCosts, saySetting } from "./say-sweep.ts";
import { SweepForm } from "./sweep-form.tsx";
import { SweepLive } from "./sweep-live.tsx";
import { SweepPoints } from "./sweep-points.tsx";

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<{ sweep?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("sweep")).say("title") };
}

/** Rates, k and kinds of search, tried one after the other: what the machine can take and what quality costs. */
export default async function SweepPage({ params, searchParams }: Props) {
  const [{ projectId }, { sweep: asked }] = await Promise.all([params, searchParams]);
  const api = await caller();
  const [listed, suggested, current] = await orNotFound(
    Promise.all([
      api.sweeps.list({ projectId }),
      api.sweeps.suggest({ projectId }),
      api.jobs.current({ projectId }),
    ]),
  );
  const sweepId = typeof asked === "string" ? asked : listed[0]?.sweepId;
  const shown = sweepId === undefined ? null : await orNotFound(api.sweeps.read({ projectId, sweepId }));
  const words = await readWords("sweep");
  const { say, format } = words;
  const base = `/projects/${projectId}/benchmark`;
  const isBusy = current.latest?.job.state === "queued" || current.latest?.job.state === "running";
  const costs = listCosts(shown?.curves ?? []);
  const firstCost = (shown?.curves.length ?? 0) + 1;

  return (
    <WordsFor rooms={["sweep", "benchmark"]}>
      <Sheet>
        <SheetHead question={say("question")} lead={leadSweep(shown, words)} />
        {shown?.isActive && current.latest && (
          <Section id="run" title={say("section.running")}>
            <SweepLive
              key={shown.sweepId}
              projectId={projectId}
              sweepId={shown.sweepId}
              pace={shown.pace}
              startedAt={shown.startedAt}
              isCancelling={shown.isCancelling}
              current={current.latest}
              now={new Date().toISOString()}
            />
          </Section>
        )}
        {shown?.curves.some(({ curve }) => curve.length > 0) && (
          <Section id="capacity" title={say("section.capacity")}>
            <div className="mt-6 grid gap-y-10">
              {shown.curves.map((curve, at) => (
                <CapacityFigure
                  key={`${curve.mode} ${curve.k}`}
                  number={at + 1}
                  title={say("figure.title", { setting: saySetting(curve, say) })}
                  {...curve}
                />
              ))}
            </div>
          </Section>
        )}
        {shown && shown.curves.length > 0 && (
          <Section id="cost" title={say("section.cost")}>
            {costs.points.length === 0 ? (
              <p className="prose mt-3">{say("figure.noCost")}</p>
            ) : (
              <div className="mt-6">
                <CostFigure number={firstCost} points={costs.points} machine={costs.isMachineTime} />
              </div>
            )}
          </Section>
        )}
        {shown && (
          <Section id="points" title={say("section.points")}>
            <SweepPoints sweep={shown} base={base} />
          </Section>
        )}
        {suggested && !isBusy && (
          <Section id="start" title={say(shown ? "section.again" : "section.start")}>
            <SweepForm projectId={projectId} suggested={suggested} dataSets={current.dataSets} />
          </Section>
        )}
        {listed.length > 1 && (
          <Section id="sweeps" title={say("section.all")}>
            <Table
              caption={say("list.caption")}
              columns={[
                { head: say("list.when") },
                { head: say("list.points"), numeric: true },
                { head: say("list.sweep") },
              ]}
              rows={listed.map((one) => ({
                key: one.sweepId,
                cells: [
                  format.dateTime(one.at),
                  format.number(one.points),
                  one.sweepId === sweepId ? (
                    <span key="sweep" aria-current="true">
                      {say("list.shown")}
                    </span>
                  ) : (
                    <Link key="sweep" prefetch={false} className="act" href={`?sweep=${one.sweepId}`}>
                      <code>{one.sweepId.slice(-8)}</code>
                    </Link>
                  ),
                ],
              }))}
            />
          </Section>
        )}
        <p className="mt-7">
          <Link prefetch={false} className="act no-print" href={base}>
            {say("back")}
          </Link>
        </p>
      </Sheet>
      <Margin>
        <Note title={say("title")}>
          <p>{say("explores")}</p>
        </Note>
      </Margin>
      <Foot left={shown?.sweepId ?? ""} right="" />
    </WordsFor>
  );
}
