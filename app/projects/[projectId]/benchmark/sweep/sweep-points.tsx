import Link from "next/link";
import { Table } from "#app/_components/table.tsx";
import { readWords } from "#app/_words/server.ts";
import { type SweepRead, saySetting } from "./say-sweep.ts";

/** Each point with what became of it; of a sweep from the terminal, its stored runs. */
export async function SweepPoints({ sweep, base }: { sweep: SweepRead; base: string }) {
  const { say, format } = await readWords("sweep");
  const unknown = say("points.unknown");
  const measured = new Map(sweep.runs.map((run) => [run.runId, run]));
  const rows =
    sweep.points.length > 0
      ? sweep.points
      : sweep.runs.map((run) => ({ ...run, jobId: run.runId, state: "succeeded" as const, error: null }));
  const number = (value: number | null | undefined, digits: number) =>
    value == null ? unknown : format.number(value, { digits });
  return (
    <Table
      caption={say("points.caption")}
      columns={[
        { head: say("points.setting") },
        { head: say("points.rate"), numeric: true },
        { head: say("points.state") },
        { head: say("points.throughput"), numeric: true },
        { head: say("points.p95"), numeric: true },
        { head: say("points.goodput"), numeric: true },
        { head: say("points.accuracy"), numeric: true },
        { head: say("points.run") },
      ]}
      rows={rows.map((row) => {
        const run = row.runId === null ? undefined : measured.get(row.runId);
        return {
          key: row.jobId,
          cells: [
            saySetting(row, say),
            format.number(row.arrivalsPerSecond),
            [say(`state.${row.state}`, { reason: row.error ?? unknown }), run?.scheduleMiss]
              .filter(Boolean)
              .join(". "),
            run ? number(run.throughputRps, 1) : "",
            run ? (run.p95Ms === null ? unknown : format.number(run.p95Ms, { digits: 0, unit: "ms" })) : "",
            run ? number(run.goodput?.rps, 1) : "",
            run ? (run.accuracy === null ? unknown : format.share(run.accuracy.value, { digits: 1 })) : "",
            run ? (
              <Link key="run" prefetch={false} className="act" href={`${base}?run=${run.runId}`}>
                {say("points.look")}
              </Link>
            ) : (
              ""
            ),
          ],
        };
      })}
    />
  );
}
