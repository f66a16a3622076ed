import * as z from "zod";
import { Answers, AnswerValue, QuestionId } from "#server/brief/schema.ts";

export const Slug = z.string().regex(/^[a-z][a-z0-9_-]{0,40}$/);
export const RuleId = z.string().regex(/^[A-Z]{3}-\d{1,3}[a-z]?$/);
const IsoDate = z.iso.date();

/** A number, or the present answer to another question: measured cost against its target. */
const Operand = z.union([z.number(), z.strictObject({ q: QuestionId })]);
const Literal = z.union([z.string(), z.number(), z.boolean()]);

/** One comparison of one answer. Exactly one operator stands beside `q`. */
export const Comparison = z
  .strictObject({
    q: QuestionId,
    eq: Literal.optional(),
    ne: Literal.optional(),
    in: z.array(Literal).min(1).optional(),
    nin: z.array(Literal).min(1).optional(),
    gte: Operand.optional(),
    gt: Operand.optional(),
    lte: Operand.optional(),
    lt: Operand.optional(),
    has: z.string().optional(),
    lacks: z.string().optional(),
    known: z.boolean().optional(),
  })
  .refine((comparison) => Object.keys(comparison).length === 2, "One operator stands beside q.");
export type Comparison = z.infer<typeof Comparison>;

export type Condition =
  | Comparison
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { always: true };
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    Comparison,
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
    z.strictObject({ not: Condition }),
    z.strictObject({ always: z.literal(true) }),
  ]),
);

/** Who says so. The interface shows title and date, never an internal number. */
export const Source = z.strictObject({
  id: Slug,
  kind: z.enum(["guide", "issue", "standard", "house"]),
  title: z.string().min(1),
  /** As exact as it is known: a year, a month or a day. */
  date: z.string().regex(/^\d{4}(-\d{2}){0,2}$/),
});
export type Source = z.infer<typeof Source>;

export const Evidence = z.strictObject({ source: Slug, place: z.string().min(1) });
export type Evidence = z.infer<typeof Evidence>;

/** A statement of a guide. It stays a claim until a benchmark or a source supports or contradicts it. */
export const Claim = z.strictObject({
  id: Slug,
  text: z.string().min(1).max(200),
  source: Slug,
  status: z.enum(["unverified", "supported", "contradicted"]),
  evidence: z.array(Evidence),
  /** What would test it, or what the evidence says. */
  test: z.string().max(200).nullable(),
});
export type Claim = z.infer<typeof Claim>;

/** A table to read: what the guides teach beside the rules. */
export const Lesson = z.strictObject({
  id: Slug,
  title: z.string().min(1),
  reading: z.string().min(1),
  columns: z.array(z.string()).min(2).max(5),
  rows: z.array(z.array(z.string())).min(1),
  sources: z.array(Slug).min(1),
});
export type Lesson = z.infer<typeof Lesson>;

export const Confidence = z.enum(["high", "medium", "low"]);
export type Confidence = z.infer<typeof Confidence>;

const common = {
  id: RuleId,
  /** Null for a rule about the whole project. */
  layer: Slug.nullable(),
  when: Condition,
  because: z.string().min(1).max(200),
  evidence: z.array(Evidence).min(1),
  /** Where the numbers of the condition come from. House numbers are ours and may be argued with. */
  thresholds: z.record(
    QuestionId,
    z.strictObject({
      value: z.number(),
      provenance: z.enum(["guide", "user", "measured", "house", "external"]),
    }),
  ),
  reviewBy: IsoDate,
};

export const Rule = z.discriminatedUnion("kind", [
  /** Adds `effect x weight x confidence` points. */
  z.strictObject({
    ...common,
    kind: z.literal("score"),
    effects: z.record(Slug, z.int().min(-10).max(10)),
    weight: z.int().min(1).max(3),
    confidence: Confidence,
  }),
  /** Removes options; always shown with its reason. */
  z.strictObject({ ...common, kind: z.literal("veto"), targets: z.array(Slug).min(1) }),
  /** A demand. At stage `pick` the targets are blocked until `needs` holds; at `promotion` nothing is blocked here. */
  z.strictObject({
    ...common,
    kind: z.literal("require"),
    stage: z.enum(["pick", "promotion"]),
    targets: z.array(Slug),
    needs: Condition.nullable(),
    demands: z.string().min(1).max(200),
  }),
  /** A warning, with tasks and risks to add. No points. */
  z.strictObject({
    ...common,
    kind: z.literal("guard"),
    adds: z.array(z.string().regex(/^(task|risk):[\w-]+$/)),
  }),
  /** Fills an answer that nobody gave. */
  z.strictObject({
    ...common,
    kind: z.literal("derive"),
    fills: z.strictObject({ question: QuestionId, value: AnswerValue }),
  }),
]);
export type Rule = z.infer<typeof Rule>;

/** `any`: every team can build it, for example a call to a vendor. */
export const Language = z.enum([
  "any",
  "python",
  "typescript",
  "go",
  "rust",
  "cpp",
  "java",
  "csharp",
  "julia",
]);

export const Option = z.strictObject({
  id: Slug,
  label: z.string().min(1).max(40),
  /** The answer to the layer's question, as a sentence. */
  answer: z.string().min(1).max(120),
  /** Any one of them is enough to build it. */
  languages: z.array(Language).min(1),
  skills: z.array(z.strictObject({ skill: z.string().regex(/^S\d{2}$/), level: z.int().min(1).max(4) })),
});
export type Option = z.infer<typeof Option>;

export const Layer = z.strictObject({
  id: Slug,
  name: z.string().min(1).max(30),
  question: z.string().min(1).max(80),
  appliesWhen: Condition,
  /** Ordered from least to most to operate: the order breaks ties of the team pick. */
  options: z.array(Option).min(2),
});
export type Layer = z.infer<typeof Layer>;

export const RuleSet = z.strictObject({
  id: Slug,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  engine: z.literal(1),
  effectiveFrom: IsoDate,
  expiresAt: IsoDate,
  changelog: z.array(z.string().min(1)),
  sources: z.array(Source).min(1),
  layers: z.array(Layer).min(1),
  rules: z.array(Rule).min(1),
});
export type RuleSet = z.infer<typeof RuleSet>;

export const LayerStatus = z.enum(["decided", "fragile", "tie", "undecided", "blocked", "not_applicable"]);
export type LayerStatus = z.infer<typeof LayerStatus>;

/** A rule that fired on this layer, with the answers it read. `effects` is empty unless it scores. */
export const FiredRule = z.strictObject({
  rule: RuleId,
  kind: z.enum(["score", "veto", "guard", "require"]),
  because: z.string(),
  answers: Answers,
  effects: z.record(Slug, z.int()),
  /** effect x weight x confidence, per option. */
  points: z.record(Slug, z.number()),
  weight: z.int().nullable(),
  confidence: Confidence.nullable(),
  evidence: z.array(Evidence),
});
export type FiredRule = z.infer<typeof FiredRule>;

/** One answer, changed alone, that changes the pick. */
export const Flip = z.strictObject({
  question: QuestionId,
  /** `"unknown"` when nobody has answered it yet. */
  from: AnswerValue,
  /** Every other value that leads to this pick; for numbers one representative of each interval. */
  to: z.array(AnswerValue).min(1),
  /** For numbers, the interval that leads there. Null where open. */
  range: z
    .strictObject({
      min: z.number().nullable(),
      minIncluded: z.boolean(),
      max: z.number().nullable(),
      maxIncluded: z.boolean(),
    })
    .nullable(),
  /** Null when the change leaves no pick. */
  pick: Slug.nullable(),
  status: LayerStatus,
  sentence: z.string(),
});
export type Flip = z.infer<typeof Flip>;

export const TeamFit = z.enum(["same", "differs", "none", "languages_unknown", "no_pick"]);
export type TeamFit = z.infer<typeof TeamFit>;

export const LayerResult = z.strictObject({
  layer: Slug,
  name: z.string(),
  status: LayerStatus,
  /** A decided pick with a margin under 0.25. */
  close: z.boolean(),
  /** Null on tie, undecided, blocked and not_applicable. */
  pick: Slug.nullable(),
  /** The options that share the lead; empty unless the status is tie. */
  tied: z.array(Slug),
  teamPick: Slug.nullable(),
  teamFit: TeamFit,
  runnerUp: Slug.nullable(),
  /** 0 to 1, four decimals: (first - second) / max(6, |first|). */
  margin: z.number().min(0).max(1),
  /** Highest first; vetoed options last, with the points they would have. */
  scores: z.array(z.strictObject({ option: Slug, score: z.number(), vetoed: z.boolean() })),
  fired: z.array(FiredRule),
  vetoed: z.array(z.strictObject({ option: Slug, rule: RuleId, because: z.string() })),
  /** Rules that an unknown answer keeps silent. */
  couldMatter: z.array(z.strictObject({ rule: RuleId, questions: z.array(QuestionId).min(1) })),
  /** Smallest change first, changes that leave no reason for any pick last. Pages show three. */
  flips: z.array(Flip),
});
export type LayerResult = z.infer<typeof LayerResult>;

export const Notice = z.strictObject({
  rule: RuleId,
  layer: Slug.nullable(),
  because: z.string(),
  adds: z.array(z.string()),
});
export type Notice = z.infer<typeof Notice>;

export const Demand = z.strictObject({
  rule: RuleId,
  layer: Slug.nullable(),
  stage: z.enum(["pick", "promotion"]),
  demands: z.string(),
  because: z.string(),
  /** False while a stated need does not hold; null when it can't be read from answers. */
  met: z.boolean().nullable(),
});
export type Demand = z.infer<typeof Demand>;

export const Decision = z.strictObject({
  ruleSet: z.strictObject({ id: Slug, version: z.string(), expiresAt: IsoDate }),
  layers: z.array(LayerResult),
  guards: z.array(Notice),
  requires: z.array(Demand),
  /** Answers that follow from others. */
  inferred: z.array(z.strictObject({ question: QuestionId, value: AnswerValue, because: z.string() })),
});
export type Decision = z.infer<typeof Decision>;
