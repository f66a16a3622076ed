import * as z from "zod";
import { keepDecision } from "#server/api/keep-decision.ts";
import { loadStandards } from "#server/api/load-standards.ts";
import {
  type LoadedProject,
  loadOffers,
  loadProject,
  loadProjects,
  toRoomsInput,
} from "#server/api/load-trace.ts";
import { procedure, router } from "#server/api/trpc.ts";
import { QUESTIONS } from "#server/brief/questions.data.ts";
import type { Answers } from "#server/brief/schema.ts";
import { listProjects, readProject } from "#server/brief/store.ts";
import { judgeLayers } from "#server/decision/judge-layers.ts";
import { readOverrides } from "#server/decision/override-store.ts";
import { leadTrace } from "#server/dossier/trace-lead.ts";
import { traceNext } from "#server/dossier/trace-next.ts";
import { traceProject } from "#server/dossier/trace-project.ts";
import { traceRooms } from "#server/dossier/trace-rooms.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { INTERVIEW_QUESTIONS } from "#server/team/interview-questions.data.ts";

const OfProject = z.strictObject({ projectId: ProjectId });
/** Twenty rows fit a screen, and reading them stays far under the response budget with a thousand projects stored. */
const PAGE_SIZE = 20;

/** Looks at every room at once: the spine, the trace, the list of projects. It writes nothing. */
export const trace = router({
  /** The rooms' states and facts, for the frame around every page of a project. */
  readRooms: procedure("read")
    .input(OfProject)
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const standards = await loadStandards(ctx.db, workspaceId);
      const project = await readProject(ctx.db, workspaceId, input.projectId);
      const read = await loadProject(ctx.db, workspaceId, project, standards, ctx.now());
      const loaded = await loadOffers(ctx.db, workspaceId, read);
      const { id, version, expiresAt } = standards.ruleSet;
      return { project, rooms: traceRooms(toRoomsInput(loaded)), ruleSet: { id, version, expiresAt } };
    }),

  read: procedure("read")
    .input(OfProject)
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const standards = await loadStandards(ctx.db, workspaceId);
      const project = await readProject(ctx.db, workspaceId, input.projectId);
      const read = await loadProject(ctx.db, workspaceId, project, standards, ctx.now());
      const loaded = await loadOffers(ctx.db, workspaceId, read);
      const { ruleSet, catalogue } = standards;
      const overrides = await readOverrides(ctx.db, workspaceId, project.id);
      const decision = keepDecision(workspaceId, ruleSet, loaded.given);
      const rooms = traceRooms(toRoomsInput(loaded));
      const rows = traceProject({
        pilot: loaded.schedule.pilot,
        questions: QUESTIONS,
        answers: loaded.answers,
        decision,
        layers: ruleSet.layers,
        skills: catalogue.skills,
        gaps: loaded.gaps,
        interview: INTERVIEW_QUESTIONS,
        plan: loaded.schedule,
        run: loaded.run,
        proposals: listProposals(loaded),
        overrides,
        after: loaded.offers.length === 0 ? [] : judgeLayers(ruleSet, acceptAll(loaded)),
      });
      return {
        project,
        rows,
        lead: leadTrace(rows, loaded.run?.verdicts.map((verdict) => verdict.verdict) ?? []),
        next: traceNext(rooms, countConfirmed(loaded)),
        days: loaded.schedule.dates.map((date, at) => ({ number: at + 1, date })),
        gates: loaded.schedule.gates,
        presets: loaded.answers.filter((answer) => answer.source === "preset").length,
        ruleSet: decision.ruleSet,
        run: loaded.run && { runId: loaded.run.runId, finishedAt: loaded.run.finishedAt },
        today: loaded.today,
      };
    }),

  /** The first screen: each project with its stage, next step and last verdict. */
  listProjects: procedure("read")
    .input(
      z.strictObject({
        page: z.int().min(1).max(100_000).default(1),
        archived: z.boolean().default(false),
      }),
    )
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const { archived } = input;
      const skip = (input.page - 1) * PAGE_SIZE;
      const { projects, total } = await listProjects(ctx.db, workspaceId, {
        skip,
        take: PAGE_SIZE,
        archived,
      });
      const standards = await loadStandards(ctx.db, workspaceId);
      const all = await loadProjects(ctx.db, workspaceId, projects, standards, ctx.now());
      const listed = all.map((loaded) => {
        const rooms = traceRooms(toRoomsInput(loaded));
        const next = traceNext(rooms, countConfirmed(loaded));
        return { ...loaded.project, rooms, next, verdicts: countVerdicts(loaded) };
      });
      return { projects: listed, total, page: input.page, pages: Math.max(1, Math.ceil(total / PAGE_SIZE)) };
    }),
});

function listProposals({ run, offers }: LoadedProject) {
  if (run === null) return [];
  return offers.map(({ questionId, current, value }) => ({
    questionId,
    from: current,
    to: value,
    runId: run.runId,
  }));
}

function acceptAll({ given, offers }: LoadedProject): Answers {
  return { ...given, ...Object.fromEntries(offers.map(({ questionId, value }) => [questionId, value])) };
}

function countConfirmed({ answers }: LoadedProject): number {
  return answers.filter((answer) => answer.source === "user" || answer.source === "measured").length;
}

function countVerdicts({ run }: LoadedProject) {
  if (run === null) return null;
  const count = (outcome: string) => run.verdicts.filter((verdict) => verdict.verdict === outcome).length;
  return {
    pass: count("pass"),
    fail: count("fail"),
    inconclusive: count("inconclusive"),
    finishedAt: run.finishedAt,
  };
}
