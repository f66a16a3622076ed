import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{app,server,prisma}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.store.test.ts", "**/*.long.test.ts"],
          setupFiles: ["server/testing/forbid-console.ts"],
        },
      },
      {
        test: {
          name: "store",
          include: ["server/**/*.store.test.ts"],
          globalSetup: ["server/testing/start-databases.ts"],
          setupFiles: ["server/testing/forbid-console.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "long",
          include: ["server/**/*.long.test.ts"],
          globalSetup: ["server/testing/start-databases.ts"],
          testTimeout: 900_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
