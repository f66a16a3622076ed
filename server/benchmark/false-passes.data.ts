export type RunCalibration = {
  requestsPerRun: number;
  utilisation: number;
  /** How often ten drained runs pass a system whose true p95 stands exactly on its target. Nominal is 0.05. */
  share: number;
  /** How often they pass one whose true p95 is at 0.8 or at 0.6 of the target. */
  passAt80Pct: number;
  passAt60Pct: number;
};

/**
 * What the latency verdict is worth, by requests a run and by how busy the one server is. Simulated queue with Poisson
 * arrivals and exponential service that starts in its steady state, seed 20261120, on 2026-11-20; 2,500 samples a false
 * pass (1,000 for 1,000 requests: +- 1 point) and 500 a true one (+- 2 points).
 */
export const FALSE_PASSES: readonly RunCalibration[] = [
  { requestsPerRun: 60, utilisation: 0.1, share: 0.03, passAt80Pct: 0.772, passAt60Pct: 1 },
  { requestsPerRun: 60, utilisation: 0.2, share: 0.043, passAt80Pct: 0.662, passAt60Pct: 0.964 },
  { requestsPerRun: 60, utilisation: 0.3, share: 0.054, passAt80Pct: 0.52, passAt60Pct: 0.902 },
  { requestsPerRun: 60, utilisation: 0.4, share: 0.048, passAt80Pct: 0.444, passAt60Pct: 0.81 },
  { requestsPerRun: 60, utilisation: 0.5, share: 0.03, passAt80Pct: 0.356, passAt60Pct: 0.782 },
  { requestsPerRun: 60, utilisation: 0.6, share: 0.003, passAt80Pct: 0.06, passAt60Pct: 0.488 },
  { requestsPerRun: 60, utilisation: 0.7, share: 0, passAt80Pct: 0, passAt60Pct: 0 },
  { requestsPerRun: 60, utilisation: 0.8, share: 0, passAt80Pct: 0, passAt60Pct: 0 },
  { requestsPerRun: 120, utilisation: 0.1, share: 0.037, passAt80Pct: 0.982, passAt60Pct: 1 },
  { requestsPerRun: 120, utilisation: 0.2, share: 0.034, passAt80Pct: 0.886, passAt60Pct: 0.998 },
  { requestsPerRun: 120, utilisation: 0.3, share: 0.045, passAt80Pct: 0.78, passAt60Pct: 0.98 },
  { requestsPerRun: 120, utilisation: 0.4, share: 0.052, passAt80Pct: 0.584, passAt60Pct: 0.942 },
  { requestsPerRun: 120, utilisation: 0.5, share: 0.058, passAt80Pct: 0.48, passAt60Pct: 0.846 },
  { requestsPerRun: 120, utilisation: 0.6, share: 0.044, passAt80Pct: 0.386, passAt60Pct: 0.822 },
  { requestsPerRun: 120, utilisation: 0.7, share: 0, passAt80Pct: 0.04, passAt60Pct: 0.454 },
  { requestsPerRun: 120, utilisation: 0.8, share: 0, passAt80Pct: 0, passAt60Pct: 0 },
  { requestsPerRun: 240, utilisation: 0.1, share: 0.033, passAt80Pct: 1, passAt60Pct: 1 },
  { requestsPerRun: 240, utilisation: 0.2, share: 0.04, passAt80Pct: 0.992, passAt60Pct: 1 },
  { requestsPerRun: 240, utilisation: 0.3, share: 0.05, passAt80Pct: 0.944, passAt60Pct: 1 },
  { requestsPerRun: 240, utilisation: 0.4, share: 0.047, passAt80Pct: 0.846, passAt60Pct: 0.998 },
  { requestsPerRun: 240, utilisation: 0.5, share: 0.054, passAt80Pct: 0.656, passAt60Pct: 0.964 },
  { requestsPerRun: 240, utilisation: 0.6, share: 0.065, passAt80Pct: 0.524, passAt60Pct: 0.884 },
  { requestsPerRun: 240, utilisation: 0.7, share: 0.039, passAt80Pct: 0.426, passAt60Pct: 0.824 },
  { requestsPerRun: 240, utilisation: 0.8, share: 0.001, passAt80Pct: 0.048, passAt60Pct: 0.446 },
  { requestsPerRun: 1000, utilisation: 0.1, share: 0.037, passAt80Pct: 1, passAt60Pct: 1 },
  { requestsPerRun: 1000, utilisation: 0.2, share: 0.038, passAt80Pct: 1, passAt60Pct: 1 },
  { requestsPerRun: 1000, utilisation: 0.3, share: 0.041, passAt80Pct: 1, passAt60Pct: 1 },
  { requestsPerRun: 1000, utilisation: 0.4, share: 0.044, passAt80Pct: 1, passAt60Pct: 1 },
  { requestsPerRun: 1000, utilisation: 0.5, share: 0.042, passAt80Pct: 0.996, passAt60Pct: 1 },
  { requestsPerRun: 1000, utilisation: 0.6, share: 0.033, passAt80Pct: 0.918, passAt60Pct: 1 },
  { requestsPerRun: 1000, utilisation: 0.7, share: 0.058, passAt80Pct: 0.72, passAt60Pct: 0.982 },
  { requestsPerRun: 1000, utilisation: 0.8, share: 0.051, passAt80Pct: 0.454, passAt60Pct: 0.882 },
];
