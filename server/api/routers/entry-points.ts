import * as z from "zod";
import { readDocument } from "#server/api/read-document.ts";
import { procedure, router } from "#server/api/trpc.ts";
import { BLANK_ENTRY, FIT, FRICTION, IMPACT, STOPS } from "#server/brief/entry-criteria.data.ts";
import { ENTRY_PRESETS } from "#server/brief/entry-presets.data.ts";
import {
  ENTRY_POINTS_AT_MOST,
  EntryBody,
  type EntryPoint,
  EntryPointId,
} from "#server/brief/entry-schema.ts";
import {
  addEntryPoints,
  chooseEntryPoint,
  listEntryPoints,
  listRemovedEntries,
  readChosenEntry,
  readEntryPoint,
  removeEntryPoint,
  restoreEntryPoint,
  saveEntryPoint,
} from "#server/brief/entry-store.ts";
import { FRICTION_LINE, IMPACT_LINE, judgeEntry, scoreVolume } from "#server/brief/judge-entry.ts";
import { listMissing } from "#server/brief/list-missing.ts";
import { readEntryFile } from "#server/brief/read-entry-file.ts";
import { DisplayName, PresetId } from "#server/brief/schema.ts";
import { readProject } from "#server/brief/store.ts";
import { ProjectId } from "#server/identity/schema.ts";

const OfProject = z.strictObject({ projectId: ProjectId });
const OfEntry = OfProject.extend({ entryPointId: EntryPointId });

const judge = (entry: EntryPoint) => ({ ...entry, judged: judgeEntry(entry), missing: listMissing(entry) });

/** The candidates of a project: where the pilot could begin, and where it does. */
export const entryPoints = router({
  list: procedure("read")
    .input(OfProject)
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const project = await readProject(ctx.db, workspaceId, input.projectId);
      const [entries, removed] = await Promise.all([
        listEntryPoints(ctx.db, workspaceId, project.id),
        listRemovedEntries(ctx.db, workspaceId, project.id),
      ]);
      return {
        project,
        entries: entries.map(judge),
        removed,
        most: ENTRY_POINTS_AT_MOST,
        checkNames: Object.fromEntries(STOPS.map(({ id, name }) => [id, name])),
        lines: { impact: IMPACT_LINE, friction: FRICTION_LINE },
        presets: ENTRY_PRESETS.flatMap(({ presetId, title }) => (presetId ? [{ id: presetId, title }] : [])),
      };
    }),

  /** One candidate with everything it is scored by, and what its preset said, so that each value shows its source. */
  read: procedure("read")
    .input(OfEntry)
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const project = await readProject(ctx.db, workspaceId, input.projectId);
      const entry = await readEntryPoint(ctx.db, workspaceId, input);
      const chosen = await readChosenEntry(ctx.db, workspaceId, project.id);
      const preset = ENTRY_PRESETS.find(({ presetId }) => presetId !== null && presetId === entry.presetId);
      return {
        project,
        entry: judge(entry),
        preset: preset ?? null,
        chosen: chosen && { id: chosen.id, title: chosen.title },
        volume: scoreVolume(entry),
        criteria: { impact: IMPACT, friction: FRICTION, fit: FIT, stops: STOPS },
      };
    }),

  /** From a preset, with what is usual for it; or blank. */
  add: procedure("edit")
    .input(OfProject.extend({ title: DisplayName, presetId: PresetId.nullable() }))
    .mutation(async ({ ctx, input: { projectId, title, presetId } }) => {
      const { workspaceId, memberId } = ctx.session;
      const preset = ENTRY_PRESETS.find((entry) => presetId !== null && entry.presetId === presetId);
      const draft = { ...BLANK_ENTRY, ...preset, title, chosen: false };
      const added = { projectId, drafts: [draft] };
      const [entry] = await addEntryPoints(ctx.db, workspaceId, memberId, added, ctx.now());
      return { id: entry?.id ?? "", title };
    }),

  save: procedure("edit")
    .input(OfEntry.extend({ version: z.int().min(1), title: DisplayName, body: EntryBody }))
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return judge(await saveEntryPoint(ctx.db, workspaceId, memberId, input, ctx.now()));
    }),

  /** `entryPointId` null lets go of the chosen one. */
  choose: procedure("edit")
    .input(OfProject.extend({ entryPointId: EntryPointId.nullable(), seenChosenId: EntryPointId.nullable() }))
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return chooseEntryPoint(ctx.db, workspaceId, memberId, input, ctx.now());
    }),

  remove: procedure("edit")
    .input(OfEntry)
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      await removeEntryPoint(ctx.db, workspaceId, memberId, input, ctx.now());
      return { removed: input.entryPointId };
    }),

  /** Undo of a deletion. */
  restore: procedure("edit")
    .input(OfEntry)
    .mutation(({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      return restoreEntryPoint(ctx.db, workspaceId, memberId, input, ctx.now());
    }),

  /** Adds the candidates of a file; none of them is chosen by that. */
  importFile: procedure("edit")
    .input(OfProject.extend({ text: z.string().max(900_000) }))
    .mutation(async ({ ctx, input: { projectId, text } }) => {
      const { workspaceId, memberId } = ctx.session;
      const { entryPoints } = readEntryFile(readDocument(text));
      const drafts = entryPoints.map((draft) => ({ ...draft, chosen: false }));
      const added = await addEntryPoints(ctx.db, workspaceId, memberId, { projectId, drafts }, ctx.now());
      return { added: added.map(({ title }) => title) };
    }),
});
