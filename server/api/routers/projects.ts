import * as z from "zod";
import { compareProjects } from "#server/api/compare-projects.ts";
import { readDocument } from "#server/api/read-document.ts";
import { procedure, router } from "#server/api/trpc.ts";
import { archiveProject, listDeletedProjects } from "#server/brief/lifecycle-store.ts";
import { DisplayName } from "#server/brief/schema.ts";
import { listProjects, readProject } from "#server/brief/store.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { CopyInput } from "#server/plan/project-file-schema.ts";
import { copyProject, importProject } from "#server/plan/project-file-store.ts";
import { readProjectFile } from "#server/plan/read-project-file.ts";

const OfProject = z.strictObject({ projectId: ProjectId });
/** As many names as a list to choose from can hold. */
const NAMES_AT_MOST = 500;

/** A project's life as a whole: copied, archived, compared, taken along as a file. */
export const projects = router({
  /** Off the list, or on it again. */
  archive: procedure("edit")
    .input(OfProject.extend({ archived: z.boolean() }))
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return archiveProject(ctx.db, workspaceId, memberId, input, ctx.now());
    }),

  /** What was deleted and can still be brought back. */
  listDeleted: procedure("read")
    .input(z.strictObject({ page: z.int().min(1).max(100_000).default(1) }))
    .query(async ({ ctx, input: { page } }) => {
      const take = 20;
      const skip = (page - 1) * take;
      const found = await listDeletedProjects(ctx.db, ctx.session.workspaceId, { skip, take });
      return { ...found, page, pages: Math.max(1, Math.ceil(found.total / take)) };
    }),

  /** Names to choose from, the newest change first. */
  names: procedure("read").query(async ({ ctx }) => {
    const { projects } = await listProjects(ctx.db, ctx.session.workspaceId, {
      skip: 0,
      take: NAMES_AT_MOST,
    });
    return projects.map(({ id, name, archivedAt }) => ({ id, name, archived: archivedAt !== null }));
  }),

  duplicate: procedure("edit")
    .input(OfProject.extend(CopyInput.shape))
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return copyProject(ctx.db, workspaceId, memberId, input, ctx.now());
    }),

  /** Answers and picks side by side, what differs first. */
  compare: procedure("read")
    .input(z.strictObject({ a: ProjectId, b: ProjectId }))
    .query(({ ctx, input }) => compareProjects(ctx.db, ctx.session.workspaceId, input)),

  /** A new project from an exported one; `name` where the file's own is taken here. */
  importFile: procedure("edit")
    .input(
      z.strictObject({
        /** The file as it is, so that what cannot be read is told with its place. */
        text: z.string().max(900_000),
        name: DisplayName.optional(),
      }),
    )
    .mutation(async ({ ctx, input: { text, name } }) => {
      const { workspaceId, memberId } = ctx.session;
      const file = readProjectFile(readDocument(text));
      const named = name === undefined ? file : { ...file, project: { ...file.project, name } };
      const { id } = await importProject(ctx.db, workspaceId, memberId, named, ctx.now());
      return readProject(ctx.db, workspaceId, id);
    }),
});
