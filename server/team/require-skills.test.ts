import { describe, expect, it } from "vitest";
import { ProjectKind } from "#server/brief/schema.ts";
import { RULE_SET } from "#server/decision/read-rule-set.ts";
import { checkRoleCoverage } from "./check-coverage.ts";
import { MINIMUM_TEAMS } from "./minimum-team.data.ts";
import { OVERLAYS } from "./overlays.data.ts";
import { POLICY_DEMANDS } from "./policy-demands.data.ts";
import { SKILL_CATALOGUE } from "./read-catalogue.ts";
import { type LayerPick, type ProjectDemand, requireSkills } from "./require-skills.ts";
import { ROLES } from "./roles.data.ts";
import { Need, RequiredRole, Skill } from "./schema.ts";
import { SKILLS } from "./skills.data.ts";

function pickOf(layer: string, pick: string | null, status = "decided"): LayerPick {
  const option = RULE_SET.layers.find((l) => l.id === layer)?.options.find((o) => o.id === pick);
  const demands = (option?.skills ?? []).map(({ skill, level }) => ({ skillId: skill, level }));
  return { layer, status, pick, teamPick: pick, demands };
}

/** Golden scenario A: a support bot on documents. */
const SUPPORT_BOT: ProjectDemand = {
  kind: "rag",
  onDevice: false,
  policies: [],
  layers: [
    ["api", "py_fastapi"],
    ["orchestration", "py_chain"],
    ["hotpath", "py_asyncio"],
    ["inference", "hosted_api"],
    ["data", "polars_duckdb"],
    ["retrieval", "faiss_in_process"],
    ["platform", "containers_python"],
    ["client", "server_only"],
    ["model", "hosted_general"],
  ].map(([layer = "", pick = ""]) => pickOf(layer, pick)),
};

function withPick(layer: string, pick: string | null, status = "decided"): ProjectDemand {
  return {
    ...SUPPORT_BOT,
    layers: SUPPORT_BOT.layers.map((l) => (l.layer === layer ? pickOf(layer, pick, status) : l)),
  };
}

const required = (demand: ProjectDemand, roleId: string, skillId: string) =>
  requireSkills(demand, SKILL_CATALOGUE)
    .roles.find((role) => role.id === roleId)
    ?.requirements.find((requirement) => requirement.skillId === skillId);

const needed = (demand: ProjectDemand) =>
  requireSkills(demand, SKILL_CATALOGUE).needs.map(
    ({ skillId, level, importance }) => `${skillId} ${level} ${importance}`,
  );

describe("the catalogue", () => {
  it("holds 24 skills with four anchors each, every id once", () => {
    expect(SKILLS.map((skill) => skill.id).sort()).toEqual(
      Array.from({ length: 24 }, (_, index) => `S${String(index + 1).padStart(2, "0")}`),
    );
    for (const skill of SKILLS)
      expect(Skill.parse(skill).anchors.every((anchor) => anchor?.endsWith("."))).toBe(true);
  });

  it.each([
    ["AIPE", 22],
    ["MLE", 23],
    ["OPS", 24],
    ["DE", 21],
    ["SYS", 23],
    ["SEC", 23],
    ["PL", 13],
  ])("%s has %i requirements", (roleId, count) => {
    expect(ROLES.find((role) => role.id === roleId)?.requirements).toHaveLength(count);
  });

  it("names only skills and roles that exist", () => {
    const ids = new Set(SKILLS.map((skill) => skill.id));
    const used = [...Object.values(POLICY_DEMANDS).flat(), ...OVERLAYS.flatMap((overlay) => overlay.rows)];
    expect(used.filter((row) => !ids.has(row.skillId))).toEqual([]);
  });
});

describe("what people set by hand", () => {
  const by = (over: object) => ({
    roleId: null,
    skillId: "S18",
    level: 2,
    importance: "should",
    reason: "The gateway is ours.",
    at: "2026-11-20",
    ...over,
  });
  const withHand = (...byHand: ReturnType<typeof by>[]): ProjectDemand => ({
    ...SUPPORT_BOT,
    byHand: byHand as never,
  });

  it.each([
    ["a need is added", by({}), "S18 2 should", true],
    ["a need is raised", by({ skillId: "S12", level: 4, importance: "must" }), "S12 4 must", true],
    ["a need is lowered", by({ skillId: "S21", level: 1, importance: "could" }), "S21 1 could", true],
    ["a need is taken away", by({ skillId: "S01", level: null }), "S01 3 must", false],
    ["a skill that the catalogue lost asks nothing", by({ skillId: "S77" }), "S77 2 should", false],
  ])("%s", (_, hand, need, isThere) => {
    expect(needed(withHand(hand)).includes(need)).toBe(isThere);
  });

  it("a need set by hand says why, and a role rises with it", () => {
    const demand = withHand(by({ skillId: "S12", level: 4, importance: "must" }));
    const need = requireSkills(demand, SKILL_CATALOGUE).needs.find(({ skillId }) => skillId === "S12");
    expect(need).toMatchObject({
      byHand: "The gateway is ours.",
      onOverlay: true,
      sources: [{ kind: "hand", ref: "The gateway is ours.", pick: null }],
    });
    expect(required(demand, "MLE", "S12")).toMatchObject({ level: 4, importance: "must" });
  });

  it("what a role must bring is set for this project alone, and shown as such", () => {
    const demand = withHand(by({ roleId: "MLE", skillId: "S03", level: 1, importance: "could" }));
    expect(required(demand, "MLE", "S03")).toEqual({
      skillId: "S03",
      level: 1,
      importance: "could",
      raisedBy: [],
      byHand: "The gateway is ours.",
    });
    const none = withHand(by({ roleId: "MLE", skillId: "S03", level: null }));
    expect(required(none, "MLE", "S03")).toBeUndefined();
    expect(required(SUPPORT_BOT, "MLE", "S03")).toMatchObject({ level: 3 });
  });
});

describe("what a project needs", () => {
  it("the support bot needs the RAG overlay and what its picks ask", () => {
    expect(needed(SUPPORT_BOT)).toEqual([
      "S01 3 must",
      "S02 2 must",
      "S03 3 must",
      "S04 3 must",
      "S05 3 must",
      "S07 2 must",
      "S08 2 should",
      "S09 2 should",
      "S10 2 must",
      "S11 2 must",
      "S12 2 must",
      "S13 2 must",
      "S21 3 must",
      "S24 2 must",
    ]);
  });

  it.each([
    ["api", "go", "S18 3 must"],
    ["hotpath", "rust_pyo3", "S17 3 must"],
    ["orchestration", "py_graph", "S04 3 must"],
    ["retrieval", "managed_vector_db", "S12 3 must"],
    ["client", "ts_onnx_wasm", "S20 3 must"],
    ["model", "small_open_finetuned", "S06 3 must"],
    ["model", "classic_ml", "S15 3 must"],
  ])("%s on %s demands %s", (layer, pick, need) => {
    expect(needed(withPick(layer, pick))).toContain(need);
  });

  it("a regulated pipeline needs somebody who can face an auditor", () => {
    const demand: ProjectDemand = { ...SUPPORT_BOT, kind: "classification", policies: ["POL-1"] };
    expect(needed(demand)).toContain("S22 3 must");
    expect(needed({ ...demand, policies: [] })).toContain("S22 2 must");
  });

  it("a layer without a pick asks nothing, and on a device nobody has to stream an API", () => {
    expect(needed(withPick("retrieval", null, "tie"))).toContain("S12 2 must");
    expect(needed(withPick("api", null, "not_applicable")).some((need) => need.startsWith("S03"))).toBe(
      false,
    );
  });

  it("each need says where it comes from", () => {
    const need = requireSkills(withPick("retrieval", "managed_vector_db"), SKILL_CATALOGUE).needs.find(
      (n) => n.skillId === "S12",
    );
    expect(need?.sources).toEqual([
      { kind: "overlay", ref: "rag", pick: null },
      { kind: "layer", ref: "retrieval", pick: "managed_vector_db" },
    ]);
  });
});

describe("what each role must bring", () => {
  it("one Senior ML Engineer for a RAG pilot needs API and streaming raised to 3", () => {
    expect(ROLES.find((r) => r.id === "MLE")?.requirements.find((r) => r.skillId === "S03")?.level).toBe(2);
    expect(required(SUPPORT_BOT, "MLE", "S03")).toEqual({
      skillId: "S03",
      level: 3,
      importance: "must",
      raisedBy: ["overlay:rag", "layer:py_fastapi"],
    });
  });

  it("by the role table an AI Product Engineer covers the RAG overlay alone, a Senior ML Engineer all but S03", () => {
    const coverage = checkRoleCoverage(requireSkills(SUPPORT_BOT, SKILL_CATALOGUE).needs, ROLES);
    expect(coverage.filter((c) => c.alone).map((c) => c.id)).toEqual(["AIPE"]);
    expect(coverage.find((c) => c.id === "MLE")?.missing).toEqual([{ skillId: "S03", required: 3, held: 2 }]);
  });

  it("no single role covers the MLOps overlay", () => {
    const coverage = checkRoleCoverage(
      requireSkills({ ...SUPPORT_BOT, kind: "forecast" }, SKILL_CATALOGUE).needs,
      ROLES,
    );
    expect(coverage.filter((c) => c.alone)).toEqual([]);
    expect(coverage.find((c) => c.id === "OPS")?.missing.map((m) => m.skillId)).toEqual(["S09", "S15"]);
    // S09 is a skill of the data engineer, S13 and S14 of the operator.
    expect(coverage.find((c) => c.id === "MLE")?.missing.map((m) => m.skillId)).toEqual([
      "S09",
      "S13",
      "S14",
    ]);
  });

  it("a pick that no role of the minimum team can build brings another role in, and says why", () => {
    const { roles } = requireSkills(withPick("api", "go"), SKILL_CATALOGUE);
    const systems = roles.find((role) => role.id === "SYS");
    expect(systems?.share).toMatchObject({ fte: 1, because: expect.stringContaining("S18") });
    expect(required(withPick("api", "go"), "SYS", "S18")).toMatchObject({
      level: 3,
      importance: "must",
      raisedBy: ["layer:go"],
    });
    expect(
      requireSkills(SUPPORT_BOT, SKILL_CATALOGUE).roles.find((role) => role.id === "SYS")?.share,
    ).toBeNull();
  });

  it("a pick within one level of a role raises that role", () => {
    expect(required(withPick("model", "small_open_finetuned"), "AIPE", "S06")).toMatchObject({
      level: 3,
      importance: "must",
    });
  });

  it.each(ProjectKind.options)("a %s project has its minimum team and keeps to the shapes", (kind) => {
    const { needs, roles } = requireSkills({ ...SUPPORT_BOT, kind }, SKILL_CATALOGUE);
    expect(roles.filter((role) => role.share !== null).map((role) => role.id)).toEqual(
      expect.arrayContaining(MINIMUM_TEAMS[kind].map((share) => share.roleId)),
    );
    for (const role of roles) RequiredRole.parse(role);
    for (const need of needs) Need.parse(need);
  });

  it("an engine has no pilot overlay, an on-device assistant brings a systems engineer", () => {
    const engine = requireSkills({ ...SUPPORT_BOT, kind: "engine", layers: [] }, SKILL_CATALOGUE);
    expect([engine.overlay, engine.needs]).toEqual([null, []]);
    const device = requireSkills({ ...SUPPORT_BOT, kind: "assistant", onDevice: true }, SKILL_CATALOGUE);
    expect(device.roles.filter((role) => role.share).map((role) => role.id)).toEqual(["AIPE", "SYS"]);
  });

  it("never lowers the role table", () => {
    for (const role of requireSkills(withPick("retrieval", "managed_vector_db"), SKILL_CATALOGUE).roles) {
      for (const before of ROLES.find((r) => r.id === role.id)?.requirements ?? []) {
        const after = role.requirements.find((r) => r.skillId === before.skillId);
        expect(after?.level).toBeGreaterThanOrEqual(before.level);
      }
    }
  });
});
