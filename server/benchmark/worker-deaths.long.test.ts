import { testWorkerDeaths } from "#server/testing/test-worker-deaths.ts";

// A hundred points on each database.
testWorkerDeaths({ points: 100, jobs: 40 });
