import * as z from "zod";
import { DisplayName, PresetId } from "./schema.ts";

export const ImpactId = z.enum(["time", "revenue", "objective", "learning"]);
export type ImpactId = z.infer<typeof ImpactId>;

/** Low is good. */
export const FrictionId = z.enum(["data", "integration", "risk", "change", "evaluation"]);
export type FrictionId = z.infer<typeof FrictionId>;

export const FitId = z.enum(["unique", "mode", "wrong_cost", "simpler"]);
export type FitId = z.infer<typeof FitId>;

/** What ends a candidate, or keeps it from being accelerated, whatever its scores say. */
export const StopId = z.enum(["baseline", "data_use", "prohibited", "stakeholder"]);
export type StopId = z.infer<typeof StopId>;

/** By an anchor of the catalogue. Null: nobody knows, which is never read as a middle. */
export const Score = z.int().min(1).max(5).nullable();
export type Score = z.infer<typeof Score>;

export const Check = z.enum(["yes", "no", "unknown"]);
export type Check = z.infer<typeof Check>;

/** Something people type about a candidate: one line, without control or direction characters. */
const OneLine = z
  .string()
  .max(1_000)
  .transform((text) => text.normalize("NFC").trim())
  .superRefine((text, ctx) => {
    const length = [...text].length;
    if (length > 300) {
      const message = `This takes at most 300 characters; it has ${length}.`;
      ctx.addIssue({ code: "custom", params: { code: "TEXT_LENGTH" }, message });
    }
    const at = [...text].findIndex((c) => /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(c));
    if (at >= 0) {
      const message = `The text contains a control or direction character at position ${at + 1}.`;
      ctx.addIssue({ code: "custom", params: { code: "TEXT_CHARACTERS" }, message });
    }
  });

const Amount = z.number().min(0).max(1e12).nullable();

/** What the business counts. Without a baseline nobody can say later that it got better. */
export const BusinessMetric = z.strictObject({
  name: DisplayName,
  unit: OneLine,
  baseline: Amount,
  target: Amount,
});
export type BusinessMetric = z.infer<typeof BusinessMetric>;

/** What the pilot's benchmark measures. */
export const TechnicalMetric = z.strictObject({
  name: DisplayName,
  unit: OneLine,
  comparison: z.enum(["below", "above"]),
  target: Amount,
});
export type TechnicalMetric = z.infer<typeof TechnicalMetric>;

const listOf = <Metric extends z.ZodType<{ name: string }>>(metric: Metric, most: number) =>
  z
    .array(metric)
    .max(most)
    .superRefine((metrics, ctx) => {
      metrics.forEach(({ name }, index) => {
        if (metrics.findIndex((one) => one.name === name) === index) return;
        const message = `Two metrics are called ${name}.`;
        ctx.addIssue({ code: "custom", path: [index, "name"], params: { code: "ID_TWICE" }, message });
      });
    });

/** All that is said of one candidate. Empty text and null both mean: not said yet. */
export const EntryBody = z.strictObject({
  /** What filled it at first; a value that is still the preset's says so. */
  presetId: PresetId.nullable(),
  problem: OneLine,
  today: OneLine,
  users: z.int().min(0).max(1e9).nullable(),
  casesPerMonth: z.number().min(0).max(1e9).nullable(),
  minutesSavedPerCase: z.number().min(0).max(1e5).nullable(),
  impact: z.strictObject({ time: Score, revenue: Score, objective: Score, learning: Score }),
  friction: z.strictObject({
    data: Score,
    integration: Score,
    risk: Score,
    change: Score,
    evaluation: Score,
  }),
  fit: z.strictObject({
    unique: Check,
    mode: z.enum(["augment", "automate", "unknown"]),
    wrong_cost: z.enum(["small", "noticed", "severe", "unknown"]),
    simpler: Check,
  }),
  stops: z.strictObject({ baseline: Check, data_use: Check, prohibited: Check, stakeholder: Check }),
  scope: OneLine,
  owner: OneLine,
  business: listOf(BusinessMetric, 3),
  technical: listOf(TechnicalMetric, 4),
});
export type EntryBody = z.infer<typeof EntryBody>;

export const EntryPointId = z
  .string()
  .regex(/^ept_[0-9A-HJKMNP-TV-Z]{26}$/, "An entry point's id looks like ept_01H….");
export type EntryPointId = z.infer<typeof EntryPointId>;

/** A candidate: where the pilot could begin. */
export const EntryPoint = EntryBody.extend({
  id: EntryPointId,
  title: DisplayName,
  chosen: z.boolean(),
  version: z.int().min(1),
  updatedAt: z.iso.datetime(),
});
export type EntryPoint = z.infer<typeof EntryPoint>;

/** More candidates than this are not compared, they are collected. */
export const ENTRY_POINTS_AT_MOST = 12;

/** A candidate as a file carries it. */
export const EntryPointDraft = EntryBody.extend({ title: DisplayName, chosen: z.boolean() });
export type EntryPointDraft = z.infer<typeof EntryPointDraft>;

/** The candidates of one project: titles differ, one at most is chosen. */
export const EntryPointDrafts = z
  .array(EntryPointDraft)
  .max(ENTRY_POINTS_AT_MOST)
  .superRefine((drafts, ctx) => {
    const titles = drafts.map(({ title }) => title.toLowerCase());
    const chosen = drafts.findIndex((draft) => draft.chosen);
    drafts.forEach((draft, index) => {
      if (titles.indexOf(titles[index] ?? "") !== index) {
        const message = `Two candidates are called ${draft.title}.`;
        ctx.addIssue({ code: "custom", path: [index, "title"], params: { code: "ENTRY_TAKEN" }, message });
      }
      if (draft.chosen && index !== chosen) {
        const message = "Two candidates are chosen; a project begins with one.";
        ctx.addIssue({
          code: "custom",
          path: [index, "chosen"],
          params: { code: "ENTRY_TWO_CHOSEN" },
          message,
        });
      }
    });
  });
export type EntryPointDrafts = z.infer<typeof EntryPointDrafts>;

/** Candidates as a file of their own, to be added to another project. */
export const EntryPointsFile = z.strictObject({
  schemaVersion: z.literal(1),
  entryPoints: EntryPointDrafts.min(1),
});
export type EntryPointsFile = z.infer<typeof EntryPointsFile>;

export const Zone = z.enum(["accelerate", "incubate", "research", "shelve"]);
export type Zone = z.infer<typeof Zone>;

/** A mean that unknown scores leave open: `low` and `high` are its ends when they turn out 1 or 5. */
export const Spread = z.strictObject({
  low: z.number(),
  high: z.number(),
  known: z.int(),
  outOf: z.int(),
});
export type Spread = z.infer<typeof Spread>;
