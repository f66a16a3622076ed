import { testWorkerDeaths } from "#server/testing/test-worker-deaths.ts";

// Ten points on each database.
testWorkerDeaths({ points: 10, jobs: 8 });
