import * as z from "zod";
import type { Context } from "#server/api/context.ts";
import { describeMatrix } from "#server/api/describe-matrix.ts";
import { loadStandards } from "#server/api/load-standards.ts";
import { loadTeam } from "#server/api/load-team.ts";
import { procedure, router } from "#server/api/trpc.ts";
import { PilotageError } from "#server/errors.ts";
import { ProjectId, type Session } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { ratePeople } from "#server/team/rating-store.ts";
import {
  CalendarDate,
  PersonId,
  Rating,
  RatingSource,
  RoleId,
  SkillId,
  SkillLevel,
} from "#server/team/schema.ts";
import { setRequirements } from "#server/team/set-requirements.ts";
import { calendarDayOf } from "#server/team/shift-date.ts";
import { RequirementValue, SetReason } from "#server/team/staffing-schema.ts";
import { changeStaffing } from "#server/team/staffing-store.ts";

const say = sayRoom("errors");

/** A block as large as the largest matrix we promise to keep fluid, and then some. */
const CELLS_AT_MOST = 4_000;

const PlacedRating = z.strictObject({
  personId: PersonId,
  skillId: SkillId,
  source: RatingSource,
  /** Null: not assessed. */
  level: SkillLevel.nullable(),
  seen: SkillLevel.nullable(),
  evidence: Rating.shape.evidence,
  /** Undo brings a rating back with its day; without one it is of today. */
  at: CalendarDate.exactOptional(),
});
const PlacedRequirement = z.strictObject({
  /** Null: what the pilot needs of somebody. */
  roleId: RoleId.nullable(),
  skillId: SkillId,
  /** Null: what the catalogue and the picks say. */
  value: RequirementValue.nullable(),
  seen: RequirementValue.nullable(),
});

/**
 * Edits of the grid: each a block of cells, all of them or none, answered with the numbers that follow. Of the people
 * only those who were rated come back: forty with sixty levels each are a third of a megabyte.
 */
export const matrix = router({
  rate: procedure("edit")
    .input(z.strictObject({ projectId: ProjectId, ratings: z.array(PlacedRating).min(1).max(CELLS_AT_MOST) }))
    .mutation(async ({ ctx, input: { projectId, ratings } }) => {
      const { workspaceId, memberId } = ctx.session;
      const now = ctx.now();
      const today = calendarDayOf(now);
      await requireDefined(ctx, ratings);
      const placed = ratings.map(({ at = today, ...rating }) => ({ ...rating, at: at < today ? at : today }));
      await ratePeople(ctx.db, workspaceId, memberId, { projectId, ratings: placed }, now);
      const { people, ...numbers } = describeMatrix(await loadTeam(ctx.db, workspaceId, projectId, now));
      const rated = new Set(ratings.map(({ personId }) => personId));
      return { ...numbers, people: people.filter(({ id }) => rated.has(id)) };
    }),

  require: procedure("edit")
    .input(
      z.strictObject({
        projectId: ProjectId,
        reason: SetReason,
        requirements: z.array(PlacedRequirement).min(1).max(CELLS_AT_MOST),
      }),
    )
    .mutation(async ({ ctx, input: { projectId, reason, requirements } }) => {
      const { workspaceId, memberId } = ctx.session;
      const now = ctx.now();
      await requireDefined(
        ctx,
        requirements.map(({ skillId, value }) => ({ skillId, level: value?.level ?? null })),
      );
      const given = { reason, at: calendarDayOf(now) };
      const decide: Parameters<typeof changeStaffing>[3]["decide"] = (before) => {
        const set = setRequirements(before.requirements, requirements, given);
        if (set.ok) return { requirements: set.requirements };
        throw new PilotageError("conflict", "VERSION_CONFLICT", say("VERSION_CONFLICT.staffing"), {
          hint: say("VERSION_CONFLICT.hint"),
          data: set.moved,
        });
      };
      await changeStaffing(ctx.db, workspaceId, memberId, { projectId, decide }, now);
      return { ...describeMatrix(await loadTeam(ctx.db, workspaceId, projectId, now)), people: [] };
    }),
});

/** @throws PilotageError LEVEL_UNDEFINED: nobody can have, or be asked for, a level that a skill does not have */
async function requireDefined(
  ctx: Context & { session: Session },
  cells: { skillId: SkillId; level: number | null }[],
): Promise<void> {
  const { catalogue } = await loadStandards(ctx.db, ctx.session.workspaceId);
  const skills = new Map(catalogue.skills.map((skill) => [skill.id, skill]));
  for (const { skillId, level } of cells) {
    const skill = skills.get(skillId);
    if (!skill) {
      throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.skill", { skill: skillId }));
    }
    if (level && skill.anchors[level - 1] === null) {
      const values = { skill: skillId, level };
      throw new PilotageError("invalid", "LEVEL_UNDEFINED", say("LEVEL_UNDEFINED.said", values), {
        hint: say("LEVEL_UNDEFINED.hint"),
      });
    }
  }
}
