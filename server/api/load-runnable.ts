import { findDataSet } from "#server/benchmark/find-data-set.ts";
import type { DataSet } from "#server/benchmark/job-schema.ts";
import { readQuestionCount } from "#server/benchmark/read-question-count.ts";
import type { OtherData } from "#server/benchmark/seal-before.ts";
import { readProject } from "#server/brief/store.ts";
import type { Db } from "#server/db.ts";
import { readSettings } from "#server/env.ts";
import { PilotageError } from "#server/errors.ts";
import type { ProjectId, WorkspaceId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { openConfig } from "#server/scaffold/open-config.ts";
import type { Scaffold } from "#server/scaffold/schema.ts";
import { listScaffolds } from "#server/scaffold/store.ts";

const say = sayRoom("errors");

/**
 * What the newest hand-out of a project needs to be run here on these documents. `other` = what the data set puts into
 * the sealed plan; null for the pilot's own.
 * @throws PilotageError NOT_FOUND, NOT_HANDED_OUT, one of `Elsewhere`, DATA_MISSING
 */
export async function loadRunnable(
  db: Db,
  workspaceId: WorkspaceId,
  projectId: ProjectId,
  dataSet: DataSet,
): Promise<{ scaffold: Scaffold; other: OtherData | null }> {
  await readProject(db, workspaceId, projectId);
  const [scaffold] = await listScaffolds(db, workspaceId, projectId, 1);
  if (!scaffold) {
    throw new PilotageError("conflict", "NOT_HANDED_OUT", say("NOT_HANDED_OUT.said"));
  }
  const settings = readSettings();
  // A cluster has a network and devices of its own; what it lacks, the pilot itself says.
  const [elsewhere] = openConfig(scaffold.config).elsewhere.filter(
    (reason) => settings.executor === "local" || reason === "PILOT_RUNS_ITSELF",
  );
  if (elsewhere) {
    throw new PilotageError("conflict", elsewhere, say(`${elsewhere}.said`), {
      hint: say("ENDPOINT_NOT_REACHABLE.hint"),
    });
  }
  const folder = await findDataSet(settings.evalDataDir, dataSet);
  if (folder === "missing") {
    throw new PilotageError("conflict", "DATA_MISSING", say("DATA_MISSING.here", { dataSet }));
  }
  if (folder === null) return { scaffold, other: null };
  // The report names the folder and not the way to it; on a cluster the documents always lie in one called data.
  const path = settings.executor === "local" ? dataSet : "data";
  return { scaffold, other: { path, questions: await readQuestionCount(folder) } };
}
