import { readProject } from "#server/brief/store.ts";
import { listRecords, readRecord } from "#server/decision/record-store.ts";
import { confirmLayers } from "#server/dossier/confirm-layers.ts";
import { adrId, writeMadr } from "#server/dossier/write-madr.ts";
import { PilotageError } from "#server/errors.ts";
import type { Session } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { scheduleTasks } from "#server/plan/schedule-tasks.ts";
import { packArchive } from "#server/scaffold/archive.ts";
import type { Context } from "./context.ts";
import { takeStock } from "./take-stock.ts";

const say = sayRoom("errors");

/** The newest record, or the one of that number; today's decision as a proposal where nothing is recorded. */
export async function loadMadr(
  context: Context & { session: Session },
  projectId: string,
  number: string | null,
) {
  const { workspaceId } = context.session;
  const project = await readProject(context.db, workspaceId, projectId);
  const record =
    number === null
      ? (await listRecords(context.db, workspaceId, projectId))[0]
      : await readRecord(context.db, workspaceId, projectId, /^\d{1,6}$/.test(number) ? Number(number) : 0);
  const body = record?.body ?? (await takeStock(context, projectId));
  const plan = { startDate: null, holidays: [], states: {}, outcomes: {} };
  const input = {
    body,
    record: record ? { ...record, date: record.at.slice(0, 10) } : null,
    today: context.now().toISOString().slice(0, 10),
    confirmedBy: confirmLayers(body, project.kind, scheduleTasks({ kind: project.kind ?? "rag", ...plan })),
  };
  const layers = body.decision.layers.filter((layer) => layer.status !== "not_applicable");
  const name = record ? adrId(record.number) : "decision-proposed";
  const markdown = (layer: string | null) => {
    if (layer !== null && !layers.some((one) => one.layer === layer)) {
      throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.layer"));
    }
    return writeMadr(input, layer);
  };
  return {
    name,
    markdown,
    zip: () =>
      Buffer.from(
        packArchive(
          layers.map(({ layer }) => ({
            path: `${name}-${layer}.md`,
            bytes: new TextEncoder().encode(markdown(layer)),
            executable: false,
          })),
        ).bytes,
      ),
  };
}
