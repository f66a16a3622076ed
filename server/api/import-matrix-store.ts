import { type Db, joinTransaction } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { Session } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { hashCanonicalJson } from "#server/scaffold/canonical-json.ts";
import { compareMatrix } from "#server/team/compare-matrix.ts";
import type { FileProblem, MatrixChange, MatrixDiff } from "#server/team/import-schema.ts";
import { interpretMatrix } from "#server/team/interpret-matrix.ts";
import { ratePeople } from "#server/team/rating-store.ts";
import { readMatrixFile } from "#server/team/read-matrix-file.ts";
import type { RatingSource } from "#server/team/schema.ts";
import { setRequirements } from "#server/team/set-requirements.ts";
import { calendarDayOf } from "#server/team/shift-date.ts";
import { changeStaffing } from "#server/team/staffing-store.ts";
import { addPerson } from "#server/team/store.ts";
import { loadTeam } from "./load-team.ts";

const say = sayRoom("errors");

export type MatrixFile = {
  projectId: string;
  bytes: Uint8Array;
  /** Whose word a changed level is where the file does not say. */
  source: RatingSource;
};

/**
 * What a file that was edited outside would change. Nothing is stored.
 * @throws PilotageError of the first problem, all of them as data
 */
export async function compareImport(
  db: Db,
  { workspaceId }: Session,
  { projectId, bytes, source }: MatrixFile,
  now: Date,
): Promise<MatrixDiff> {
  const file = await readMatrixFile(bytes);
  if (!file.ok) throw refuse(file.problems);
  const { catalogue, people, report, asOf } = await loadTeam(db, workspaceId, projectId, now);
  if (report === null) {
    throw new PilotageError("conflict", "KIND_UNKNOWN", say("KIND_UNKNOWN.said"), {
      hint: say("KIND_UNKNOWN.hint"),
    });
  }
  const { roles, requirements: needs } = report;
  const said = interpretMatrix(file.tables, { catalogue, roles, people });
  if (!said.ok) throw refuse(said.problems);
  const changes = compareMatrix(said.content, { roles, needs, people, asOf }, source);
  return { digest: hashCanonicalJson({ projectId, changes }), changes };
}

/**
 * Saves what was shown and confirmed, in one piece or not at all.
 * @throws PilotageError IMPORT_MOVED when it is no longer what was shown
 */
export async function saveImport(
  db: Db,
  session: Session,
  file: MatrixFile & { digest: string; reason: string },
  now: Date,
): Promise<MatrixDiff> {
  return db.$transaction(async (tx) => {
    const joined = joinTransaction(tx);
    const diff = await compareImport(joined, session, file, now);
    if (diff.digest !== file.digest) {
      throw new PilotageError("conflict", "IMPORT_MOVED", say("IMPORT_MOVED.said"), {
        hint: say("IMPORT_MOVED.hint"),
      });
    }
    await saveRequirements(joined, session, file, diff.changes, now);
    await saveRatings(joined, session, file.projectId, diff.changes, now);
    return diff;
  });
}

type Kind<K extends MatrixChange["kind"]> = Extract<MatrixChange, { kind: K }>;

function ofKind<K extends MatrixChange["kind"]>(changes: MatrixChange[], kind: K): Kind<K>[] {
  return changes.filter((change): change is Kind<K> => change.kind === kind);
}

async function saveRequirements(
  db: Db,
  { workspaceId, memberId }: Session,
  { projectId, reason }: { projectId: string; reason: string },
  changes: MatrixChange[],
  now: Date,
): Promise<void> {
  const wanted = ofKind(changes, "requirement");
  if (wanted.length === 0) return;
  const decide: Parameters<typeof changeStaffing>[3]["decide"] = ({ requirements }) => {
    const edits = wanted.map(({ roleId, skillId, after }) => {
      const stored = requirements.find((one) => one.roleId === roleId && one.skillId === skillId);
      const seen = stored ? { level: stored.level, importance: stored.importance } : null;
      return { roleId, skillId, value: after, seen };
    });
    const set = setRequirements(requirements, edits, { reason, at: calendarDayOf(now) });
    return { requirements: set.ok ? set.requirements : requirements };
  };
  await changeStaffing(db, workspaceId, memberId, { projectId, decide }, now);
}

async function saveRatings(
  db: Db,
  { workspaceId, memberId }: Session,
  projectId: string,
  changes: MatrixChange[],
  now: Date,
): Promise<void> {
  const ids = new Map<string, string>();
  for (const { alias } of ofKind(changes, "person")) {
    const facts = { projectId, alias, roleId: null, availabilityPct: 100 };
    ids.set(alias, (await addPerson(db, workspaceId, memberId, facts, now)).id);
  }
  const at = calendarDayOf(now);
  const ratings = ofKind(changes, "rating").map(({ personId, alias, skillId, source, before, after }) => ({
    personId: personId ?? ids.get(alias) ?? "",
    skillId,
    source,
    level: after,
    seen: before,
    at,
  }));
  if (ratings.length > 0) await ratePeople(db, workspaceId, memberId, { projectId, ratings }, now);
}

/** More than anybody reads at once. */
const PROBLEMS_SHOWN = 50;

function refuse(problems: FileProblem[]): PilotageError {
  const [first] = problems;
  const more = problems.length - 1;
  return new PilotageError("invalid", first?.code ?? "INVALID", first?.message ?? "", {
    ...(first?.path ? { path: first.path } : {}),
    hint: more > 0 ? say("MATRIX_INVALID.more", { count: more }) : say("MATRIX_INVALID.nothing"),
    data: problems.slice(0, PROBLEMS_SHOWN),
  });
}
