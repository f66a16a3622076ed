import type { SweepPoint } from "#server/benchmark/job-schema.ts";

/**
 * The configuration a point of a sweep runs with: rate, k and search are its own, everything else as handed out. A
 * configuration without a search comes back as it is.
 */
export function varyConfig<Config extends object>(config: Config, point: SweepPoint | undefined): Config {
  if (point === undefined || !("retrieval" in config) || !("workload" in config)) return config;
  const { arrivalsPerSecond, k, mode } = point;
  return {
    ...config,
    retrieval: { ...(config.retrieval as object), mode, k },
    workload: { ...(config.workload as object), arrivalsPerSecond },
  };
}
