import type { ClinicExample, ClinicReport, ClinicVariant } from "#server/benchmark/clinic-schema.ts";
import { pickMiddle } from "#server/benchmark/pick-middle.ts";
import { rankInterval } from "#server/benchmark/rank-interval.ts";
import type { ClinicMetric } from "#server/scaffold/clinic-schema.ts";

/** How many times faster one form is than another, from rounds that ran both. */
export type SpeedUp = {
  /** Median over the rounds of wall time of the plain form / wall time of this one; null without a common round. */
  value: number | null;
  /** Both one-sided bounds of the median; null where so few rounds show none. */
  low: number | null;
  high: number | null;
  n: number;
};

type Form = Pick<ClinicVariant, "name" | "workers">;

/** What each promise compares. The pool is as large as the machine has cores: said before, not picked afterwards. */
const PAIRS: Record<ClinicMetric, { example: ClinicExample; plain: string; fast: string }> = {
  gatherSpeedUp: { example: "waiting", plain: "sequential", fast: "gather" },
  processSpeedUp: { example: "computing", plain: "serial", fast: "processes" },
  nativeSpeedUp: { example: "hot_function", plain: "python", fast: "numpy" },
};

export function measureSpeedUp(report: ClinicReport, metric: ClinicMetric, alpha: number): SpeedUp {
  const { example, plain, fast } = PAIRS[metric];
  const workers = fast === "processes" ? pickWorkers(report.config.workers, report.fingerprint.cores) : null;
  return compareForms(
    findForm(report, example, { name: plain as Form["name"], workers: null }),
    findForm(report, example, { name: fast as Form["name"], workers }),
    alpha,
  );
}

/**
 * The ratio of each round, and order statistics of these ratios: whatever their distribution is, the median lies under
 * the k-th smallest with a chance of at most alpha. No average of times is compared, so one slow round moves no bound.
 */
export function compareForms(
  plain: ClinicVariant | undefined,
  fast: ClinicVariant | undefined,
  alpha: number,
): SpeedUp {
  const ratios = (plain?.wallMs ?? [])
    .flatMap((wallMs, round) => {
      const other = fast?.wallMs[round];
      return other === undefined ? [] : [wallMs / other];
    })
    .sort((a, b) => a - b);
  const n = ratios.length;
  if (n === 0) return { value: null, low: null, high: null, n };
  // `rankInterval` splits its level over two sides; here each side has its own.
  const { lower, upper } = rankInterval(n, 0.5, 2 * alpha);
  const at = (rank: number | null) => (rank === null ? null : (ratios[rank - 1] ?? null));
  return { value: pickMiddle(ratios), low: at(lower), high: at(upper), n };
}

/** The largest pool that the machine has cores for, else the smallest there is. */
export function pickWorkers(workers: readonly number[], cores: number | null): number {
  const fitting = workers.filter((count) => count <= (cores ?? 1));
  return fitting.length > 0 ? Math.max(...fitting) : Math.min(...workers);
}

export function findForm(
  report: ClinicReport,
  example: ClinicExample,
  form: Form,
): ClinicVariant | undefined {
  return report.examples
    .find(({ id }) => id === example)
    ?.variants.find(({ name, workers }) => name === form.name && workers === form.workers);
}
