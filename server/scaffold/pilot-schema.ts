import * as z from "zod";

/** Words that `pilot.json` of every template shares. */

/** The folder below `pilot-templates`, and what a configuration and a report say they are of. */
export const TemplateName = z.enum(["rag", "clinic", "mlops"]);
export type TemplateName = z.infer<typeof TemplateName>;

/** Those that are a project's own pilot; the clinic is handed out beside it and promises nothing of the project. */
export const ProjectTemplate = TemplateName.exclude(["clinic"]);
export type ProjectTemplate = z.infer<typeof ProjectTemplate>;

export const TemplateVersion = z.string().regex(/^\d+\.\d+\.\d+$/);

/** Null when handed out by the terminal. */
export const PilotProject = z
  .string()
  .regex(/^prj_[0-9A-HJKMNP-TV-Z]{26}$/)
  .nullable();

/** Free text of people: NFC, no control or direction characters. It lives in data files only, never in code or paths. */
export const PilotTitle = z
  .string()
  .min(1)
  // Code points, as JSON Schema and the pilot count; zod's own `max` would count a rocket twice.
  .refine((title) => [...title].length <= 120, { message: "A title has at most 120 characters" })
  .meta({ maxLength: 120 });

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Of whatever a pilot draws by chance. */
export const Seed = z.int().min(0).max(2_147_483_647);

/** The name of an environment variable, never what it holds. */
export const VariableName = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/);

/** What a pilot of one kind promises before it is measured. Comparison is strict: a value equal to the target misses it. */
export function defineTarget<Names extends Readonly<Record<string, string>>>(metric: z.ZodEnum<Names>) {
  return z.strictObject({
    metric,
    comparison: z.enum(["gt", "lt"]),
    value: z.number().min(0).max(1e9),
    /** One-sided. 0.95 is the house default (alpha 0.05); nothing below it may be called proof. */
    confidence: z.number().min(0.9).max(0.999).default(0.95),
  });
}

/** Open-loop load. Under ten runs independence cannot be shown, so every verdict on latency would be inconclusive. */
export const Workload = z.strictObject({
  arrivals: z.enum(["poisson", "constant"]),
  arrivalsPerSecond: z.number().positive().max(1000),
  runs: z.int().min(1).max(100),
  requestsPerRun: z.int().min(1).max(10_000),
  warmupRequests: z.int().min(0).max(1000),
  timeoutSeconds: z.number().positive().max(600),
  seed: Seed,
});
export type Workload = z.infer<typeof Workload>;
