import * as z from "zod";
import { describeMatrix } from "#server/api/describe-matrix.ts";
import { loadTeam } from "#server/api/load-team.ts";
import { procedure, router } from "#server/api/trpc.ts";
import { DisplayName } from "#server/brief/schema.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { checkPeopleCoverage, checkRoleCoverage } from "#server/team/check-coverage.ts";
import { skillsInOrder } from "#server/team/export-matrix-csv.ts";
import { ONET } from "#server/team/references.data.ts";
import { AvailabilityPct, PersonId, RatingSource, RoleId, SkillId, SkillLevel } from "#server/team/schema.ts";
import { calendarDayOf } from "#server/team/shift-date.ts";
import {
  addPerson,
  editPerson,
  erasePerson,
  listRemovedPeople,
  ratePerson,
  removePerson,
  restorePerson,
} from "#server/team/store.ts";

const OfProject = z.strictObject({ projectId: ProjectId });
const OfPerson = OfProject.extend({ personId: PersonId });
const PersonFacts = z.strictObject({
  alias: DisplayName,
  roleId: RoleId.nullable(),
  availabilityPct: AvailabilityPct,
});

export const team = router({
  /** The matrix with everything around it. Computed from answers, rules and people; nothing is stored. */
  read: procedure("read")
    .input(OfProject)
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const [loaded, removedPeople] = await Promise.all([
        loadTeam(ctx.db, workspaceId, input.projectId, ctx.now()),
        listRemovedPeople(ctx.db, workspaceId, input.projectId),
      ]);
      const { project, catalogue, people, report, asOf, pilotStart, sources } = loaded;
      const { lead, ...numbers } = describeMatrix(loaded);
      return {
        project,
        asOf,
        pilotStart,
        groups: catalogue.groups,
        skills: skillsInOrder(catalogue),
        levels: catalogue.levels,
        catalogueVersion: catalogue.version,
        sources,
        onet: ONET,
        removedPeople,
        ...numbers,
        report: report && {
          ...report,
          lead,
          overlay: report.overlay && { id: report.overlay.id, name: report.overlay.name },
          alone: checkPeopleCoverage(report.requirements, people, asOf),
          aloneByRole: checkRoleCoverage(report.requirements, report.roles),
        },
      };
    }),

  addPerson: procedure("edit")
    .input(OfProject.extend(PersonFacts.shape))
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return addPerson(ctx.db, workspaceId, memberId, input, ctx.now());
    }),

  editPerson: procedure("edit")
    .input(OfPerson.extend({ version: z.int().min(1), facts: PersonFacts }))
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return editPerson(ctx.db, workspaceId, memberId, input, ctx.now());
    }),

  ratePerson: procedure("edit")
    .input(
      OfPerson.extend({
        skillId: SkillId,
        source: RatingSource,
        /** Null: not assessed. */
        level: SkillLevel.nullable(),
        seen: SkillLevel.nullable(),
      }),
    )
    .mutation(({ ctx, input: { projectId, personId, ...rating } }) => {
      const { workspaceId, memberId } = ctx.session;
      const now = ctx.now();
      const dated = { ...rating, at: calendarDayOf(now) };
      return ratePerson(ctx.db, workspaceId, memberId, { projectId, personId, rating: dated }, now);
    }),

  removePerson: procedure("edit")
    .input(OfPerson)
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      await removePerson(ctx.db, workspaceId, memberId, input, ctx.now());
      return { removed: input.personId };
    }),

  /** Undo of a removal. */
  restorePerson: procedure("edit")
    .input(OfPerson)
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return restorePerson(ctx.db, workspaceId, memberId, input, ctx.now());
    }),

  /** For good: the removed person and what the history says of them. */
  erasePerson: procedure("edit")
    .input(OfPerson)
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      await erasePerson(ctx.db, workspaceId, memberId, input, ctx.now());
      return { erased: input.personId };
    }),
});
