import * as z from "zod";
import { keepDecision } from "#server/api/keep-decision.ts";
import { loadStandards } from "#server/api/load-standards.ts";
import { loadOffers, loadProject } from "#server/api/load-trace.ts";
import { procedure, router } from "#server/api/trpc.ts";
import { readRun } from "#server/benchmark/store.ts";
import { summariseReport } from "#server/benchmark/summarise-report.ts";
import { readChosenEntry } from "#server/brief/entry-store.ts";
import { QUESTIONS } from "#server/brief/questions.data.ts";
import { readProject } from "#server/brief/store.ts";
import { applyOverrides } from "#server/decision/apply-overrides.ts";
import { labelOption } from "#server/decision/describe-flip.ts";
import { readOverrides } from "#server/decision/override-store.ts";
import { listUnknowns } from "#server/dossier/list-unknowns.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { readGateDecisions } from "#server/plan/store.ts";
import { hashCanonicalJson } from "#server/scaffold/canonical-json.ts";
import { deriveDemand } from "#server/team/derive-demand.ts";
import { requireSkills } from "#server/team/require-skills.ts";
import { nameMember } from "./records.ts";

const say = sayRoom("common");

export const dossier = router({
  /** The decision pack: decided, needed, measured, unknown, and what a person made of it. Nothing is stored. */
  read: procedure("read")
    .input(z.strictObject({ projectId: ProjectId }))
    .query(async ({ ctx, input }) => {
      const { workspaceId, memberId, displayName } = ctx.session;
      const project = await readProject(ctx.db, workspaceId, input.projectId);
      const standards = await loadStandards(ctx.db, workspaceId);
      const { ruleSet, catalogue } = standards;
      const read = await loadProject(ctx.db, workspaceId, project, standards, ctx.now());
      const [loaded, decisions, stored, overrides, entryPoint] = await Promise.all([
        loadOffers(ctx.db, workspaceId, read),
        readGateDecisions(ctx.db, workspaceId, project.id),
        read.run && readRun(ctx.db, workspaceId, project.id, read.run.runId),
        readOverrides(ctx.db, workspaceId, project.id),
        readChosenEntry(ctx.db, workspaceId, project.id),
      ]);
      const sayOverride = (layer: string) => {
        const found = overrides.get(layer);
        if (!found?.option) return null;
        const { reason, at } = found;
        return {
          option: labelOption(ruleSet, layer, found.option),
          reason,
          at,
          by: nameMember(ctx.session, found.memberId),
        };
      };
      const decision = keepDecision(workspaceId, ruleSet, loaded.given);
      const demand = deriveDemand(project.kind ?? "rag", loaded.given, ruleSet, {
        layers: applyOverrides(decision.layers, overrides),
      });
      const { roles } = requireSkills(demand, catalogue);
      const skillName = (id: string) => catalogue.skills.find((skill) => skill.id === id)?.name ?? id;
      const gate = decisions.find((one) => one.gate === 10) ?? null;
      return {
        project,
        /** Where it began and what it promised; null when nobody chose. */
        entryPoint,
        today: loaded.today,
        ruleSet: decision.ruleSet,
        answersSha256: hashCanonicalJson(loaded.given),
        gate: gate && { ...gate, by: gate.memberId === memberId ? displayName : say("aMember") },
        layers: decision.layers
          .filter((layer) => layer.status !== "not_applicable")
          .map((layer) => ({
            layer: layer.layer,
            name: layer.name,
            status: layer.status,
            close: layer.close,
            margin: layer.margin,
            pick: layer.pick && labelOption(ruleSet, layer.layer, layer.pick),
            tied: layer.tied.map((option) => labelOption(ruleSet, layer.layer, option)),
            teamPick:
              layer.teamPick !== null && layer.teamPick !== layer.pick
                ? labelOption(ruleSet, layer.layer, layer.teamPick)
                : null,
            override: sayOverride(layer.layer),
            wouldChange: layer.flips[0]?.sentence ?? null,
          })),
        roles: roles.flatMap((role) =>
          role.share ? [{ id: role.id, name: role.name, share: role.share }] : [],
        ),
        gaps: loaded.gaps
          .filter((gap) => gap.gap > 0)
          .map((gap) => ({ ...gap, name: skillName(gap.skillId) })),
        people: loaded.people,
        run: stored && {
          summary: stored.run,
          picture: summariseReport(stored.report, stored.run.verdicts),
        },
        offers: loaded.offers.length,
        unknowns: listUnknowns({
          questions: QUESTIONS,
          answers: loaded.given,
          decision,
          gaps: project.kind === null ? [] : loaded.gaps,
          verdicts: stored?.run.verdicts ?? null,
        }),
      };
    }),
});
