import * as z from "zod";
import { interviewOf, loadHiring } from "#server/api/load-hiring.ts";
import { procedure, router } from "#server/api/trpc.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { ClosingChoice, HiringSettings, PayRange } from "#server/team/hiring-schema.ts";
import { chooseWay, saveHiringSettings, savePay } from "#server/team/hiring-store.ts";
import { INTERVIEW_QUESTIONS, MANDATORY_QUESTION } from "#server/team/interview-questions.data.ts";
import { nameHolder } from "#server/team/name-holder.ts";
import { ClosingAction, RoleId, SkillId } from "#server/team/schema.ts";
import { CandidateAlias, ScorecardBody, ScorecardDays } from "#server/team/scorecard-schema.ts";
import {
  addScorecard,
  eraseScorecard,
  listScorecards,
  readScorecardDays,
  saveScorecardDays,
} from "#server/team/scorecard-store.ts";
import { sayTotal } from "#server/team/set-team-paper.ts";

const OfProject = z.strictObject({ projectId: ProjectId });
const Engagement = PayRange.shape.engagement;
const OfCard = OfProject.extend({ id: z.string().regex(/^scd_[0-9A-HJKMNP-TV-Z]{26}$/) });

export const hiring = router({
  /** Gaps with their weight in words, lines with their days and cost, and who can hold the pilot alone. */
  read: procedure("read")
    .input(OfProject)
    .query(async ({ ctx, input }) => {
      const team = await loadHiring(ctx.db, ctx.session.workspaceId, input.projectId, ctx.now());
      const { project, catalogue, people, asOf, pilotStart, report, question } = team;
      const names = Object.fromEntries(catalogue.skills.map(({ id, name }) => [id, name]));
      return {
        project,
        asOf,
        pilotStart,
        version: team.staffingVersion,
        pay: question.pay,
        pilot: report.overlay?.name ?? null,
        levels: catalogue.levels.map(({ name }) => name),
        names,
        roles: report.roles.map(({ id, name, share }) => ({ id, name, isNeeded: share !== null })),
        people: people.map(({ id, alias }) => ({ id, alias })),
        hiring: {
          ...team.hiring,
          lines: team.hiring.lines.map((line) => ({ ...line, who: nameHolder(line, team.file) })),
          totalWords: sayTotal(team.hiring),
        },
      };
    }),

  /** The kit of one role; without one, of the first that the project needs. */
  interview: procedure("read")
    .input(OfProject.extend({ roleId: RoleId.optional() }))
    .query(async ({ ctx, input }) => {
      const { workspaceId, role } = ctx.session;
      const team = await loadHiring(ctx.db, workspaceId, input.projectId, ctx.now());
      const { report, project, catalogue } = team;
      const roleId =
        input.roleId ?? (report.roles.find(({ share }) => share !== null) ?? report.roles[0])?.id ?? "";
      const mayWrite = role === "owner" || role === "editor";
      return {
        project,
        roles: report.roles.map(({ id, name, share }) => ({ id, name, isNeeded: share !== null })),
        kit: interviewOf(team, roleId),
        mandatory: MANDATORY_QUESTION,
        names: Object.fromEntries(catalogue.skills.map(({ id, name }) => [id, name])),
        scorecards: {
          days: await readScorecardDays(ctx.db, workspaceId),
          // Notes on people are for those who work on them.
          cards: mayWrite ? await listScorecards(ctx.db, workspaceId, input.projectId, ctx.now()) : [],
        },
      };
    }),

  /** Another way to close a gap, with the reason; null gives it back to the plan. */
  choose: procedure("edit")
    .input(
      OfProject.extend({
        skillId: SkillId,
        choice: ClosingChoice.omit({ skillId: true }).nullable(),
        /** The way a person had chosen when this was decided, null for none. */
        seen: ClosingAction.nullable(),
      }),
    )
    .mutation(({ ctx, input: { skillId, choice, ...input } }) => {
      const { workspaceId, memberId } = ctx.session;
      const change = { ...input, skillId, choice: choice && { ...choice, skillId } };
      return chooseWay(ctx.db, workspaceId, memberId, change, ctx.now());
    }),

  saveSettings: procedure("edit")
    .input(OfProject.extend({ version: z.int().min(0), settings: HiringSettings.omit({ choices: true }) }))
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      await saveHiringSettings(ctx.db, workspaceId, memberId, input, ctx.now());
      return { saved: true };
    }),

  savePay: procedure("edit")
    .input(
      OfProject.extend({
        version: z.int().min(0),
        roleId: RoleId,
        engagement: Engagement,
        range: PayRange.nullable(),
      }).refine(
        ({ range, roleId, engagement }) =>
          !range || (range.roleId === roleId && range.engagement === engagement),
      ),
    )
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return savePay(ctx.db, workspaceId, memberId, input, ctx.now());
    }),

  /** Scorecards on, with their days, or off: the owner decides for the workspace. */
  keepScorecards: procedure("own")
    .input(z.strictObject({ days: ScorecardDays }))
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      await saveScorecardDays(ctx.db, workspaceId, memberId, input.days, ctx.now());
      return input;
    }),

  addScorecard: procedure("edit")
    .input(OfProject.extend({ roleId: RoleId, alias: CandidateAlias, body: ScorecardBody }))
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return addScorecard(ctx.db, workspaceId, memberId, input, ctx.now());
    }),

  /** Everything that is kept about one alias, to hand to the person it is about. */
  exportScorecards: procedure("edit")
    .input(OfProject.extend({ alias: CandidateAlias }))
    .query(async ({ ctx, input }) => {
      const cards = await listScorecards(ctx.db, ctx.session.workspaceId, input.projectId, ctx.now());
      const asked = Object.fromEntries(INTERVIEW_QUESTIONS.map(({ id, prompt }) => [id, prompt]));
      return {
        alias: input.alias,
        cards: cards.filter(({ alias }) => alias === input.alias),
        questions: asked,
      };
    }),

  /** For good: there is no undo. */
  eraseScorecard: procedure("edit")
    .input(OfCard)
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      await eraseScorecard(ctx.db, workspaceId, memberId, input, ctx.now());
      return { erased: input.id };
    }),
});
