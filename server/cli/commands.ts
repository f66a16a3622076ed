import type { Command } from "./command.ts";

/** Loaded on demand: `decide` must not pay for the database. */
export const commands: Record<string, () => Promise<Command>> = {
  decide: async () => (await import("./decide.ts")).decide,
  record: async () => (await import("./record.ts")).record,
  team: async () => (await import("./team.ts")).team,
  plan: async () => (await import("./plan.ts")).plan,
  "hand-out": async () => (await import("./hand-out.ts")).handOut,
  bench: async () => (await import("./bench.ts")).bench,
  verdict: async () => (await import("./verdict.ts")).verdict,
  judge: async () => (await import("./judge.ts")).judge,
  runs: async () => (await import("./runs.ts")).runs,
  project: async () => (await import("./project.ts")).project,
  contracts: async () => (await import("./contracts.ts")).contracts,
};
