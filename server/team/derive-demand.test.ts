import { describe, expect, it } from "vitest";
import { PRESETS } from "#server/brief/presets.data.ts";
import { pickLayers } from "#server/decision/pick-layers.ts";
import { RULE_SET } from "#server/decision/read-rule-set.ts";
import { deriveDemand } from "./derive-demand.ts";
import { SKILL_CATALOGUE } from "./read-catalogue.ts";
import { reportTeam } from "./report-team.ts";
import { TeamReport } from "./schema.ts";

function demandOf(presetId: string) {
  const preset = PRESETS.find((one) => one.id === presetId);
  if (!preset?.kind) throw new Error(presetId);
  return deriveDemand(preset.kind, preset.answers, RULE_SET, pickLayers(RULE_SET, preset.answers));
}

describe("what a decision asks of the team", () => {
  it("the support assistant's picks name their skills", () => {
    const { kind, onDevice, policies, layers } = demandOf("rag_support");
    expect([kind, onDevice, policies]).toEqual(["rag", false, []]);
    expect(layers.find((layer) => layer.layer === "api")).toMatchObject({
      pick: "py_fastapi",
      demands: [
        { skillId: "S03", level: 3 },
        { skillId: "S01", level: 2 },
      ],
    });
  });

  it("a regulated daily classifier brings its policy", () => {
    expect(demandOf("daily_classifier").policies).toEqual(["POL-1"]);
  });

  it("an assistant on the device is told apart", () => {
    expect(demandOf("on_device_assistant").onDevice).toBe(true);
  });

  it.each(PRESETS.filter((preset) => preset.kind !== null).map((preset) => preset.id))(
    "%s gives a whole report",
    (id) => {
      const { overlay: _, ...report } = reportTeam({
        demand: demandOf(id),
        catalogue: SKILL_CATALOGUE,
        people: [],
        borrowable: [],
        asOf: "2026-11-20",
        pilotStart: "2026-12-01",
      });
      expect(TeamReport.parse(report).roles).toHaveLength(7);
      expect(report.gaps.length).toBe(report.requirements.length);
      expect(report.hiringPlan.length).toBeGreaterThan(0);
    },
  );
});
