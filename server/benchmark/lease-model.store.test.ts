import { expect, test } from "vitest";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import { walkHistories } from "#server/testing/walk-histories.ts";
import { drawSeeded } from "./draw-seeded.ts";

/** 2,000 histories: most on SQLite, where a step costs less than a millisecond. */
const worlds = { sqlite: 72, postgres: 8 };
const jobs = 25;

onBothDatabases("the lease store", (database) => {
  test("agrees with a plain record of the rules over two thousand random histories", async () => {
    const { db, owner, settings } = database();
    let [steps, refused, ended] = [0, 0, 0];
    for (let world = 0; world < worlds[settings.provider]; world++) {
      const bits = drawSeeded(world + 1);
      const draw = () => bits() / 2 ** 32;
      const walked = await walkHistories(db, owner, { jobs, stepsPerJob: 8, draw });
      steps += walked.steps;
      refused += walked.refused;
      ended += walked.ended;
    }
    // A walk in which nothing is refused or nothing ends would prove nothing.
    expect(refused / steps).toBeGreaterThan(0.1);
    expect(ended / (worlds[settings.provider] * jobs)).toBeGreaterThan(0.3);
  }, 300_000);
});
