import { listAnswersOf } from "#server/brief/answer-list-store.ts";
import { collectAnswers } from "#server/brief/collect-answers.ts";
import { listProjects } from "#server/brief/store.ts";
import type { Db } from "#server/db.ts";
import { applyOverrides } from "#server/decision/apply-overrides.ts";
import { judgeLayers } from "#server/decision/judge-layers.ts";
import { listOverridesOf } from "#server/decision/override-store.ts";
import type { RuleSet } from "#server/decision/schema.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";
import { deriveDemand } from "#server/team/derive-demand.ts";
import { measureGaps } from "#server/team/measure-gaps.ts";
import { type ProjectDemand, requireSkills } from "#server/team/require-skills.ts";
import type { CalendarDate, Person, SkillCatalogue, SkillGap } from "#server/team/schema.ts";
import { listStaffingOf } from "#server/team/staffing-store.ts";
import { listPeopleOf } from "#server/team/store.ts";

export type GapState = Pick<SkillGap, "required" | "importance" | "gap" | "severity"> | null;
export type GapChange = {
  projectId: string;
  project: string;
  skillId: string;
  /** Null: the project does not need the skill. */
  before: GapState;
  after: GapState;
};

/** What projects hold is read for so many at once; a thousand projects stay some dozen queries. */
const PAGE = 100;

/** Which gaps of this workspace's projects would change if it measured by another catalogue. Nothing is stored. */
export async function loadCatalogueChanges(
  db: Db,
  workspaceId: WorkspaceId,
  ruleSet: RuleSet,
  catalogues: { from: SkillCatalogue; to: SkillCatalogue },
  asOf: CalendarDate,
): Promise<GapChange[]> {
  const changes: GapChange[] = [];
  for (let skip = 0; ; skip += PAGE) {
    const { projects, total } = await listProjects(db, workspaceId, { skip, take: PAGE });
    const ids = projects.map(({ id }) => id);
    const [answers, people, overrides, staffing] = await Promise.all([
      listAnswersOf(db, workspaceId, ids),
      listPeopleOf(db, workspaceId, ids),
      listOverridesOf(db, workspaceId, ids),
      listStaffingOf(db, workspaceId, ids),
    ]);
    for (const { id, name, kind } of projects) {
      if (kind === null) continue;
      const given = collectAnswers(answers.get(id) ?? []);
      const layers = applyOverrides(judgeLayers(ruleSet, given), overrides.get(id) ?? new Map());
      const byHand = staffing.get(id)?.requirements ?? [];
      const demand = { ...deriveDemand(kind, given, ruleSet, { layers }), byHand };
      const team = people.get(id) ?? [];
      const [before, after] = [catalogues.from, catalogues.to].map((one) => measure(demand, one, team, asOf));
      for (const skillId of [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].sort()) {
        const [was, is] = [before?.get(skillId) ?? null, after?.get(skillId) ?? null];
        if (JSON.stringify(was) === JSON.stringify(is)) continue;
        changes.push({ projectId: id, project: name, skillId, before: was, after: is });
      }
    }
    if (skip + PAGE >= total) return changes;
  }
}

function measure(
  demand: ProjectDemand,
  catalogue: SkillCatalogue,
  people: Person[],
  asOf: CalendarDate,
): Map<string, GapState> {
  const { needs } = requireSkills(demand, catalogue);
  return new Map(
    measureGaps(needs, people, asOf).map(({ skillId, required, importance, gap, severity }) => [
      skillId,
      { required, importance, gap, severity },
    ]),
  );
}
