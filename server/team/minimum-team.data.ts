import type { ProjectKind } from "#server/brief/schema.ts";
import type { RoleId } from "./schema.ts";

export interface MinimumShare {
  roleId: RoleId;
  /** Persons at full time during the pilot (house figures). */
  fte: number | null;
  /** A one-off review instead of a share of the week. */
  days: number | null;
}

const ASSISTANT: MinimumShare[] = [
  { roleId: "AIPE", fte: 1, days: null },
  { roleId: "PL", fte: 0.25, days: null },
  { roleId: "SEC", fte: null, days: 0.5 },
];

const LIFECYCLE: MinimumShare[] = [
  { roleId: "OPS", fte: 1, days: null },
  { roleId: "MLE", fte: 1, days: null },
  { roleId: "DE", fte: 0.5, days: null },
  { roleId: "PL", fte: 0.2, days: null },
];

export const MINIMUM_TEAMS: Record<ProjectKind | "on_device", MinimumShare[]> = {
  rag: ASSISTANT,
  assistant: ASSISTANT,
  agent: [
    { roleId: "AIPE", fte: 1, days: null },
    { roleId: "MLE", fte: 1, days: null },
    { roleId: "SEC", fte: 0.2, days: null },
  ],
  classification: LIFECYCLE,
  forecast: LIFECYCLE,
  on_device: [
    { roleId: "AIPE", fte: 1, days: null },
    { roleId: "SYS", fte: 1, days: null },
  ],
  engine: [
    { roleId: "SYS", fte: 2, days: null },
    { roleId: "MLE", fte: 1, days: null },
  ],
};
