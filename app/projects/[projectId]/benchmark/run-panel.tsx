"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField } from "#app/_components/field.tsx";
import { RadioList } from "#app/_components/radio-list.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import type { JobView } from "#server/api/routers/jobs.ts";
import type { BenchPreset, DataSet } from "#server/benchmark/job-schema.ts";
import { LiveJob } from "./live-job.tsx";

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

const DATA_SETS: Record<DataSet, string> = {
  bundled: "the pilot's own: 100 articles, 100 questions",
  "dev-aws-support100": "100 support articles (dev-aws-support100)",
  "dev-xquad-en-a": "120 encyclopaedia paragraphs (dev-xquad-en-a)",
};

/** Starts a benchmark, or shows the one that waits or runs. */
export function RunPanel({ projectId, latest, dataSets, presets, walls, now }: Props) {
  const trpc = useTRPC();
  const explain = useExplain();
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
        <LiveJob key={shown.job.id} initial={shown} now={now} />
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
            legend="How much load"
            name="preset"
            choices={presets}
            value={preset}
            onChoose={(value) => setPreset(value === "standard" ? "standard" : "quick")}
          />
          <div className="mt-5">
            <SelectField
              label="Documents and questions"
              value={dataSet}
              options={dataSets.map((value) => ({ value, label: DATA_SETS[value] }))}
              onChange={(event) =>
                setDataSet(dataSets.find((one) => one === event.target.value) ?? "bundled")
              }
            />
          </div>
          <div className="actions">
            <Button type="submit" weight="primary" disabled={start.isPending}>
              {start.isPending ? "Starting …" : "Run the benchmark"}
            </Button>
            <span className="second">{walls}</span>
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
