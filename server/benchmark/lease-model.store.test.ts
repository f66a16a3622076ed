import { testLeaseModel } from "#server/testing/test-lease-model.ts";

// 2,000 histories: most on SQLite, where a step costs less than a millisecond.
testLeaseModel({ sqlite: 72, postgres: 8 }, 1, 300_000);
