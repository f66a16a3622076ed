import * as z from "zod";
import { DisplayName } from "#server/brief/schema.ts";
import { GuidePlace, TechnologyName } from "./reference-schema.ts";

/** The program ships S01 to S24; a workspace may go on counting. */
export const SkillId = z.string().regex(/^S(0[1-9]|[1-9]\d)$/, "A skill id is S01 to S99.");
export type SkillId = z.infer<typeof SkillId>;

export const RoleId = z.enum(["AIPE", "MLE", "OPS", "DE", "SYS", "SEC", "PL"]);
export type RoleId = z.infer<typeof RoleId>;

/** What a person does unaided: 0 none, 1 aware, 2 working, 3 practitioner, 4 expert. "Not assessed" is the absence of a rating. */
export const SkillLevel = z.int().min(0).max(4);
export type SkillLevel = z.infer<typeof SkillLevel>;

export const Importance = z.enum(["must", "should", "could"]);
export type Importance = z.infer<typeof Importance>;

export const SkillGroup = z.enum(["service", "language", "data", "performance", "assurance", "delivery"]);
export type SkillGroup = z.infer<typeof SkillGroup>;

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A day on a wall calendar, without a time or a zone: `YYYY-MM-DD`, a day that exists, 2000 to 2100. */
export const CalendarDate = z.string().superRefine((text, ctx) => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const [year, month, day] = parts ? parts.slice(1).map(Number) : [];
  const leap = year !== undefined && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const daysInMonth = month === 2 && leap ? 29 : DAYS_IN_MONTH[(month ?? 0) - 1];
  const exists = day !== undefined && daysInMonth !== undefined && day >= 1 && day <= daysInMonth;
  if (!exists || year === undefined || year < 2000 || year > 2100) {
    ctx.addIssue({
      code: "custom",
      params: { code: "DATE_INVALID" },
      message: "A date is written YYYY-MM-DD, exists on the calendar and lies between 2000 and 2100.",
    });
  }
});
export type CalendarDate = z.infer<typeof CalendarDate>;

/** An observable statement, or null: this skill has no such level, as in frameworks where not every level exists. */
export const Anchor = z.string().min(1).max(400).nullable();
export type Anchor = z.infer<typeof Anchor>;

/** A catalogue entry. Anchors are levels 1 to 4 in order, shown to people. */
export const Skill = z.strictObject({
  id: SkillId,
  name: z.string().min(1).max(80),
  group: SkillGroup,
  description: z.string().min(1).max(200),
  anchors: z.tuple([Anchor, Anchor, Anchor, Anchor]),
  toolTags: z.array(z.string()).max(12),
  altLabels: z.array(z.string()).max(8),
  // Catalogues of the first days know neither.
  guides: z.array(GuidePlace).max(12).default([]),
  technologies: z.array(TechnologyName).max(8).default([]),
});
export type Skill = z.infer<typeof Skill>;

export const Requirement = z.strictObject({ skillId: SkillId, level: SkillLevel, importance: Importance });
export type Requirement = z.infer<typeof Requirement>;

export const SkillDemand = z.strictObject({ skillId: SkillId, level: SkillLevel });
export type SkillDemand = z.infer<typeof SkillDemand>;

/** Responsibility R1 to R5: how far a role's judgement reaches. Never derived from an average of skills. */
export const Responsibility = z.strictObject({ from: z.int().min(1).max(5), to: z.int().min(1).max(5) });
export type Responsibility = z.infer<typeof Responsibility>;

export const Role = z.strictObject({
  id: RoleId,
  name: z.string(),
  family: z.string(),
  mission: z.string(),
  responsibility: Responsibility,
  requirements: z.array(Requirement),
});
export type Role = z.infer<typeof Role>;

/** One thing that somebody on the pilot must hold. */
export const OverlayRow = SkillDemand.extend({
  /** The row falls away when this layer does not apply, as the API does on a device. */
  layer: z.string().optional(),
});

/** What a kind of pilot asks beyond the role table: at least one person must hold each row. */
export const PilotOverlay = z.strictObject({
  id: z.enum(["rag", "mlops"]),
  name: z.string().min(1).max(80),
  rows: z.array(OverlayRow).max(30),
  /** Roles that carry the pilot. */
  carriers: z.array(RoleId).min(1),
  /** True: each carrier may hold the whole pilot alone, so every row is raised in each of them. */
  soloAllowed: z.boolean(),
});
export type PilotOverlay = z.infer<typeof PilotOverlay>;

/**
 * What a workspace measures people and roles by. Published versions never change. `loadCatalogue` checks what spans
 * several entries: ids that repeat, ids that do not exist.
 */
export const SkillCatalogue = z.strictObject({
  version: z.string().regex(/^\d+\.\d+\.\d+$/, "A version looks like 1.2.0."),
  groups: z.array(z.strictObject({ id: SkillGroup, name: z.string().min(1).max(80) })).min(1),
  /** Levels 0 to 4 in order, with the words that people read. */
  levels: z.array(z.strictObject({ level: SkillLevel, name: z.string().min(1), meaning: z.string().min(1) })),
  skills: z.array(Skill).min(1).max(99),
  roles: z.array(Role).min(1),
  overlays: z.array(PilotOverlay),
  /** What a fired policy rule asks of the team, by rule id. What a pick asks stands with its option in the rule set. */
  policyDemands: z.record(z.string(), z.array(SkillDemand)),
});
export type SkillCatalogue = z.infer<typeof SkillCatalogue>;

export const RatingSource = z.enum(["self", "peer", "manager", "evidence"]);
export type RatingSource = z.infer<typeof RatingSource>;

export const Rating = z.strictObject({
  skillId: SkillId,
  level: SkillLevel,
  source: RatingSource,
  at: CalendarDate,
  /** What was seen: a link or a sentence. */
  evidence: z.string().min(1).max(300).exactOptional(),
});
export type Rating = z.infer<typeof Rating>;

/** One rating a skill and source: a new one replaces the old one, and the change history keeps both. */
export const Ratings = z
  .array(Rating)
  .max(396)
  .superRefine((ratings, ctx) => {
    const seen = new Set<string>();
    ratings.forEach((rating, index) => {
      const key = `${rating.skillId} ${rating.source}`;
      if (seen.has(key)) {
        ctx.addIssue({
          code: "custom",
          path: [index],
          params: { code: "RATING_TWICE" },
          message: `${rating.skillId} is rated twice by the same source (${rating.source}).`,
        });
      }
      seen.add(key);
    });
  });
export type Ratings = z.infer<typeof Ratings>;

/** Share of a working week that this person has for the project. More than 100 is refused: nobody has it. */
export const AvailabilityPct = z.int().min(0).max(100);

export const PersonId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,40}$/, "A person id has 1 to 40 letters, digits, _ or -.");
export type PersonId = z.infer<typeof PersonId>;

/** Somebody on the team, under an alias by default. Ratings are personal data: kept for this plan only. */
export const Person = z.strictObject({
  id: PersonId,
  alias: DisplayName,
  roleId: RoleId.nullable(),
  availabilityPct: AvailabilityPct,
  ratings: Ratings,
});
export type Person = z.infer<typeof Person>;

/** A person as this workspace keeps them. */
export const StoredPerson = Person.extend({ version: z.int().min(1) });
export type StoredPerson = z.infer<typeof StoredPerson>;

export const People = z
  .array(Person)
  .max(200)
  .superRefine((people, ctx) => {
    const seen = new Set<string>();
    people.forEach((person, index) => {
      if (seen.has(person.id)) {
        ctx.addIssue({
          code: "custom",
          path: [index, "id"],
          params: { code: "ID_TWICE" },
          message: `Two people have the id ${person.id}.`,
        });
      }
      seen.add(person.id);
    });
  });
export type People = z.infer<typeof People>;

/** Where a need comes from: the pilot overlay's name, a layer with its pick, a policy rule, or a person's hand. */
export const NeedSource = z.strictObject({
  kind: z.enum(["overlay", "layer", "policy", "hand"]),
  ref: z.string(),
  pick: z.string().nullable(),
});
export type NeedSource = z.infer<typeof NeedSource>;

/** A skill that this project needs somebody to hold. */
export const Need = z.strictObject({
  skillId: SkillId,
  level: SkillLevel,
  importance: Importance,
  onOverlay: z.boolean(),
  sources: z.array(NeedSource).min(1),
  /** Why a person set it by hand. */
  byHand: z.string().exactOptional(),
});
export type Need = z.infer<typeof Need>;

/** A role's requirement in this project; `raisedBy` names what lifted it above the role table. */
export const RoleRequirement = Requirement.extend({
  raisedBy: z.array(z.string()),
  /** Why a person set it by hand. */
  byHand: z.string().exactOptional(),
});
export type RoleRequirement = z.infer<typeof RoleRequirement>;

/** Persons at full time. `days` is used where the share is a one-off review. */
export const RoleShare = z.strictObject({
  fte: z.number().positive().nullable(),
  days: z.number().positive().nullable(),
  because: z.string(),
});
export type RoleShare = z.infer<typeof RoleShare>;

export const RequiredRole = Role.extend({
  requirements: z.array(RoleRequirement),
  /** Null when the project's minimum team does without this role. */
  share: RoleShare.nullable(),
});
export type RequiredRole = z.infer<typeof RequiredRole>;

export const Severity = z.enum(["blocker", "high", "medium", "low"]);
export type Severity = z.infer<typeof Severity>;

export const SkillGap = z.strictObject({
  skillId: SkillId,
  required: SkillLevel,
  importance: Importance,
  onOverlay: z.boolean(),
  covered: SkillLevel,
  /** False: nobody available has a rating. Covered then counts as 0 for the gap, and is shown as "not assessed". */
  assessed: z.boolean(),
  gap: z.int().min(0).max(4),
  /** Ids of the people at or above the required level, in the order of the team. */
  holders: z.array(PersonId),
  busFactor: z.int().min(0),
  severity: Severity,
  /** The rating that covers it is older than 180 days. */
  stale: z.boolean(),
  /** The rating that covers it is a self-rating alone, counted one level lower. */
  selfRated: z.boolean(),
});
export type SkillGap = z.infer<typeof SkillGap>;

export const ClosingAction = z.enum(["hire", "contract", "borrow", "train", "descope"]);
export type ClosingAction = z.infer<typeof ClosingAction>;

export const HiringSlot = z.strictObject({
  action: ClosingAction,
  /** The role to hire, contract or borrow; null for training and descoping. */
  roleId: RoleId.nullable(),
  /** Who is borrowed or trained; null otherwise. */
  personId: PersonId.nullable(),
  count: z.number().positive(),
  engagement: z.enum(["permanent", "contract", "borrowed", "vendor"]).nullable(),
  /** Latest day to begin: the day of need minus the lead time. Null without a start date. */
  startBy: CalendarDate.nullable(),
  skillIds: z.array(SkillId),
  rationale: z.string(),
  mustHave: z.array(SkillId).max(6),
  niceToHave: z.array(SkillId).max(6),
});
export type HiringSlot = z.infer<typeof HiringSlot>;

export const HiringPlan = z.array(HiringSlot);
export type HiringPlan = z.infer<typeof HiringPlan>;

/** What `team` prints and the page shows. */
export const TeamReport = z.strictObject({
  roles: z.array(RequiredRole),
  requirements: z.array(Need),
  gaps: z.array(SkillGap),
  hiringPlan: HiringPlan,
});
export type TeamReport = z.infer<typeof TeamReport>;
