import * as z from "zod";
import { takeStock } from "#server/api/take-stock.ts";
import { procedure, router } from "#server/api/trpc.ts";
import { QUESTIONS } from "#server/brief/questions.data.ts";
import { readProject } from "#server/brief/store.ts";
import { compareRecords, compareSeen, summariseSeen } from "#server/decision/compare-records.ts";
import { addOverride, listOverrides } from "#server/decision/override-store.ts";
import { addRecord, listRecords, readRecord } from "#server/decision/record-store.ts";
import { readRuleSet } from "#server/decision/store.ts";
import { moveVisit } from "#server/decision/visit-store.ts";
import { PilotageError } from "#server/errors.ts";
import { ProjectId, type Session } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");
const sayCommon = sayRoom("common");

const OfProject = z.strictObject({ projectId: ProjectId });
const RecordNumber = z.int().min(1).max(1_000_000);
const LayerId = z.string().max(60);

/** What people did with the decision: chose otherwise, recorded it, came back to it. */
export const records = router({
  /** The newest first, with what each changed, and whether today's decision differs from the newest. */
  list: procedure("read")
    .input(OfProject)
    .query(async ({ ctx, input }) => {
      const found = await listRecords(ctx.db, ctx.session.workspaceId, input.projectId);
      const body = await takeStock(ctx, input.projectId);
      const [newest] = found;
      return {
        records: found.map(({ body: kept, ...record }, at) => {
          const older = found[at + 1];
          return { ...record, by: kept.decidedBy, changed: older ? compareRecords(older.body, kept) : null };
        }),
        sinceNewest: newest ? compareRecords(newest.body, body) : null,
        questionNames: Object.fromEntries(QUESTIONS.map(({ id, name }) => [id, name])),
      };
    }),

  /** From one recorded decision to another. */
  compare: procedure("read")
    .input(OfProject.extend({ from: RecordNumber, to: RecordNumber }))
    .query(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const read = (number: number) => readRecord(ctx.db, workspaceId, input.projectId, number);
      const [from, to] = await Promise.all([read(input.from), read(input.to)]);
      return compareRecords(from.body, to.body);
    }),

  /** Keeps the decision as it stands now. It supersedes the newest record and is never edited. */
  add: procedure("edit")
    .input(OfProject.extend({ after: RecordNumber.nullable() }))
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      const body = await takeStock(ctx, input.projectId);
      return addRecord(ctx.db, workspaceId, memberId, { ...input, body }, ctx.now());
    }),

  /** Chooses another option than the rules, with a reason; option null takes the choice back. */
  override: procedure("edit")
    .input(
      OfProject.extend({
        layerId: LayerId,
        option: z.string().max(60).nullable(),
        reason: z.string().trim().min(1).max(500),
        seenId: z.string().max(40).nullable(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      await readProject(ctx.db, workspaceId, input.projectId);
      const ruleSet = await readRuleSet(ctx.db, workspaceId);
      const layer = ruleSet.layers.find((one) => one.id === input.layerId);
      if (!layer || (input.option !== null && !layer.options.some(({ id }) => id === input.option))) {
        throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.layer"), { path: "option" });
      }
      return addOverride(ctx.db, workspaceId, memberId, input, ctx.now());
    }),

  /** Every choice and taking back of one layer. */
  readOverrides: procedure("read")
    .input(OfProject.extend({ layerId: LayerId }))
    .query(async ({ ctx, input }) => {
      const found = await listOverrides(ctx.db, ctx.session.workspaceId, input.projectId, input.layerId);
      return found.map((override) => ({ ...override, by: nameMember(ctx.session, override.memberId) }));
    }),

  /** What changed since this member's last visit; null on the first. The present state becomes the one seen. */
  lookBack: procedure("self")
    .input(OfProject)
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      const body = await takeStock(ctx, input.projectId);
      const seen = summariseSeen(body.decision, body.answers);
      const before = await moveVisit(ctx.db, workspaceId, memberId, input.projectId, seen, ctx.now());
      return before && { since: before.at, ...compareSeen(before.seen, seen) };
    }),
});

export function nameMember({ memberId, displayName }: Session, id: string): string {
  return id === memberId ? displayName : sayCommon("aMember");
}
