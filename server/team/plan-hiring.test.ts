import { describe, expect, it } from "vitest";
import { measureGaps } from "./measure-gaps.ts";
import { planHiring } from "./plan-hiring.ts";
import { SKILL_CATALOGUE } from "./read-catalogue.ts";
import { type ProjectDemand, requireSkills } from "./require-skills.ts";
import { ROLES } from "./roles.data.ts";
import { HiringPlan, type Person, type RoleId } from "./schema.ts";

const TODAY = "2026-10-05";
const IN_4_WEEKS = "2026-11-02";
const IN_20_WEEKS = "2027-02-22";

const RAG: ProjectDemand = { kind: "rag", onDevice: false, layers: [], policies: [] };

/** Somebody who holds exactly their role's table, by evidence. */
function holderOf(roleId: RoleId, id: string, changes: Record<string, number> = {}): Person {
  const role = ROLES.find((r) => r.id === roleId);
  const levels = {
    ...Object.fromEntries(role?.requirements.map((r) => [r.skillId, r.level]) ?? []),
    ...changes,
  };
  const ratings = Object.entries(levels).map(([skillId, level]) => ({
    skillId,
    level,
    source: "evidence" as const,
    at: "2026-09-01",
  }));
  return { id, alias: id, roleId, availabilityPct: 100, ratings };
}

function planFor(people: Person[], over: Partial<Parameters<typeof planHiring>[0]> = {}, demand = RAG) {
  const { needs, roles } = requireSkills(demand, SKILL_CATALOGUE);
  const gaps = measureGaps(needs, people, TODAY);
  return HiringPlan.parse(
    planHiring({
      needs,
      roles,
      gaps,
      people,
      borrowable: [],
      layers: demand.layers,
      asOf: TODAY,
      pilotStart: IN_4_WEEKS,
      monthsAfterHandoff: 6,
      ...over,
    }),
  );
}

const lines = (plan: HiringPlan) =>
  plan.map((slot) =>
    `${slot.action} ${slot.roleId ?? slot.personId ?? "-"} ${slot.skillIds.join(",")}`.trim(),
  );

describe("how gaps are closed", () => {
  it("with nobody and four weeks left, one contract covers the pilot; product and security are borrowed", () => {
    const plan = planFor([]);
    expect(lines(plan)).toEqual([
      "contract AIPE S02,S03,S04,S05,S07,S10,S11,S12,S13,S21,S24",
      "borrow SEC",
      "borrow PL",
    ]);
    expect(plan[0]).toMatchObject({ engagement: "contract", startBy: "2026-10-19", count: 1 });
    expect(plan[0]?.rationale).toContain("hiring takes about 12 weeks and 4 weeks are left before day 1");
    expect(plan[0]?.rationale).toContain("Reopens at the handoff");
    expect(plan[0]?.mustHave).toHaveLength(6);
  });

  it("with twenty weeks the same gaps are hired, and the search begins twelve weeks before day 1", () => {
    const [slot] = planFor([], { pilotStart: IN_20_WEEKS });
    expect(slot).toMatchObject({
      action: "hire",
      roleId: "AIPE",
      engagement: "permanent",
      startBy: "2026-11-30",
    });
  });

  it("without a start date nothing presses and no day is invented", () => {
    expect(planFor([], { pilotStart: null })[0]).toMatchObject({ action: "hire", startBy: null });
  });

  it("what is needed for three months is contracted, whatever the time left", () => {
    expect(planFor([], { pilotStart: IN_20_WEEKS, monthsAfterHandoff: 3 })[0]).toMatchObject({
      action: "contract",
    });
  });

  it("the start-by day is never in the past", () => {
    expect(planFor([], { pilotStart: "2026-10-06" })[0]?.startBy).toBe(TODAY);
  });

  it("a Senior ML Engineer alone lacks one level of API and streaming", () => {
    expect(lines(planFor([holderOf("MLE", "ml")]))[0]).toBe("contract AIPE S03");
  });

  it("with eight weeks the missing level is trained, and the learner is named", () => {
    const [slot] = planFor([holderOf("MLE", "ml")], { pilotStart: "2026-12-01" }).filter((s) =>
      s.skillIds.includes("S03"),
    );
    expect(slot).toMatchObject({ action: "train", personId: "ml", startBy: "2026-10-06" });
  });

  it("somebody in the workspace who holds it is borrowed first", () => {
    const plan = planFor([holderOf("MLE", "ml")], { borrowable: [holderOf("AIPE", "lender")] });
    expect(lines(plan)[0]).toBe("borrow lender S03");
    const busy = { ...holderOf("AIPE", "lender"), availabilityPct: 10 };
    expect(lines(planFor([holderOf("MLE", "ml")], { borrowable: [busy] }))[0]).toBe("contract AIPE S03");
  });

  it("a skill that only the ideal pick asks for is descoped to what the team can build", () => {
    const layers = [
      {
        layer: "api",
        status: "decided",
        pick: "go",
        teamPick: "py_fastapi",
        demands: [{ skillId: "S18", level: 3 }],
      },
    ];
    const plan = planFor([holderOf("AIPE", "a"), holderOf("AIPE", "b")], { layers }, { ...RAG, layers });
    const slot = plan.find((s) => s.action === "descope");
    expect(slot).toMatchObject({ skillIds: ["S18"], roleId: null });
    expect(slot?.rationale).toContain("py_fastapi (api)");
  });

  it("where the team has no pick of its own, the skill is bought", () => {
    const layers = [
      {
        layer: "client",
        status: "decided",
        pick: "ts_onnx_wasm",
        teamPick: null,
        demands: [{ skillId: "S20", level: 3 }],
      },
    ];
    const plan = planFor([holderOf("AIPE", "a"), holderOf("AIPE", "b")], { layers }, { ...RAG, layers });
    expect(lines(plan)).toContain("contract SYS S20");
  });

  it("one holder of a must is a risk: a second person pairs", () => {
    const plan = planFor([holderOf("AIPE", "a"), holderOf("MLE", "ml")]);
    const pairing = plan.find((slot) => slot.action === "train" && slot.skillIds.includes("S03"));
    expect(pairing).toMatchObject({ personId: "ml", startBy: IN_4_WEEKS });
  });

  it("a team without gaps is asked only for the roles outside engineering", () => {
    const people = [holderOf("AIPE", "a"), holderOf("AIPE", "b"), holderOf("PL", "p")];
    expect(lines(planFor(people))).toEqual(["borrow SEC"]);
  });

  it("an MLOps pilot from nothing takes an operator, an ML engineer and a data engineer", () => {
    const plan = planFor([], {}, { ...RAG, kind: "forecast" });
    expect(new Set(plan.map((slot) => slot.roleId))).toEqual(new Set(["OPS", "MLE", "DE", "PL"]));
  });
});
