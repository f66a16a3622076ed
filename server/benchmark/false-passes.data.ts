/**
 * How often ten drained runs pass a system whose true p95 stands exactly on its target, by requests a run and by how
 * busy the one server is. Simulated M/M/1 queue, 1,500 samples a cell (600 for 1,000 requests), so +- 2 points.
 * Nominal is 0.05; what is above it is dependence that a run of this length cannot show.
 */
export const FALSE_PASSES: readonly { requestsPerRun: number; utilisation: number; share: number }[] = [
  { requestsPerRun: 60, utilisation: 0.1, share: 0.03 },
  { requestsPerRun: 60, utilisation: 0.3, share: 0.05 },
  { requestsPerRun: 60, utilisation: 0.5, share: 0.08 },
  { requestsPerRun: 60, utilisation: 0.7, share: 0.18 },
  { requestsPerRun: 60, utilisation: 0.8, share: 0.28 },
  { requestsPerRun: 240, utilisation: 0.1, share: 0.04 },
  { requestsPerRun: 240, utilisation: 0.3, share: 0.04 },
  { requestsPerRun: 240, utilisation: 0.5, share: 0.06 },
  { requestsPerRun: 240, utilisation: 0.7, share: 0.1 },
  { requestsPerRun: 240, utilisation: 0.8, share: 0.15 },
  { requestsPerRun: 1000, utilisation: 0.1, share: 0.04 },
  { requestsPerRun: 1000, utilisation: 0.3, share: 0.04 },
  { requestsPerRun: 1000, utilisation: 0.5, share: 0.05 },
  { requestsPerRun: 1000, utilisation: 0.7, share: 0.06 },
  { requestsPerRun: 1000, utilisation: 0.8, share: 0.07 },
];
