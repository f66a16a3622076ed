"use client";

import { useMutation } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { WordButton } from "#app/_components/button.tsx";
import { Progress } from "#app/_components/progress.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { JobView } from "#server/api/routers/jobs.ts";
import type { JobEvent } from "#server/benchmark/job-schema.ts";
import { foldEvents, type Told } from "./fold-events.ts";
import type { BenchmarkWords } from "./say-metric.ts";

const LINES = 200;

/** A job as it moves: place in the queue, phase, progress, log. It goes on where it stopped after a cut or a reload. */
export function LiveJob({ initial, now }: { initial: JobView; now: string }) {
  const trpc = useTRPC();
  const explain = useExplain();
  const words = useWords("benchmark");
  const { say, format } = words;
  const router = useRouter();
  const [view, setView] = useState({ job: initial.job, before: initial.before });
  const [told, setTold] = useState<Told>(() => foldEvents(null, initial.events, LINES));
  const [clock, setClock] = useState(() => Date.parse(now));
  const { job, before } = view;
  const isActive = job.state === "queued" || job.state === "running";

  useSubscription(
    trpc.jobs.watch.subscriptionOptions(
      { jobId: job.id, lastEventId: String(initial.events.at(-1)?.seq ?? 0) },
      {
        enabled: isActive,
        onData: ({ data }) => {
          setView({ job: data.job, before: data.before });
          setTold((sofar) => foldEvents(sofar, data.events as JobEvent[], LINES));
          if (data.job.state !== "queued" && data.job.state !== "running") router.refresh();
        },
      },
    ),
  );
  useEffect(() => {
    if (!isActive) return;
    const timer = setInterval(() => setClock(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isActive]);

  const log = useRef<HTMLPreElement>(null);
  // The newest line is the one to read.
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when a line has come
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [told.seq]);

  const cancel = useMutation(trpc.jobs.cancel.mutationOptions());
  const since = job.startedAt ?? job.createdAt;
  const elapsedMs = Math.max(0, (job.finishedAt ? Date.parse(job.finishedAt) : clock) - Date.parse(since));

  return (
    <div>
      {isActive ? (
        <Progress
          phase={job.state === "queued" ? sayQueue(before, words) : sayPhase(told.phase ?? job.phase, say)}
          done={told.phase === null ? job.done : told.done}
          total={told.phase === null ? job.total : told.total}
          elapsedMs={elapsedMs}
          expectedRestMs={expectRest(told, clock)}
        />
      ) : (
        <p className="status" role="status">
          {sayEnd(job, words)}
        </p>
      )}
      {job.error && (
        <p className="status error" role="alert">
          {job.error.message}
        </p>
      )}
      <details className="mt-2" open={isActive}>
        <summary className="act second w-fit">
          {say("job.log", { lines: format.number(told.lines.length) })}
        </summary>
        <pre
          ref={log}
          className="id mt-1 max-h-48 overflow-y-auto"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          role="log"
          aria-label={say("job.logLabel")}
        >
          {[...told.lines, ...(told.lines.length === 0 ? (job.error?.lastLines ?? []) : [])].join("\n")}
        </pre>
      </details>
      {isActive && <p className="source mt-2">{sayWhere(job, say)}</p>}
      {isActive && job.seal !== null && (
        <p className="source">
          {say.rich("job.sealed", {
            hash: () => (
              <code title={job.seal ?? ""}>{`${job.seal?.slice(0, 4)}…${job.seal?.slice(-4)}`}</code>
            ),
          })}
        </p>
      )}
      {isActive && job.spec.sweep === undefined && (
        <p className="links">
          <WordButton
            disabled={cancel.isPending || job.cancelRequested}
            onClick={() => cancel.mutate({ jobId: job.id })}
          >
            {say(job.cancelRequested ? "job.cancelling" : "job.cancel")}
          </WordButton>
          {cancel.error && <span className="quiet">{explain(cancel.error).message}</span>}
        </p>
      )}
    </div>
  );
}

function sayQueue(before: number, { say, format }: BenchmarkWords): string {
  return before === 0 ? say("job.next") : say("job.waiting", { before: format.number(before) });
}

/** The executor and the walls it really gave, as soon as they are known. */
function sayWhere({ executor, isolation, state }: JobView["job"], say: BenchmarkWords["say"]): string {
  const walls = isolation === null ? "unknown" : isolation.network === "none" ? "closed" : "open";
  if (state === "queued") return "";
  return say(executor === "ray" ? "job.where.ray" : "job.where.local", { walls: say(`job.walls.${walls}`) });
}

/** A pilot may name phases of its own. */
const PHASES = [
  "unpack",
  "environment",
  "cluster",
  "warmup",
  "ingest",
  "profile",
  "quality",
  "load",
  "report",
  "verdict",
] as const;

function sayPhase(phase: string | null, say: BenchmarkWords["say"]): string {
  if (phase === null) return say("job.phase.starting");
  const known = PHASES.find((one) => one === phase);
  return known === undefined ? phase.replaceAll("_", " ") : say(`job.phase.${known}`);
}

function sayEnd(
  { state, finishedAt, attempt, maxAttempts }: JobView["job"],
  { say, format }: BenchmarkWords,
): string {
  const at = finishedAt ? say("job.ended.at", { time: format.time(finishedAt) }) : "";
  if (state === "succeeded") return say("job.ended.succeeded", { at });
  if (state === "cancelled") return say("job.ended.cancelled", { at });
  return say("job.ended.failed", {
    at,
    attempt: format.number(attempt),
    maxAttempts: format.number(maxAttempts),
  });
}

/** At the pace of this phase, in steps of five seconds; null while too little of it is done, or all. */
function expectRest({ done, total, phaseAt }: Told, clock: number): number | null {
  if (phaseAt === null || total === 0 || done < total * 0.05 || done >= total) return null;
  const restMs = ((clock - phaseAt) / done) * (total - done);
  return Math.max(10_000, Math.ceil(restMs / 5_000) * 5_000);
}
