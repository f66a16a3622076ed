import type { Importance, Requirement, Responsibility, Role, RoleId, SkillId } from "./schema.ts";

const COLUMNS = ["AIPE", "MLE", "OPS", "DE", "SYS", "SEC", "PL"] as const satisfies RoleId[];

/** Required level and importance by role, in the order of COLUMNS: M must, S should, C could, a dot for not required. */
const TABLE: Record<SkillId, string> = {
  S01: "3M 2S 2S 2S 3M 1C .",
  S02: "3M 3M 2S 3M 2S 3M 1C",
  S03: "3M 2M 2S 1C 3S 2S 1C",
  S04: "3M 3M 1C 1C 1C 2M 1S",
  S05: "3M 3M 1C 2S 1C 2S 1S",
  S06: "2S 3M 2S 1C 2S 1C 1C",
  S07: "2M 3M 4M 2S 1C 2S 1S",
  S08: "3M 3S 1C . . 3M 2S",
  S09: "2S 2S 2S 4M 2S 1C .",
  S10: "2M 2M 2M 2M 2S 4M 1M",
  S11: "3M 2M 3M 1S 2S 1C 3M",
  S12: "2M 3M 2S 2S 3S 1C .",
  S13: "2M 2M 4M 2M 3M 2S .",
  S14: "1C 2S 3M 4M 1C 1C .",
  S15: "1S 4M 2S 1C 1C 1C .",
  S16: "2S 2S 2S 2S 4M 1C .",
  S17: ". 1C 1C 1C 4M 1C .",
  S18: ". . 2S . 3S 1C .",
  S19: "3M 2M 3M 3M 2S 2S .",
  S20: "1C 1C 1C . 3S 1C 1C",
  S21: "3M 4M 3M 2S 2S 3M 2M",
  S22: "2M 2M 3M 3M 1C 4M 2M",
  S23: "1S 3M 1C 3M 1C . .",
  S24: "3M 2S 2S 1C 1C 2S 4M",
};

const IMPORTANCE: Record<string, Importance> = { M: "must", S: "should", C: "could" };

function readColumn(roleId: RoleId): Requirement[] {
  return Object.entries(TABLE).flatMap(([skillId, row]) => {
    const cell = row.split(" ")[COLUMNS.indexOf(roleId)] ?? ".";
    const importance = IMPORTANCE[cell[1] ?? ""];
    return importance ? [{ skillId, level: Number(cell[0]), importance }] : [];
  });
}

function role(
  id: RoleId,
  name: string,
  family: string,
  responsibility: Responsibility,
  mission: string,
): Role {
  return { id, name, family, mission, responsibility, requirements: readColumn(id) };
}

export const ROLES: Role[] = [
  role(
    "AIPE",
    "AI Product Engineer",
    "Engineering",
    { from: 3, to: 4 },
    "Turns a business problem into a reliable, affordable AI feature, end to end.",
  ),
  role(
    "MLE",
    "Senior ML Engineer",
    "Engineering",
    { from: 4, to: 4 },
    "Owns the quality of models and of retrieval.",
  ),
  role(
    "OPS",
    "MLOps Engineer",
    "Operations",
    { from: 3, to: 4 },
    "Owns repeatable training, release, rollback and monitoring.",
  ),
  role("DE", "Data Engineer", "Data", { from: 3, to: 3 }, "Owns trustworthy data, in and out."),
  role(
    "SYS",
    "Systems Engineer",
    "Engineering",
    { from: 4, to: 4 },
    "Owns measured hot paths and serving engines.",
  ),
  role(
    "SEC",
    "AI Security Engineer",
    "Security",
    { from: 3, to: 4 },
    "Owns resistance to abuse and the evidence for audits.",
  ),
  role(
    "PL",
    "AI Product Lead",
    "Product",
    { from: 4, to: 4 },
    "Owns the problem, the metrics, the money and the go or no-go.",
  ),
];
