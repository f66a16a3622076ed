import type { ReactNode } from "react";
import { Facts } from "#app/_components/facts.tsx";
import { Note } from "#app/_components/note.tsx";
import { readWords } from "#app/_words/server.ts";
import type { RunSummary } from "#server/benchmark/schema.ts";
import type { RagPicture } from "#server/benchmark/summarise-rag.ts";
import type { MachineProfile } from "#server/hardware/schema.ts";
import type { BenchmarkWords } from "./say-metric.ts";

type Shown = {
  run: RunSummary;
  picture: RagPicture;
  /** The hash on the job's row, written before the run started; null where no job of ours ran it. */
  seal: string | null;
};

/** What was not run, on which machine and software, and what was sealed. Unknown is said, never invented. */
export async function RunNotes({ run, picture, seal }: Shown) {
  const { fingerprint, data, notRun, configSha256, templateVersion, modified } = picture.header;
  const words = await readWords("benchmark");
  const { say, format } = words;
  const unknown = say("unknown");
  return (
    <>
      <Note title={say("margin.notRun")}>
        {notRun.length === 0 ? (
          <p>{say("margin.nothingLeftOut")}</p>
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
      <Note title={say("margin.measuredOn")} source={`${data.name}: ${data.answerRule}`}>
        <Facts
          facts={[
            { name: say("margin.documents"), value: format.number(data.documents) },
            {
              name: say("margin.questions"),
              value: say("margin.judged", {
                questions: format.number(data.questions),
                judged: format.number(data.judged),
              }),
            },
            { name: say("margin.processor"), value: fingerprint.cpu ?? unknown },
            { name: say("margin.cores"), value: fingerprint.cores ?? unknown },
            {
              name: say("margin.memory"),
              value: fingerprint.memoryBytes === null ? unknown : format.bytes(fingerprint.memoryBytes),
            },
            { name: say("margin.device"), value: fingerprint.gpu ?? fingerprint.device },
            { name: say("margin.system"), value: fingerprint.os ?? unknown },
            { name: say("margin.python"), value: fingerprint.python },
            {
              name: say("margin.globalLock"),
              value:
                fingerprint.gilEnabled === null
                  ? unknown
                  : say(fingerprint.gilEnabled ? "margin.on" : "margin.off"),
            },
            { name: say("margin.isolation"), value: sayIsolation(run, say) },
            { name: say("margin.lockFile"), value: sayHash(fingerprint.lockSha256) ?? unknown },
            { name: say("margin.data"), value: sayHash(fingerprint.dataSha256) },
            {
              name: say("margin.commit"),
              value: fingerprint.commit ? <code>{fingerprint.commit}</code> : unknown,
            },
          ]}
        />
      </Note>
      <Note title={say("margin.sealed")} source={say("margin.recomputed")}>
        <p>
          {say.rich("margin.sealedWhat", {
            templateVersion,
            pilot: sayPilot(run.modified, modified, say),
            hash: () => sayHash(configSha256),
          })}
        </p>
        <p>{sayPlan(picture.sealed, words)}</p>
        <p>{say(seal === null ? "margin.sealedLater" : "margin.sealedFirst")}</p>
      </Note>
    </>
  );
}

/** Which sample was going to judge which target at which level: said before, printed beside the verdict. */
function sayPlan({ plan, sha256 }: RagPicture["sealed"], { say, format }: BenchmarkWords): ReactNode {
  const tests = plan.tests.map(({ metric, alpha, n, unit }) =>
    say("margin.planned", {
      metric: say(`metric.${metric}`),
      alpha: format.number(alpha),
      n: format.number(n),
      unit: say(`margin.unit.${unit}`),
    }),
  );
  return say.rich("margin.plan", {
    hash: () => sayHash(sha256),
    tests: tests.join(", "),
    seed: String(plan.seed),
  });
}

/** A report from elsewhere may carry a configuration of ours while nobody looked at the files. */
function sayPilot(modified: boolean, compared: boolean | null, say: BenchmarkWords["say"]): string {
  if (modified) return say("margin.pilotModified");
  return say(compared === null ? "margin.pilotNotCompared" : "margin.pilotUnchanged");
}

/** What this machine can do, as the worker measured it once. */
export async function MachineNote({ machine }: { machine: MachineProfile | null }) {
  const words = await readWords("benchmark");
  const { say, format } = words;
  if (machine === null) return <Note title={say("machine.title")}>{say("machine.notMeasured")}</Note>;
  const { matrixProduct, vectorScan, refused } = machine;
  return (
    <Note
      title={say("machine.title")}
      source={say("machine.source", {
        day: format.day(machine.measuredAt, { year: true }),
        repeats: format.number(matrixProduct.gflops.repeats),
      })}
    >
      <Facts
        facts={[
          {
            name: say("margin.processor"),
            value: say("machine.withCores", {
              cpu: machine.cpu ?? say("unknown"),
              cores: format.number(machine.cores),
            }),
          },
          {
            name: say("machine.backend"),
            value: `TensorFlow.js ${machine.backend} ${machine.backendVersion}`,
          },
          { name: say("machine.matrixProduct"), value: sayRate(matrixProduct.gflops, "GFLOP/s", words) },
          { name: say("machine.vectorScan"), value: sayRate(vectorScan.gigabytesPerSecond, "GB/s", words) },
          ...refused.map(({ backend, reason }) => ({ name: backend, value: reason })),
        ]}
      />
    </Note>
  );
}

export async function RunFoot({ run }: { run: RunSummary }) {
  const { say, format } = await readWords("benchmark");
  return say.rich(run.source === "upload" ? "foot.uploaded" : "foot.ranHere", {
    run: run.runId.slice(-8),
    time: format.dateTime(run.finishedAt),
    code: (id) => <code>{id}</code>,
  });
}

function sayRate(
  rate: { median: number; lowest: number; highest: number },
  unit: string,
  { say, format }: BenchmarkWords,
): string {
  const write = (value: number) => format.number(value, { digits: value < 10 ? 1 : 0 });
  const [median, lowest, highest] = [rate.median, rate.lowest, rate.highest].map(write) as [
    string,
    string,
    string,
  ];
  return say("machine.rate", { median, unit, lowest, highest });
}

function sayIsolation({ isolation, source }: RunSummary, say: BenchmarkWords["say"]): string {
  if (source === "upload") return say("margin.ranElsewhere");
  if (typeof isolation !== "object" || isolation === null || !("level" in isolation)) return say("unknown");
  return say(isolation.level === 1 ? "margin.isolated" : "margin.notIsolated");
}

function sayHash(value: string | null) {
  return value && <code title={value}>{`${value.slice(0, 4)}…${value.slice(-4)}`}</code>;
}
