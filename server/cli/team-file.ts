import { readFile, stat } from "node:fs/promises";
import { compareImport, saveImport } from "#server/api/import-matrix-store.ts";
import { PilotageError } from "#server/errors.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { IMPORT_LIMITS, type MatrixDiff } from "#server/team/import-schema.ts";
import { RatingSource } from "#server/team/schema.ts";
import { SetReason } from "#server/team/staffing-schema.ts";
import { exitCodes } from "./command.ts";
import { inWorkspace } from "./open-workspace.ts";

const say = sayRoom("errors");

export type TeamFileOptions = {
  project: string | undefined;
  source: string | undefined;
  /** The digest of the changes that were shown; without it nothing is saved. */
  confirm: string | undefined;
  reason: string | undefined;
};

/**
 * `team import`: a matrix that was edited outside. Without `--confirm` it says what would change and a digest of it;
 * with the digest exactly these changes are saved.
 * @throws PilotageError of the first problem of the file, with row and column
 */
export async function importTeamFile(
  path: string | undefined,
  options: TeamFileOptions,
): Promise<MatrixDiff> {
  const project = ProjectId.safeParse(options.project);
  const source = RatingSource.safeParse(options.source ?? "peer");
  const reason = SetReason.safeParse(options.reason ?? path ?? "");
  if (path === undefined || !project.success || !source.success || !reason.success) {
    throw new PilotageError("invalid", "USAGE", say("USAGE.teamImport"), { exitCode: exitCodes.usage });
  }
  const bytes = await readBytes(path);
  return inWorkspace((db, owner) => {
    const file = { projectId: project.data, bytes, source: source.data };
    return options.confirm === undefined
      ? compareImport(db, owner, file, new Date())
      : saveImport(db, owner, { ...file, digest: options.confirm, reason: reason.data }, new Date());
  });
}

/** Looks at the size first: a file of a gigabyte is refused without being read. */
async function readBytes(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) {
    const reason = found ? "folder" : "absent";
    throw new PilotageError("absent", "INPUT_MISSING", say(`INPUT_MISSING.${reason}`, { path }), {
      exitCode: exitCodes.noInput,
    });
  }
  if (found.size > IMPORT_LIMITS.bytes) {
    const most = IMPORT_LIMITS.bytes / 1024 / 1024;
    throw new PilotageError("invalid", "FILE_TOO_LARGE", say("FILE_TOO_LARGE.matrix", { most }));
  }
  return readFile(path);
}
