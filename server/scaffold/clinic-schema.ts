import * as z from "zod";
import { defineTarget, PilotProject, PilotTitle, Seed, TemplateVersion } from "./pilot-schema.ts";

/** How many times faster than its plain form, median over the rounds; null where the machine could not run both. */
export const ClinicMetric = z.enum(["gatherSpeedUp", "processSpeedUp", "nativeSpeedUp"]);
export type ClinicMetric = z.infer<typeof ClinicMetric>;

export const ClinicTarget = defineTarget(ClinicMetric);
export type ClinicTarget = z.infer<typeof ClinicTarget>;

/** `pilot.json` of the performance clinic: three worked examples, each in several forms, on the reader's own machine. */
export const ClinicConfig = z.strictObject({
  schemaVersion: z.literal(1),
  template: z.literal("clinic"),
  templateVersion: TemplateVersion,
  projectId: PilotProject,
  title: PilotTitle,
  targets: z.array(ClinicTarget).min(1).max(12),
  /** Each round runs every form once in a drawn order. From ten on one odd round does not decide the 95 % bound. */
  rounds: z.int().min(10).max(100),
  /** Threads and processes of the speed-up curve, each once, rising. */
  workers: z.array(z.int().min(1).max(256)).min(1).max(12),
  seed: Seed,
  examples: z.strictObject({
    /** Calls that wait for somebody else: a network, a disk. */
    waiting: z.strictObject({
      calls: z.int().min(1).max(10_000),
      delayMs: z.number().positive().max(10_000),
    }),
    /** Pieces of work that keep a core busy, so many of so large. */
    computing: z.strictObject({
      tasks: z.int().min(1).max(10_000),
      workPerTask: z.int().min(1).max(1_000_000_000),
    }),
    /** One hot loop over so many numbers. */
    hotFunction: z.strictObject({ size: z.int().min(1).max(100_000_000) }),
  }),
});
export type ClinicConfig = z.infer<typeof ClinicConfig>;
