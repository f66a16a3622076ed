"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField } from "#app/_components/field.tsx";
import { RadioList } from "#app/_components/radio-list.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { JobView } from "#server/api/routers/jobs.ts";
import type { BenchPreset, DataSet, SweepStep } from "#server/benchmark/job-schema.ts";
import { LiveJob } from "./live-job.tsx";
import { saySetting } from "./sweep/say-sweep.ts";

export type PresetChoice = { value: BenchPreset; label: string; hint: string };

type Props = {
  projectId: string;
  latest: JobView | null;
  dataSets: DataSet[];
  presets: PresetChoice[];
  /** One sentence about the walls around a run, or that nothing would run it. */
  walls: string;
  /** The server's clock, so that the first drawing is the same on both sides. */
  now: string;
};

/** Starts a benchmark, or shows the one that waits or runs. */
export function RunPanel({ projectId, latest, dataSets, presets, walls, now }: Props) {
  const trpc = useTRPC();
  const explain = useExplain();
  const { say } = useWords("benchmark");
  const sweep = useWords("sweep");
  const router = useRouter();
  const [started, setStarted] = useState<JobView | null>(null);
  const [preset, setPreset] = useState<BenchPreset>("quick");
  const [dataSet, setDataSet] = useState<DataSet>(dataSets[0] ?? "bundled");
  const start = useMutation(
    trpc.jobs.start.mutationOptions({
      onSuccess: ({ job, before }) => {
        setStarted({ job, before, events: [] });
        router.refresh();
      },
    }),
  );
  const shown = started !== null && started.job.id !== latest?.job.id ? started : latest;
  const isActive = shown !== null && (shown.job.state === "queued" || shown.job.state === "running");

  return (
    <>
      {shown !== null && (isActive || shown.job.state !== "succeeded" || started !== null) && (
        <>
          {shown.job.spec.sweep && <SweepLine projectId={projectId} step={shown.job.spec.sweep} />}
          <LiveJob key={shown.job.id} initial={shown} now={now} />
        </>
      )}
      {!isActive && (
        <form
          className="mt-4"
          onSubmit={(event) => {
            event.preventDefault();
            start.mutate({ projectId, preset, dataSet });
          }}
        >
          <RadioList
            legend={say("preset.legend")}
            name="preset"
            choices={presets}
            value={preset}
            onChoose={(value) => setPreset(value === "standard" ? "standard" : "quick")}
          />
          <div className="mt-5">
            <SelectField
              label={say("dataSet.label")}
              value={dataSet}
              options={dataSets.map((value) => ({ value, label: say(`dataSet.${value}`) }))}
              onChange={(event) =>
                setDataSet(dataSets.find((one) => one === event.target.value) ?? "bundled")
              }
            />
          </div>
          <div className="actions">
            <Button type="submit" weight="primary" disabled={start.isPending}>
              {say(start.isPending ? "job.starting" : "job.start")}
            </Button>
            <span className="second">{walls}</span>
            <Link prefetch={false} className="act" href={`/projects/${projectId}/benchmark/sweep`}>
              {sweep.say("link")}
            </Link>
          </div>
          {start.error && (
            <p className="status error mt-2" role="alert">
              {explain(start.error).message} {explain(start.error).hint}
            </p>
          )}
        </form>
      )}
    </>
  );
}

/** Which point of a sweep this is; all of them together have a page of their own. */
function SweepLine({ projectId, step }: { projectId: string; step: SweepStep }) {
  const { say, format } = useWords("sweep");
  const { index, of, point, sweepId } = step;
  return (
    <p className="status">
      {say("live.part", {
        point: format.number(index + 1),
        of: format.number(of),
        setting: saySetting(point, say),
        rate: format.number(point.arrivalsPerSecond),
      })}{" "}
      <Link prefetch={false} className="act" href={`/projects/${projectId}/benchmark/sweep?sweep=${sweepId}`}>
        {say("title")}
      </Link>
    </p>
  );
}
