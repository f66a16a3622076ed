import { enqueueJob } from "#server/benchmark/job-store.ts";
import type { Db } from "#server/db.ts";
import type { Session } from "#server/identity/schema.ts";
import { newId } from "#server/new-id.ts";
import { hashCanonicalJson } from "#server/scaffold/canonical-json.ts";
import { makeConfig } from "./make-report.ts";

/** A project with one hand-out, as rows. The archive itself is not on the disk. */
export async function makeScaffoldRow(db: Db, owner: Session, at = new Date()) {
  const { workspaceId } = owner;
  const projectId = newId("prj");
  const scaffoldId = newId("scf");
  await db.project.create({
    data: {
      id: projectId,
      workspaceId,
      name: projectId,
      nameKey: projectId.toLowerCase(),
      kind: "rag",
      presetId: "blank",
      createdAt: at,
      updatedAt: at,
    },
  });
  const config = makeConfig({ projectId });
  await db.scaffold.create({
    data: {
      id: scaffoldId,
      workspaceId,
      projectId,
      template: "rag",
      templateVersion: config.templateVersion,
      config: JSON.stringify(config),
      configSha256: hashCanonicalJson(config),
      archiveSha256: "a".repeat(64),
      manifest: "[]",
      createdBy: owner.memberId,
      createdAt: at,
    },
  });
  return { projectId, scaffoldId, config };
}

/** A waiting job of a new project. */
export async function makeJob(db: Db, owner: Session, at = new Date()) {
  const { projectId, scaffoldId } = await makeScaffoldRow(db, owner, at);
  const spec = { kind: "bench" as const, preset: "quick" as const, dataSet: "bundled" as const };
  return enqueueJob(db, owner.workspaceId, { projectId, scaffoldId, spec, createdBy: owner.memberId, at });
}
