import * as z from "zod";
import { DisplayName, ProjectKind } from "#server/brief/schema.ts";
import { CalendarDate, RoleId } from "#server/team/schema.ts";

export const TaskId = z.string().regex(/^(RAG|ML)-D([1-9]|10)-([1-9]|G)$/, "A task id looks like RAG-D1-1.");
export type TaskId = z.infer<typeof TaskId>;

/** Ten working days. */
export const PilotDay = z.int().min(1).max(10);

export const GateDay = z.union([z.literal(2), z.literal(5), z.literal(10)]);
export type GateDay = z.infer<typeof GateDay>;

/** SME: subject-matter expert of the business. RISK: owner of the business risk. Neither is a role of the team table. */
export const Owner = z.enum([...RoleId.options, "SME", "RISK", "DECISION_MAKER"]);
export type Owner = z.infer<typeof Owner>;

/** Where the proof lies, relative to the pilot; `what` says it when it is no file. */
export const Artefact = z.strictObject({ path: z.string().nullable(), what: z.string() });
export type Artefact = z.infer<typeof Artefact>;

export const TaskTemplate = z.strictObject({
  id: TaskId,
  day: PilotDay,
  title: z.string().min(1).max(160),
  owners: z.array(Owner).min(1),
  dod: z.string().min(1).max(240),
  artefact: Artefact,
  /** Given: exactly these, also of earlier days. Absent: the tasks of the same day that stand before it. */
  after: z.array(TaskId).optional(),
});
export type TaskTemplate = z.infer<typeof TaskTemplate>;

export const GateTemplate = z.strictObject({
  id: TaskId,
  day: GateDay,
  title: z.string(),
  owners: z.array(Owner).min(1),
  criteria: z.array(z.string()).min(1),
  artefact: Artefact,
});
export type GateTemplate = z.infer<typeof GateTemplate>;

export const TaskStatus = z.enum(["todo", "doing", "blocked", "done", "waived"]);
export type TaskStatus = z.infer<typeof TaskStatus>;

/** Something people type about a task or a gate: one line, without control or direction characters. */
export const Line = z
  .string()
  .transform((text) => text.normalize("NFC").trim())
  .superRefine((text, ctx) => {
    const length = [...text].length;
    if (length < 1 || length > 300) {
      const message = `This takes 1 to 300 characters; it has ${length}.`;
      ctx.addIssue({ code: "custom", params: { code: "TEXT_LENGTH" }, message });
    }
    const at = [...text].findIndex((c) => /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(c));
    if (at >= 0) {
      const message = `The text contains a control or direction character at position ${at + 1}.`;
      ctx.addIssue({ code: "custom", params: { code: "TEXT_CHARACTERS" }, message });
    }
  });

/** A person's reasons: lines are kept, other control and direction characters refused. */
export const Rationale = z
  .string()
  .transform((text) => text.replace(/\r\n?/g, "\n").normalize("NFC").trim())
  .superRefine((text, ctx) => {
    const length = [...text].length;
    if (length < 1 || length > 1000) {
      const message = `A reason takes 1 to 1000 characters; this one has ${length}.`;
      ctx.addIssue({ code: "custom", params: { code: "TEXT_LENGTH" }, message });
    }
    const at = [...text].findIndex((c) => c !== "\n" && /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(c));
    if (at >= 0) {
      const message = `The text contains a control or direction character at position ${at + 1}.`;
      ctx.addIssue({ code: "custom", params: { code: "TEXT_CHARACTERS" }, message });
    }
  });
export type Rationale = z.infer<typeof Rationale>;

/** A task is done with its artefact, waived with a reason and a reviewer, blocked with a reason. */
export const TaskState = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("todo") }),
  z.strictObject({ status: z.literal("doing") }),
  z.strictObject({ status: z.literal("blocked"), reason: Line }),
  z.strictObject({ status: z.literal("done"), artefact: Line }),
  z.strictObject({ status: z.literal("waived"), reason: Line, reviewer: DisplayName }),
]);
export type TaskState = z.infer<typeof TaskState>;

/** Only tasks that left `todo` are kept. */
export const TaskStates = z.record(TaskId, TaskState);
export type TaskStates = z.infer<typeof TaskStates>;

/** Days nobody works, beside Saturdays and Sundays. */
export const Holidays = z
  .array(CalendarDate)
  .max(366)
  .transform((dates) => [...new Set(dates)].sort());
export type Holidays = z.infer<typeof Holidays>;

export const Task = z.strictObject({
  id: TaskId,
  day: PilotDay,
  /** Null while there is no start date. */
  date: z.string().nullable(),
  title: z.string(),
  ownerRole: z.array(Owner).min(1),
  dod: z.string(),
  artefact: Artefact,
  dependsOn: z.array(TaskId),
  status: TaskStatus,
});
export type Task = z.infer<typeof Task>;

export const GateOutcome = z.enum(["go", "go_with_conditions", "pivot", "stop"]);
export type GateOutcome = z.infer<typeof GateOutcome>;

export const Gate = z.strictObject({
  id: TaskId,
  day: GateDay,
  date: z.string().nullable(),
  title: z.string(),
  ownerRole: z.array(Owner).min(1),
  criteria: z.array(z.string()).min(1),
  artefact: Artefact,
  /** A person's decision; null until then. */
  outcome: GateOutcome.nullable(),
});
export type Gate = z.infer<typeof Gate>;

export const PilotSchedule = z.strictObject({ tasks: z.array(Task), gates: z.array(Gate) });
export type PilotSchedule = z.infer<typeof PilotSchedule>;

export const Risk = z.strictObject({
  id: z.string().regex(/^R-\d{2}$/),
  title: z.string(),
  likelihood: z.int().min(1).max(5),
  impact: z.int().min(1).max(5),
  refs: z.array(z.string()),
  control: z.string(),
  tasks: z.array(TaskId),
  kinds: z.array(ProjectKind),
});
export type Risk = z.infer<typeof Risk>;

export const PlanInput = z.strictObject({
  startDate: CalendarDate,
  holidays: Holidays.default([]),
  tasks: TaskStates.optional(),
});
export type PlanInput = z.infer<typeof PlanInput>;

/** A plan as this workspace keeps it. */
export const StoredPlan = z.strictObject({
  startDate: CalendarDate,
  holidays: Holidays,
  tasks: TaskStates,
  version: z.int().min(1),
  updatedAt: z.iso.datetime(),
});
export type StoredPlan = z.infer<typeof StoredPlan>;

/** What a person decided at a gate; the newest of a gate counts. */
export const GateDecision = z.strictObject({
  gate: GateDay,
  outcome: GateOutcome,
  rationale: z.string(),
  /** The benchmark run that the decision rests on. */
  runId: z.string().nullable(),
  memberId: z.string(),
  at: z.iso.datetime(),
});
export type GateDecision = z.infer<typeof GateDecision>;
