import type { Db, Tx } from "#server/db.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";
import type { TemplateName } from "#server/scaffold/pilot-schema.ts";
import { type ConfigOf, PILOT_CONFIGS, PilotConfig } from "#server/scaffold/schema.ts";
import { upgradeConfig } from "#server/scaffold/upgrade-config.ts";
import { isSameSpec } from "./match-spec.ts";
import type { Report } from "./schema.ts";

/** The newest hand-out that a report was made with; null when its configuration was changed, or it came from elsewhere. */
export async function findScaffoldOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  report: Report,
): Promise<string | null> {
  const rows = await db.scaffold.findMany({
    where: {
      workspaceId,
      projectId,
      template: report.config.template,
      templateVersion: report.templateVersion,
    },
    orderBy: { id: "desc" },
    select: { id: true, config: true },
    take: 100,
  });
  const sealed = rows.find((row) => isSameSpec(readConfig(row.config), report.config));
  return sealed?.id ?? null;
}

const readConfig = (text: string) => PilotConfig.parse(upgradeConfig(JSON.parse(text)));

/** What was promised last: the newest hand-out of this template with its sealed configuration; null before the first. */
export async function readPromise<Name extends TemplateName>(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  template: Name,
): Promise<{
  scaffoldId: string;
  config: ConfigOf<Name>;
  configSha256: string;
  handedOutAt: string;
} | null> {
  const where = { workspaceId, projectId, template };
  const row = await db.scaffold.findFirst({ where, orderBy: { id: "desc" } });
  if (row === null) return null;
  const config = PILOT_CONFIGS[template].parse(upgradeConfig(JSON.parse(row.config))) as ConfigOf<Name>;
  const { configSha256 } = row;
  return { scaffoldId: row.id, config, configSha256, handedOutAt: row.createdAt.toISOString() };
}
