import { boundVerdict, type Interval } from "#server/benchmark/bound-verdict.ts";
import type { ClinicReport } from "#server/benchmark/clinic-schema.ts";
import { compareForms, findForm, pickWorkers, type SpeedUp } from "#server/benchmark/compare-rounds.ts";
import { pickPercentile } from "#server/benchmark/pick-percentile.ts";
import type { Verdict } from "#server/benchmark/schema.ts";

type Variant = ClinicReport["examples"][number]["variants"][number];

/** One form of an example over its rounds, and against the first form of the example, which is the plain one. */
export type DrawnForm = Pick<Variant, "name" | "workers"> & {
  medianMs: number;
  /** The middle half of the rounds. */
  lowerMs: number;
  upperMs: number;
  leastMs: number;
  mostMs: number;
  /** CPU time of the whole process tree over wall time, all rounds; 1 = one core kept busy. */
  cpuShare: number;
  /** Null for the plain form itself. */
  speedUp: SpeedUp | null;
};

export type ClinicPicture = {
  kind: "clinic";
  header: Pick<
    ClinicReport,
    | "runId"
    | "templateVersion"
    | "modified"
    | "startedAt"
    | "finishedAt"
    | "outcome"
    | "fingerprint"
    | "notRun"
    | "configSha256"
  >;
  rounds: number;
  examples: { id: ClinicReport["examples"][number]["id"]; forms: DrawnForm[] }[];
  /** The pool size that the promise is about. */
  workers: number;
  intervals: (Interval | null)[];
};

/** Of each end of a drawn speed-up. */
const DRAWN_ALPHA = 0.05;

export function summariseClinic(report: ClinicReport, verdicts: readonly Verdict[]): ClinicPicture {
  const { runId, templateVersion, modified, startedAt, finishedAt, outcome, fingerprint } = report;
  const { notRun, configSha256, config } = report;
  return {
    kind: report.kind,
    header: {
      runId,
      templateVersion,
      modified,
      startedAt,
      finishedAt,
      outcome,
      fingerprint,
      notRun,
      configSha256,
    },
    rounds: config.rounds,
    examples: report.examples.map(({ id, variants }) => {
      const plain = PLAIN[id] === null ? undefined : findForm(report, id, { name: PLAIN[id], workers: null });
      return { id, forms: variants.flatMap((variant) => drawForm(variant, plain)) };
    }),
    workers: pickWorkers(config.workers, fingerprint.cores),
    intervals: verdicts.map((verdict) => boundVerdict(report, verdict)),
  };
}

const PLAIN = { waiting: "sequential", computing: "serial", hot_function: "python", workload: null } as const;

function drawForm(variant: Variant, plain: Variant | undefined): DrawnForm[] {
  const { name, workers, wallMs, cpuMs } = variant;
  const at = (quantile: number) => pickPercentile(wallMs, quantile);
  const [medianMs, lowerMs, upperMs, mostMs] = [at(0.5), at(0.25), at(0.75), at(1)];
  if (medianMs === null || lowerMs === null || upperMs === null || mostMs === null) return [];
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return [
    {
      name,
      workers,
      medianMs,
      lowerMs,
      upperMs,
      leastMs: Math.min(...wallMs),
      mostMs,
      cpuShare: sum(cpuMs) / sum(wallMs),
      speedUp: plain === undefined || plain === variant ? null : compareForms(plain, variant, DRAWN_ALPHA),
    },
  ];
}
