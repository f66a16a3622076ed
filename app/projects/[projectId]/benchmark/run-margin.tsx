import { Facts } from "#app/_components/facts.tsx";
import { formatDateTime, formatDay } from "#app/_components/format-date.ts";
import { formatBytes, formatNumber } from "#app/_components/format-number.ts";
import { Note } from "#app/_components/note.tsx";
import type { RunSummary } from "#server/benchmark/schema.ts";
import type { ReportPicture } from "#server/benchmark/summarise-report.ts";
import type { MachineProfile } from "#server/hardware/schema.ts";

/** What was not run, on which machine and software, and what was sealed. Unknown is said, never invented. */
export function RunNotes({ run, picture }: { run: RunSummary; picture: ReportPicture }) {
  const { fingerprint, data, notRun, configSha256, templateVersion, modified } = picture.header;
  const unknown = "unknown";
  return (
    <>
      <Note title="Not run">
        {notRun.length === 0 ? (
          <p>Nothing was left out.</p>
        ) : (
          <ul>
            {notRun.map(({ what, why }) => (
              <li key={what}>
                {what}: <span className="quiet">{why}</span>
              </li>
            ))}
          </ul>
        )}
      </Note>
      <Note title="Measured on" source={`${data.name}: ${data.answerRule}`}>
        <Facts
          facts={[
            { name: "Documents", value: formatNumber(data.documents) },
            {
              name: "Questions",
              value: `${formatNumber(data.questions)}, judged ${formatNumber(data.judged)}`,
            },
            { name: "Processor", value: fingerprint.cpu ?? unknown },
            { name: "Cores", value: fingerprint.cores ?? unknown },
            {
              name: "Memory",
              value: fingerprint.memoryBytes === null ? unknown : formatBytes(fingerprint.memoryBytes),
            },
            { name: "Device", value: fingerprint.gpu ?? fingerprint.device },
            { name: "System", value: fingerprint.os ?? unknown },
            { name: "Python", value: fingerprint.python },
            {
              name: "Global lock",
              value: fingerprint.gilEnabled === null ? unknown : fingerprint.gilEnabled ? "on" : "off",
            },
            { name: "Isolation", value: sayIsolation(run) },
            { name: "Lock file", value: <Hash value={fingerprint.lockSha256} /> },
            { name: "Data", value: <Hash value={fingerprint.dataSha256} /> },
            { name: "Commit", value: fingerprint.commit ? <code>{fingerprint.commit}</code> : unknown },
          ]}
        />
      </Note>
      <Note title="Sealed" source="Every figure here was recomputed from the raw records.">
        <p>
          Targets, load and seed, <Hash value={configSha256} />, template {templateVersion}.{" "}
          {sayPilot(run.modified, modified)}
        </p>
      </Note>
    </>
  );
}

/** A report from elsewhere may carry a configuration of ours while nobody looked at the files. */
function sayPilot(modified: boolean, compared: boolean | null): string {
  if (modified) return "The pilot is not the one that was handed out.";
  return compared === null
    ? "Its configuration is one that was handed out; nobody compared its files."
    : "Unchanged since the hand-out.";
}

/** What this machine can do, as the worker measured it once. */
export function MachineNote({ machine }: { machine: MachineProfile | null }) {
  if (machine === null) {
    return <Note title="This machine">Not measured yet. The worker does it once when it starts.</Note>;
  }
  const { matrixProduct, vectorScan, refused } = machine;
  return (
    <Note
      title="This machine"
      source={`Measured ${formatDay(machine.measuredAt, { year: true })}, middle of ${matrixProduct.gflops.repeats} repeats, spread in brackets.`}
    >
      <Facts
        facts={[
          { name: "Processor", value: `${machine.cpu ?? "unknown"}, ${machine.cores} cores` },
          { name: "Backend", value: `TensorFlow.js ${machine.backend} ${machine.backendVersion}` },
          { name: "Matrix product", value: sayRate(matrixProduct.gflops, "GFLOP/s") },
          { name: "Vector scan", value: sayRate(vectorScan.gigabytesPerSecond, "GB/s") },
          ...refused.map(({ backend, reason }) => ({ name: backend, value: reason })),
        ]}
      />
    </Note>
  );
}

export function RunFoot({ run }: { run: RunSummary }) {
  return (
    <>
      run <code>{run.runId.slice(-8)}</code>, {run.source === "upload" ? "uploaded" : "run here"},{" "}
      {formatDateTime(run.finishedAt)}
    </>
  );
}

function sayRate(rate: { median: number; lowest: number; highest: number }, unit: string): string {
  const say = (value: number) => formatNumber(value, { digits: value < 10 ? 1 : 0 });
  return `${say(rate.median)} ${unit} (${say(rate.lowest)} to ${say(rate.highest)})`;
}

function sayIsolation({ isolation, source }: RunSummary): string {
  if (source === "upload") return "ran elsewhere";
  if (typeof isolation !== "object" || isolation === null || !("level" in isolation)) return "unknown";
  return isolation.level === 1 ? "own process group, limits, no network" : "limits only, not isolated";
}

function Hash({ value }: { value: string | null }) {
  return value === null ? "unknown" : <code title={value}>{`${value.slice(0, 4)}…${value.slice(-4)}`}</code>;
}
