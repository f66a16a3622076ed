import { expect, test } from "vitest";
import { drawSeeded } from "#server/benchmark/draw-seeded.ts";
import { onBothDatabases } from "./open-test-database.ts";
import { walkHistories } from "./walk-histories.ts";

const jobs = 25;

/** The lease store against a plain record of its rules: 25 random histories a world, each world with a seed of its own. */
export function testLeaseModel(
  worlds: { sqlite: number; postgres: number },
  firstSeed: number,
  limitMs: number,
) {
  onBothDatabases("the lease store", (database) => {
    test(
      "agrees with a plain record of the rules over random histories",
      async () => {
        const { db, owner, settings } = database();
        let [steps, refused, ended] = [0, 0, 0];
        for (let world = 0; world < worlds[settings.provider]; world++) {
          const bits = drawSeeded(firstSeed + world);
          const draw = () => bits() / 2 ** 32;
          const walked = await walkHistories(db, owner, { jobs, stepsPerJob: 8, draw });
          steps += walked.steps;
          refused += walked.refused;
          ended += walked.ended;
        }
        // A walk in which nothing is refused or nothing ends would prove nothing.
        expect(refused / steps).toBeGreaterThan(0.1);
        expect(ended / (worlds[settings.provider] * jobs)).toBeGreaterThan(0.3);
      },
      limitMs,
    );
  });
}
