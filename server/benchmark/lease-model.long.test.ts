import { expect, test } from "vitest";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import { walkHistories } from "#server/testing/walk-histories.ts";
import { drawSeeded } from "./draw-seeded.ts";

/** 20,000 histories, 2,000 of them on PostgreSQL. */
const worlds = { sqlite: 720, postgres: 80 };
const jobs = 25;

onBothDatabases("the lease store", (database) => {
  test("agrees with a plain record of the rules over twenty thousand random histories", async () => {
    const { db, owner, settings } = database();
    let [steps, refused, ended] = [0, 0, 0];
    for (let world = 0; world < worlds[settings.provider]; world++) {
      const bits = drawSeeded(1_000_000 + world);
      const draw = () => bits() / 2 ** 32;
      const walked = await walkHistories(db, owner, { jobs, stepsPerJob: 8, draw });
      steps += walked.steps;
      refused += walked.refused;
      ended += walked.ended;
    }
    // A walk in which nothing is refused or nothing ends would prove nothing.
    expect(refused / steps).toBeGreaterThan(0.1);
    expect(ended / (worlds[settings.provider] * jobs)).toBeGreaterThan(0.3);
  }, 3_600_000);
});
