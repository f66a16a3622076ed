import * as z from "zod";
import { PilotProject, Sha256, TemplateVersion } from "#server/scaffold/pilot-schema.ts";

/** Words that `report.json` of every kind shares. */

/** New for every `bench`; the app stores a report once. */
export const RunId = z.string().regex(/^run_[0-9A-HJKMNP-TV-Z]{26}$/);

const InstantUtc = z.iso.datetime();
const Milliseconds = z.number().min(0).max(86_400_000);

/** Machine and software; unknown is null, never invented. */
export const Fingerprint = z.strictObject({
  cpu: z.string().max(200).nullable(),
  cores: z.int().min(1).nullable(),
  memoryBytes: z.int().min(1).nullable(),
  os: z.string().max(200).nullable(),
  device: z.enum(["cpu", "cuda"]),
  gpu: z.string().max(200).nullable(),
  driver: z.string().max(100).nullable(),
  python: z.string().max(100),
  gilEnabled: z.boolean().nullable(),
  packages: z.record(z.string(), z.string()),
  lockSha256: Sha256.nullable(),
  dataSha256: Sha256,
  commit: z.string().max(100).nullable(),
});
export type Fingerprint = z.infer<typeof Fingerprint>;

/** Which run of which configuration it was. */
export const RUN = {
  runId: RunId,
  templateVersion: TemplateVersion,
  /**
   * Whether the files that ran differ from what Pilotage handed out; null = nobody compared, e.g. run by hand.
   * A pilot cannot know it of itself: whoever runs it compares and writes it in.
   */
  modified: z.boolean().nullable(),
  projectId: PilotProject,
  /** sha256 of the canonical JSON of `config` (sorted keys, no blanks): sealed before the run starts. */
  configSha256: Sha256,
};

/** When it ran, how it ended and on which machine. */
export const END = {
  startedAt: InstantUtc,
  finishedAt: InstantUtc,
  outcome: z.discriminatedUnion("status", [
    z.strictObject({ status: z.literal("completed") }),
    z.strictObject({
      status: z.literal("failed"),
      stage: z.string().min(1).max(60),
      reason: z.string().min(1).max(1_000),
    }),
  ]),
  fingerprint: Fingerprint,
};

export const NotRun = z
  .array(z.strictObject({ what: z.string().min(1).max(200), why: z.string().min(1).max(400) }))
  .max(40);

/** One request of the open-loop load. All times in milliseconds since the start of its run. */
export const RequestRecord = z.strictObject({
  run: z.int().min(0).max(99),
  index: z.int().min(0).max(9_999),
  questionId: z.string().min(1).max(200),
  scheduledMs: Milliseconds,
  sentMs: Milliseconds,
  firstByteMs: Milliseconds.nullable(),
  /** Null when no complete answer came. */
  doneMs: Milliseconds.nullable(),
  status: z.enum(["ok", "error", "timeout"]),
  error: z.string().max(300).nullable(),
});
export type RequestRecord = z.infer<typeof RequestRecord>;

/** One stage of the answer path in the first pass (no load). `side` parts our own code from the model's. */
export const StageTiming = z.strictObject({
  name: z.string().min(1).max(60),
  side: z.enum(["wrapper", "model"]),
  calls: z.int().min(1),
  wallMs: z.number().min(0),
  cpuMs: z.number().min(0),
});
export type StageTiming = z.infer<typeof StageTiming>;
