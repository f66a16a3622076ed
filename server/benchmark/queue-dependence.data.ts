/**
 * By how much requests of one run depend on each other in the simplest queue there is (one server, Poisson arrivals,
 * exponential service): the variance of "how many of a run were over their true quantile" against what independent
 * requests would show. Simulated on 2026-11-20 with seed 7, 6 million requests a cell (utilisation 0.1 and 0.2: seed
 * 20261120, 1.2 million); good to about 3 % up to 0.6 and 10 % at 0.8. One column a utilisation of `UTILISATIONS`.
 */
export const UTILISATIONS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8] as const;

export const QUEUE_DEPENDENCE: readonly {
  quantile: number;
  requestsPerRun: number;
  designEffects: readonly number[];
}[] = [
  { quantile: 0.5, requestsPerRun: 60, designEffects: [1.15, 1.37, 1.72, 2.3, 3.32, 5.19, 8.61, 16.2] },
  { quantile: 0.5, requestsPerRun: 120, designEffects: [1.16, 1.36, 1.73, 2.33, 3.4, 5.39, 9.7, 19.9] },
  { quantile: 0.5, requestsPerRun: 240, designEffects: [1.12, 1.35, 1.7, 2.34, 3.41, 5.51, 9.99, 22.8] },
  { quantile: 0.5, requestsPerRun: 1000, designEffects: [1.19, 1.4, 1.74, 2.4, 3.49, 5.62, 10.6, 24.8] },
  { quantile: 0.95, requestsPerRun: 60, designEffects: [1.43, 2.02, 2.97, 4.54, 7.19, 11.5, 19.4, 30.8] },
  { quantile: 0.95, requestsPerRun: 120, designEffects: [1.45, 2.07, 3.02, 4.67, 7.57, 12.4, 22.5, 44.4] },
  { quantile: 0.95, requestsPerRun: 240, designEffects: [1.37, 2.03, 3.07, 4.72, 7.71, 12.8, 25.6, 56] },
  { quantile: 0.95, requestsPerRun: 1000, designEffects: [1.42, 1.98, 3.06, 4.68, 7.79, 13.1, 25.7, 67.7] },
  { quantile: 0.99, requestsPerRun: 60, designEffects: [1.48, 2.19, 3.27, 4.82, 7.65, 12.6, 19.7, 33.1] },
  { quantile: 0.99, requestsPerRun: 120, designEffects: [1.43, 2.23, 3.32, 5.2, 8.06, 13.8, 25.1, 48.3] },
  { quantile: 0.99, requestsPerRun: 240, designEffects: [1.51, 2.22, 3.31, 5.11, 8.29, 15.2, 25.6, 61] },
  { quantile: 0.99, requestsPerRun: 1000, designEffects: [1.57, 2.11, 3.16, 5.23, 8.72, 16.3, 31.4, 76.7] },
];
