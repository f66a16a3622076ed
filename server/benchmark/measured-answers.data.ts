import type { QuestionId } from "#server/brief/schema.ts";

/** What a report can say about the system, each derived from its raw records in measure-<kind>-fields.ts. */
export type MeasuredField =
  | "cpu_share_of_wall"
  | "wrapper_share"
  | "p95_over_target"
  | "answer_accuracy_lower"
  | "usd_per_1k"
  | "main_error_class"
  | "gil_reenabled"
  | "answer_accuracy_promised"
  | "usd_per_1k_promised";

export type Found = { value: number | string | boolean; because: string };
/** What one kind of report can say; null where this report does not. */
export type MeasuredFields<Report> = Partial<Record<MeasuredField, (report: Report) => Found | null>>;

export type MeasuredAnswer = {
  questionId: QuestionId;
  field: MeasuredField;
  /** For a share that answers with a word: from this share on the first word, below it the second. */
  words?: { from: number; atLeast: string; below: string };
  /** For a number: multiplied, then rounded to so many digits. */
  scale?: { multiplyBy: number; digits: number };
  /** A wish of people, not a finding: what the brief says stands, only a gap is filled. */
  fillsOnly?: true;
};

/** Which field of a report answers which question of the brief. This is the loop back into the decision. */
export const MEASURED_ANSWERS: readonly MeasuredAnswer[] = [
  {
    questionId: "bound",
    field: "cpu_share_of_wall",
    words: { from: 0.5, atLeast: "cpu", below: "io" },
  },
  { questionId: "wrapper_share_pct", field: "wrapper_share", scale: { multiplyBy: 100, digits: 1 } },
  { questionId: "p95_over_target", field: "p95_over_target", scale: { multiplyBy: 1, digits: 3 } },
  {
    questionId: "answer_accuracy_lower",
    field: "answer_accuracy_lower",
    scale: { multiplyBy: 1, digits: 4 },
  },
  { questionId: "usd_per_1k", field: "usd_per_1k", scale: { multiplyBy: 1, digits: 4 } },
  { questionId: "error_class_main", field: "main_error_class" },
  { questionId: "gil_reenabled", field: "gil_reenabled" },
  // Without its target a measured miss is only a number: RET-7 and MOD-7 compare the two.
  {
    questionId: "answer_accuracy_target",
    field: "answer_accuracy_promised",
    scale: { multiplyBy: 1, digits: 4 },
    fillsOnly: true,
  },
  {
    questionId: "usd_per_1k_target",
    field: "usd_per_1k_promised",
    scale: { multiplyBy: 1, digits: 4 },
    fillsOnly: true,
  },
];
