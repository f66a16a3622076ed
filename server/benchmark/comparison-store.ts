import type { Db, Tx } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { compareSeveral, type SeveralComparison } from "./compare-several.ts";
import { needSearch } from "./need-search.ts";
import type { RunSummary } from "./schema.ts";
import { readRun } from "./store.ts";

const say = sayRoom("errors");

/** One-sided, over everything that is compared. */
const ALPHA = 0.05;

export type StoredComparison = {
  /** Of each interval's side, after sharing the error between the runs. */
  alpha: number;
  base: RunSummary;
  others: { run: RunSummary; comparison: SeveralComparison }[];
};

/**
 * The first run is what the others are compared with; one that is named twice counts once.
 * @throws PilotageError NOT_FOUND, RUNS_TOO_FEW, RUNS_UNLIKE
 */
export async function compareStored(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  runIds: readonly string[],
): Promise<StoredComparison> {
  const read = await Promise.all(
    [...new Set(runIds)].map((runId) => readRun(db, workspaceId, projectId, runId)),
  );
  const [base, ...others] = read;
  if (base === undefined || others.length === 0) {
    throw new PilotageError("invalid", "RUNS_TOO_FEW", say("RUNS_TOO_FEW.said"));
  }
  const compared = compareSeveral(
    needSearch(base.report),
    others.map(({ report }) => needSearch(report)),
    ALPHA,
  );
  return {
    alpha: ALPHA / others.length,
    base: base.run,
    others: others.flatMap(({ run }, at) => {
      const comparison = compared[at];
      return comparison === undefined ? [] : [{ run, comparison }];
    }),
  };
}
