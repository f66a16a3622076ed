import * as z from "zod";
import { loadPilot } from "#server/api/load-pilot.ts";
import { procedure, router } from "#server/api/trpc.ts";
import { archivesDir } from "#server/benchmark/local-executor.ts";
import { readProject } from "#server/brief/store.ts";
import { readSettings } from "#server/env.ts";
import { PilotageError } from "#server/errors.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { keepArchive, packArchive } from "#server/scaffold/archive.ts";
import { hashCanonicalJson, toCanonicalJson } from "#server/scaffold/canonical-json.ts";
import { PilotChoices } from "#server/scaffold/rag-schema.ts";
import type { Scaffold } from "#server/scaffold/schema.ts";
import { listScaffolds, saveChoices, saveScaffold } from "#server/scaffold/store.ts";

const projectInput = z.strictObject({ projectId: ProjectId });

export const scaffold = router({
  /** What would be handed out now, file by file, or why nothing is. */
  read: procedure("read")
    .input(projectInput)
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const pilot = await loadPilot(ctx.db, workspaceId, input.projectId);
      const handedOut = await listScaffolds(ctx.db, workspaceId, input.projectId);
      const earlier = handedOut.map(summarise);
      const { project, choices } = pilot;
      if (pilot.outcome === "no_scaffold") {
        const { outcome, code, reason } = pilot;
        return { outcome, project, choices, earlier, code, reason };
      }
      const files = pilot.files.map(({ path, bytes, executable }) => ({
        path,
        bytes: bytes.length,
        executable,
      }));
      const [latest] = handedOut;
      return {
        outcome: pilot.outcome,
        project,
        choices,
        earlier,
        config: pilot.config,
        defaults: pilot.defaults,
        notExercised: pilot.notExercised,
        files,
        configSha256: hashCanonicalJson(pilot.config),
        /** Whether this is, file by file, what was handed out last. */
        isHandedOut:
          latest !== undefined && toCanonicalJson(latest.manifest) === toCanonicalJson(pilot.entries),
      };
    }),

  /** Saved as you go. */
  saveChoices: procedure("edit")
    .input(projectInput.extend({ choices: PilotChoices }))
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      await readProject(ctx.db, workspaceId, input.projectId);
      await saveChoices(ctx.db, workspaceId, memberId, { ...input, at: ctx.now() });
      return input.choices;
    }),

  /** @throws PilotageError NO_SCAFFOLD, STORAGE_FULL */
  handOut: procedure("edit")
    .input(projectInput)
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      const pilot = await loadPilot(ctx.db, workspaceId, input.projectId);
      if (pilot.outcome === "no_scaffold") {
        throw new PilotageError("conflict", "NO_SCAFFOLD", pilot.reason, { data: { code: pilot.code } });
      }
      const archive = packArchive(pilot.files);
      await keepArchive(archivesDir(readSettings().dataDir), archive);
      const saved = await saveScaffold(ctx.db, workspaceId, memberId, {
        projectId: input.projectId,
        config: pilot.config,
        archiveSha256: archive.sha256,
        manifest: pilot.entries,
        at: ctx.now(),
      });
      return summarise(saved);
    }),
});

function summarise({ manifest, ...rest }: Scaffold) {
  return { ...rest, files: manifest.length, bytes: manifest.reduce((sum, entry) => sum + entry.bytes, 0) };
}
