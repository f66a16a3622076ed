import type { Scaffold as ScaffoldRow } from "#prisma/generated/sqlite/client.ts";
import type { Db, Tx } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { recordChange } from "#server/identity/store.ts";
import { sayRoom } from "#server/messages/say.ts";
import { newId } from "#server/new-id.ts";
import { hashCanonicalJson } from "./canonical-json.ts";
import { ProjectTemplate, type TemplateName } from "./pilot-schema.ts";
import { PilotChoices } from "./rag-schema.ts";
import { type PilotConfig, Scaffold } from "./schema.ts";
import { upgradeConfig } from "./upgrade-config.ts";

const say = sayRoom("errors");

export type NewScaffold = {
  config: PilotConfig;
  archiveSha256: string;
  manifest: Scaffold["manifest"];
  projectId: string;
  at: Date;
};

/** Records a hand-out. Its archive is on the disk already: a row without an archive would promise what is not there. */
export async function saveScaffold(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  scaffold: NewScaffold,
): Promise<Scaffold> {
  const { projectId, config, archiveSha256, manifest, at } = scaffold;
  const id = newId("scf");
  const row = await db.$transaction(async (tx) => {
    const project = await tx.project.findFirst({ where: { id: projectId, workspaceId, deletedAt: null } });
    if (!project) throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.project"));
    const created = await tx.scaffold.create({
      data: {
        id,
        workspaceId,
        projectId,
        template: config.template,
        templateVersion: config.templateVersion,
        config: JSON.stringify(config),
        configSha256: hashCanonicalJson(config),
        archiveSha256,
        manifest: JSON.stringify(manifest),
        createdBy: memberId,
        createdAt: at,
      },
    });
    await recordChange(tx, workspaceId, {
      projectId,
      memberId,
      entity: "scaffold",
      entityId: id,
      action: "create",
      before: null,
      after: { archiveSha256, targets: config.targets },
      at,
    });
    return created;
  });
  return toScaffold(row);
}

const ofProject = { template: { in: [...ProjectTemplate.options] } };

/** The project's own pilots, newest first. */
export async function listScaffolds(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  take = 20,
): Promise<Scaffold[]> {
  const rows = await db.scaffold.findMany({
    where: { workspaceId, projectId, ...ofProject },
    orderBy: { id: "desc" },
    take,
  });
  return rows.map(toScaffold);
}

/** Null before the clinic was handed out for this project. */
export async function readNewestClinic(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<Scaffold | null> {
  const where = { workspaceId, projectId, template: "clinic" satisfies TemplateName };
  const row = await db.scaffold.findFirst({ where, orderBy: { id: "desc" } });
  return row === null ? null : toScaffold(row);
}

export type NewestScaffold = Pick<Scaffold, "template" | "templateVersion" | "configSha256">;

/** What names the newest hand-out of each of these projects that has one, in one query; without its list of files. */
export async function listNewestScaffolds(
  db: Db,
  workspaceId: WorkspaceId,
  projectIds: string[],
): Promise<Map<string, NewestScaffold>> {
  const rows = await db.scaffold.findMany({
    where: { workspaceId, projectId: { in: projectIds }, ...ofProject },
    orderBy: { id: "asc" },
    select: { projectId: true, template: true, templateVersion: true, configSha256: true },
  });
  return new Map(
    rows.map(({ projectId, ...row }) => [
      projectId,
      Scaffold.pick({ template: true, templateVersion: true, configSha256: true }).parse(row),
    ]),
  );
}

/** @throws PilotageError NOT_FOUND, also for a hand-out of another workspace or project */
export async function readScaffold(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  scaffoldId: string,
): Promise<Scaffold> {
  const row = await db.scaffold.findFirst({ where: { id: scaffoldId, workspaceId, projectId } });
  if (!row) throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.handOut"));
  return toScaffold(row);
}

const choicesEntity = "pilot_choices";

/** The newest choices; empty before the first. They live in the history, so that undo is one more entry. */
export async function readChoices(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<PilotChoices> {
  const row = await db.change.findFirst({
    where: { workspaceId, projectId, entity: choicesEntity },
    orderBy: { id: "desc" },
  });
  return row?.after ? PilotChoices.parse(JSON.parse(row.after)) : {};
}

export async function saveChoices(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, choices, at }: { projectId: string; choices: PilotChoices; at: Date },
): Promise<void> {
  await db.$transaction(async (tx) => {
    const before = await readChoices(tx, workspaceId, projectId);
    await recordChange(tx, workspaceId, {
      projectId,
      memberId,
      entity: choicesEntity,
      entityId: projectId,
      action: "update",
      before,
      after: choices,
      at,
    });
  });
}

function toScaffold(row: ScaffoldRow): Scaffold {
  return Scaffold.parse({
    id: row.id,
    template: row.template,
    templateVersion: row.templateVersion,
    config: upgradeConfig(JSON.parse(row.config)),
    configSha256: row.configSha256,
    archiveSha256: row.archiveSha256,
    manifest: JSON.parse(row.manifest),
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
  });
}
