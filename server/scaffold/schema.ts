import * as z from "zod";
import { ClinicConfig, ClinicMetric } from "./clinic-schema.ts";
import { MlopsConfig, MlopsMetric } from "./mlops-schema.ts";
import { defineTarget, Sha256, TemplateName, TemplateVersion } from "./pilot-schema.ts";
import { RagMetric, RagPilotConfig } from "./rag-schema.ts";

/** The name of a measured quantity, as it stands in `pilot.json` targets and in `report.json` metrics, of any pilot. */
export const MetricName = z.enum([...RagMetric.options, ...ClinicMetric.options, ...MlopsMetric.options]);
export type MetricName = z.infer<typeof MetricName>;

export const Target = defineTarget(MetricName);
export type Target = z.infer<typeof Target>;

/** One schema a template: `pilot.json` of each. */
export const PILOT_CONFIGS = {
  rag: RagPilotConfig,
  clinic: ClinicConfig,
  mlops: MlopsConfig,
} as const satisfies Record<TemplateName, z.ZodType>;
export type ConfigOf<Name extends TemplateName> = z.infer<(typeof PILOT_CONFIGS)[Name]>;

export const PilotConfig = z.discriminatedUnion("template", [RagPilotConfig, ClinicConfig, MlopsConfig]);
export type PilotConfig = z.infer<typeof PilotConfig>;

/** One handed-out file. Paths are relative and POSIX. */
export const ManifestEntry = z.strictObject({
  path: z.string().min(1).max(300),
  sha256: Sha256,
  bytes: z.int().min(0),
  executable: z.boolean(),
});
export type ManifestEntry = z.infer<typeof ManifestEntry>;

/** What the app writes for a project; every other file is the template's, also the documents to fill in. */
export const WRITTEN_PATHS: ReadonlySet<string> = new Set([
  "pilot.json",
  ...["charter.md", "decision.json", "manifest.json", "owners.md", "plan.json", "targets.json"].map(
    (name) => `handover/${name}`,
  ),
]);

/** A pick of the decision that the pilot does not run, and what it runs instead. */
export const NotExercised = z.strictObject({ layer: z.string(), pick: z.string(), why: z.string() });
export type NotExercised = z.infer<typeof NotExercised>;

/** `handover/manifest.json`: what was handed out, without itself. */
export const Manifest = z.strictObject({
  schemaVersion: z.literal(1),
  template: TemplateName,
  templateVersion: TemplateVersion,
  files: z.array(ManifestEntry).max(2_000),
});
export type Manifest = z.infer<typeof Manifest>;

/** One row of the list of hand-outs. */
export const Scaffold = z.strictObject({
  id: z.string().regex(/^scf_[0-9A-HJKMNP-TV-Z]{26}$/),
  template: TemplateName,
  templateVersion: TemplateVersion,
  config: PilotConfig,
  configSha256: Sha256,
  archiveSha256: Sha256,
  manifest: z.array(ManifestEntry),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type Scaffold = z.infer<typeof Scaffold>;
