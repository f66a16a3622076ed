import type { PilotOverlay } from "./schema.ts";

/** At least one person must hold each row. */
export const OVERLAYS: PilotOverlay[] = [
  {
    id: "rag",
    name: "RAG pilot",
    carriers: ["AIPE", "MLE"],
    soloAllowed: true,
    rows: [
      { skillId: "S03", level: 3, layer: "api" },
      { skillId: "S04", level: 3 },
      { skillId: "S05", level: 3 },
      { skillId: "S21", level: 3 },
      { skillId: "S12", level: 2 },
      { skillId: "S13", level: 2 },
      { skillId: "S07", level: 2 },
      { skillId: "S10", level: 2 },
      { skillId: "S02", level: 2 },
      { skillId: "S11", level: 2 },
      { skillId: "S24", level: 2 },
    ],
  },
  {
    id: "mlops",
    name: "MLOps pilot",
    carriers: ["OPS", "MLE", "DE"],
    soloAllowed: false,
    rows: [
      { skillId: "S14", level: 3 },
      { skillId: "S09", level: 3 },
      { skillId: "S15", level: 3 },
      { skillId: "S07", level: 3 },
      { skillId: "S13", level: 3 },
      { skillId: "S21", level: 3 },
      { skillId: "S22", level: 2 },
      { skillId: "S19", level: 2 },
      { skillId: "S10", level: 2 },
      { skillId: "S24", level: 2 },
    ],
  },
];
