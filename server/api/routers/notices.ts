import * as z from "zod";
import { procedure, router } from "#server/api/trpc.ts";
import { listUnread, markRead } from "#server/benchmark/notice-store.ts";
import { ProjectId } from "#server/identity/schema.ts";

/** What ended while nobody was looking. */
export const notices = router({
  unread: procedure("read").query(({ ctx }) => listUnread(ctx.db, ctx.session.workspaceId)),

  /** Of one project, or all with null. */
  markRead: procedure("edit")
    .input(z.strictObject({ projectId: ProjectId.nullable() }))
    .mutation(async ({ ctx, input }) => ({
      read: await markRead(ctx.db, ctx.session.workspaceId, { ...input, at: ctx.now() }),
    })),
});
