import { testLeaseModel } from "#server/testing/test-lease-model.ts";

// 20,000 histories, 2,000 of them on PostgreSQL.
testLeaseModel({ sqlite: 720, postgres: 80 }, 1_000_000, 3_600_000);
