import * as z from "zod";
import { procedure, router } from "#server/api/trpc.ts";
import { archivesDir } from "#server/benchmark/local-executor.ts";
import { listClinicRuns } from "#server/benchmark/store.ts";
import { readProject } from "#server/brief/store.ts";
import { readSettings } from "#server/env.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { keepArchive, packArchive } from "#server/scaffold/archive.ts";
import { assemblePilot } from "#server/scaffold/assemble-pilot.ts";
import { keepTemplate } from "#server/scaffold/read-template.ts";
import type { Scaffold } from "#server/scaffold/schema.ts";
import { readNewestClinic, saveScaffold } from "#server/scaffold/store.ts";

const projectInput = z.strictObject({ projectId: ProjectId });

/** The performance clinic beside a project's pilot: handed out, run by an engineer, its report uploaded. */
export const clinic = router({
  /** What was handed out last and what came back. */
  read: procedure("read")
    .input(projectInput)
    .query(async ({ ctx, input: { projectId } }) => {
      const { workspaceId } = ctx.session;
      const project = await readProject(ctx.db, workspaceId, projectId);
      const [latest, runs, template] = await Promise.all([
        readNewestClinic(ctx.db, workspaceId, projectId),
        listClinicRuns(ctx.db, workspaceId, projectId),
        keepTemplate("clinic"),
      ]);
      const { config } = template;
      return { project, latest: latest && summarise(latest), runs, config };
    }),

  /** @throws PilotageError NOT_FOUND, STORAGE_FULL */
  handOut: procedure("edit")
    .input(projectInput)
    .mutation(async ({ ctx, input: { projectId } }) => {
      const { workspaceId, memberId } = ctx.session;
      const [project, template] = await Promise.all([
        readProject(ctx.db, workspaceId, projectId),
        keepTemplate("clinic"),
      ]);
      const config = { ...template.config, projectId, title: project.name };
      const { files, entries } = assemblePilot(template, {
        config,
        notExercised: [],
        decision: [],
        owners: [],
        plan: null,
      });
      const archive = packArchive(files);
      await keepArchive(archivesDir(readSettings().dataDir), archive);
      const saved = await saveScaffold(ctx.db, workspaceId, memberId, {
        projectId,
        config,
        archiveSha256: archive.sha256,
        manifest: entries,
        at: ctx.now(),
      });
      return summarise(saved);
    }),
});

function summarise({ id, templateVersion, archiveSha256, createdAt }: Scaffold) {
  return { id, templateVersion, archiveSha256, createdAt };
}
