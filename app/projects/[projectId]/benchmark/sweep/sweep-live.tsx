"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { WordButton } from "#app/_components/button.tsx";
import { Progress } from "#app/_components/progress.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { JobView } from "#server/api/routers/jobs.ts";
import type { SweepPace } from "#server/benchmark/pace-sweep.ts";
import { LiveJob } from "../live-job.tsx";
import { saySetting } from "./say-sweep.ts";

type Props = {
  projectId: string;
  sweepId: string;
  pace: SweepPace;
  startedAt: string | null;
  isCancelling: boolean;
  /** The point that runs, or the one that waits next. */
  current: JobView;
  /** The server's clock, so that the first drawing is the same on both sides. */
  now: string;
};

/** All points together, and under it the one that runs. Each end of a point reads the page anew. */
export function SweepLive({ projectId, sweepId, pace, startedAt, isCancelling, current, now }: Props) {
  const trpc = useTRPC();
  const explain = useExplain();
  const router = useRouter();
  const { say, format } = useWords("sweep");
  const [clock, setClock] = useState(() => Date.parse(now));
  useEffect(() => {
    const timer = setInterval(() => setClock(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const cancel = useMutation(trpc.sweeps.cancel.mutationOptions({ onSuccess: () => router.refresh() }));
  const step = current.job.spec.sweep;
  const passedMs = Math.max(0, clock - Date.parse(now));
  const restMs = pace.expectedRestMs === null ? null : Math.max(5_000, pace.expectedRestMs - passedMs);
  return (
    <div>
      <Progress
        phase={
          step === undefined
            ? ""
            : say("live.phase", {
                point: format.number(step.index + 1),
                of: format.number(step.of),
                setting: saySetting(step.point, say),
                rate: format.number(step.point.arrivalsPerSecond),
              })
        }
        done={pace.of - countOpen(pace)}
        total={pace.of}
        unit={say("live.unit")}
        elapsedMs={startedAt === null ? 0 : Math.max(0, clock - Date.parse(startedAt))}
        expectedRestMs={restMs === null ? null : Math.ceil(restMs / 5_000) * 5_000}
      />
      <p className="links">
        <WordButton
          disabled={cancel.isPending || isCancelling}
          onClick={() => cancel.mutate({ projectId, sweepId })}
        >
          {say(cancel.isPending || isCancelling ? "live.cancelling" : "live.cancel")}
        </WordButton>
        <span className="quiet">{cancel.error ? explain(cancel.error).message : say("live.stays")}</span>
      </p>
      <div className="mt-5">
        <LiveJob key={current.job.id} initial={current} now={now} />
      </div>
    </div>
  );
}

function countOpen({ of, done, failed, cancelled }: SweepPace): number {
  return of - done - failed - cancelled;
}
