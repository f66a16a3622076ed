import { collectAnswers } from "#server/brief/collect-answers.ts";
import { readChosenEntry } from "#server/brief/entry-store.ts";
import type { Project } from "#server/brief/schema.ts";
import { readAnswers, readProject } from "#server/brief/store.ts";
import type { Db } from "#server/db.ts";
import { applyOverrides } from "#server/decision/apply-overrides.ts";
import { judgeLayers } from "#server/decision/judge-layers.ts";
import { readOverrides } from "#server/decision/override-store.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { scheduleTasks } from "#server/plan/schedule-tasks.ts";
import { readGateDecisions, readPlan } from "#server/plan/store.ts";
import { assemblePilot, type PilotFile } from "#server/scaffold/assemble-pilot.ts";
import { configureMlops } from "#server/scaffold/configure-mlops.ts";
import { configurePilot } from "#server/scaffold/configure-pilot.ts";
import type { ConfiguredPilot, NoScaffold } from "#server/scaffold/find-why-none.ts";
import { pickTemplate } from "#server/scaffold/pick-template.ts";
import type { PilotChoices } from "#server/scaffold/rag-schema.ts";
import { keepTemplate } from "#server/scaffold/read-template.ts";
import type { ManifestEntry } from "#server/scaffold/schema.ts";
import { readChoices } from "#server/scaffold/store.ts";
import { pickPromise } from "#server/scaffold/tell-promise.ts";
import { deriveDemand } from "#server/team/derive-demand.ts";
import { requireSkills } from "#server/team/require-skills.ts";
import { loadStandards } from "./load-standards.ts";

const say = sayRoom("common");

export type LoadedPilot = { project: Project; choices: PilotChoices } & (
  | NoScaffold
  | (Extract<ConfiguredPilot, { outcome: "configured" }> & { files: PilotFile[]; entries: ManifestEntry[] })
);

/** Gathers what the earlier rooms know and assembles the pilot from it. Nothing is stored. */
export async function loadPilot(db: Db, workspaceId: WorkspaceId, projectId: string): Promise<LoadedPilot> {
  const project = await readProject(db, workspaceId, projectId);
  const [{ ruleSet, catalogue }, records, overrides, choices, template, plan, decisions, entry] =
    await Promise.all([
      loadStandards(db, workspaceId),
      readAnswers(db, workspaceId, projectId),
      readOverrides(db, workspaceId, projectId),
      readChoices(db, workspaceId, projectId),
      keepTemplate(pickTemplate(project.kind)),
      readPlan(db, workspaceId, projectId),
      readGateDecisions(db, workspaceId, projectId),
      readChosenEntry(db, workspaceId, projectId),
    ]);
  const answers = collectAnswers(records);
  const layers = applyOverrides(judgeLayers(ruleSet, answers), overrides);
  const said = { project, answers, decision: layers };
  const { config: base } = template;
  const pilot: ConfiguredPilot =
    base.template === "mlops"
      ? configureMlops({ base, ...said })
      : configurePilot({ base, ...said, choices });
  if (pilot.outcome === "no_scaffold") return { project, choices, ...pilot };

  const kind = project.kind ?? "rag";
  const { roles } = requireSkills(deriveDemand(kind, answers, ruleSet, { layers }), catalogue);
  const schedule = scheduleTasks({
    kind,
    startDate: plan?.startDate ?? null,
    holidays: plan?.holidays ?? [],
    states: plan?.tasks ?? {},
    outcomes: Object.fromEntries(decisions.map(({ gate, outcome }) => [gate, outcome])),
  });
  const assembled = assemblePilot(template, {
    config: pilot.config,
    notExercised: pilot.notExercised,
    decision: layers.map(({ layer, status, pick }) => ({ layer, status, pick })),
    owners: roles.flatMap(({ name, mission, share }) =>
      share === null ? [] : [{ role: name, mission, share: sayShare(share) }],
    ),
    plan: { schemaVersion: 1, tasks: schedule.tasks, gates: schedule.gates },
    entryPoint: entry && pickPromise(entry),
  });
  return { project, choices, ...pilot, ...assembled };
}

function sayShare({ fte, days }: { fte: number | null; days: number | null }): string {
  if (fte === null) return say("share.days", { count: days ?? 0, days: String(days ?? 0) });
  return say(fte >= 1 ? "share.fullTime" : "share.partTime", { fte: String(fte) });
}
