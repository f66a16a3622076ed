import type { ProjectKind } from "#server/brief/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { applyToNeeds, applyToRoles } from "./apply-requirements.ts";
import { MINIMUM_TEAMS } from "./minimum-team.data.ts";
import type {
  Importance,
  Need,
  NeedSource,
  PilotOverlay,
  RequiredRole,
  Requirement,
  Role,
  RoleId,
  RoleRequirement,
  RoleShare,
  SkillCatalogue,
  SkillDemand,
} from "./schema.ts";
import type { HandRequirement } from "./staffing-schema.ts";

const say = sayRoom("team");

/** What the team room reads of a decided layer. */
export interface LayerPick {
  layer: string;
  status: string;
  pick: string | null;
  teamPick: string | null;
  /** What the picked option asks, from the rule set. */
  demands: SkillDemand[];
}

export interface ProjectDemand {
  kind: ProjectKind;
  onDevice: boolean;
  layers: LayerPick[];
  /** Ids of the policy rules that fired, for example POL-1. */
  policies: string[];
  /** What people set by hand for this project; absent where nobody did. */
  byHand?: HandRequirement[];
}

export interface RequiredSkills {
  overlay: PilotOverlay | null;
  needs: Need[];
  /** All seven roles, with this project's raised requirements; `share` says who is in the minimum team. */
  roles: RequiredRole[];
}

/** Kind, picks and pilot overlay -> what somebody must hold, and what each role must bring. The highest demand wins. */
export function requireSkills(demand: ProjectDemand, catalogue: SkillCatalogue): RequiredSkills {
  const { byHand = [] } = demand;
  const overlay = overlayOf(demand, catalogue);
  const needs = applyToNeeds(listNeeds(demand, overlay, catalogue), byHand, catalogue);
  const roles = raiseRoles(needs, overlay, sharesOf(demand), catalogue.roles);
  return { overlay, needs, roles: applyToRoles(roles, byHand, catalogue) };
}

export function overlayOf(
  { kind }: Pick<ProjectDemand, "kind">,
  { overlays }: SkillCatalogue,
): PilotOverlay | null {
  const id = kind === "engine" ? null : kind === "classification" || kind === "forecast" ? "mlops" : "rag";
  return overlays.find((overlay) => overlay.id === id) ?? null;
}

function listNeeds(
  demand: ProjectDemand,
  overlay: PilotOverlay | null,
  { policyDemands }: SkillCatalogue,
): Need[] {
  const idle = new Set(demand.layers.filter((l) => l.status === "not_applicable").map((l) => l.layer));
  const needs = new Map<string, Need>();
  for (const row of overlay?.rows ?? []) {
    if (row.layer !== undefined && idle.has(row.layer)) continue;
    const source: NeedSource = { kind: "overlay", ref: overlay?.id ?? "", pick: null };
    mergeNeed(needs, { skillId: row.skillId, level: row.level, importance: "must" }, source);
  }
  for (const { layer, pick, demands } of demand.layers) {
    if (pick === null || idle.has(layer)) continue;
    for (const row of demands) mergeNeed(needs, weigh(row), { kind: "layer", ref: layer, pick });
  }
  for (const policy of demand.policies) {
    for (const row of policyDemands[policy] ?? []) {
      mergeNeed(needs, weigh(row), { kind: "policy", ref: policy, pick: null });
    }
  }
  return [...needs.values()].sort((a, b) => (a.skillId < b.skillId ? -1 : 1));
}

/** From level 3 on a pick cannot be built without it; level 2 is a normal task that can be reviewed (house). */
function weigh({ skillId, level }: SkillDemand): Requirement {
  return { skillId, level, importance: level >= 3 ? "must" : "should" };
}

function mergeNeed(needs: Map<string, Need>, row: Requirement, source: NeedSource): void {
  const known = needs.get(row.skillId);
  needs.set(row.skillId, {
    skillId: row.skillId,
    level: Math.max(known?.level ?? 0, row.level),
    importance: known ? strongerOf(known.importance, row.importance) : row.importance,
    onOverlay: (known?.onOverlay ?? false) || source.kind === "overlay",
    sources: [...(known?.sources ?? []), source],
  });
}

function sharesOf(demand: ProjectDemand): Map<RoleId, RoleShare> {
  const team = MINIMUM_TEAMS[demand.onDevice ? "on_device" : demand.kind];
  return new Map(team.map(({ roleId, fte, days }) => [roleId, { fte, days, because: say("share.minimum") }]));
}

function raiseRoles(
  needs: Need[],
  overlay: PilotOverlay | null,
  shares: Map<RoleId, RoleShare>,
  table: Role[],
): RequiredRole[] {
  const roles: RequiredRole[] = table.map((role) => ({
    ...role,
    requirements: role.requirements.map((requirement) => ({ ...requirement, raisedBy: [] })),
    share: shares.get(role.id) ?? null,
  }));
  for (const need of needs) {
    // Where one person may hold the pilot alone, every carrier must bring every overlay row.
    if (need.onOverlay && overlay?.soloAllowed) {
      for (const role of roles) if (overlay.carriers.includes(role.id)) raiseRequirement(role, need);
      continue;
    }
    const bearer = bearerOf(need, roles);
    if (!bearer) continue;
    raiseRequirement(bearer, need);
    bearer.share ??= {
      fte: 1,
      days: null,
      because: say("share.joins", { skill: need.skillId }),
    };
  }
  return roles;
}

/** The role of the team that is closest to a need; when none comes within one level, the closest of all joins. */
function bearerOf(need: Need, roles: RequiredRole[]): RequiredRole | undefined {
  const nearest = closestTo(
    need,
    roles.filter((role) => role.share !== null),
  );
  return nearest && levelOf(nearest, need.skillId) >= need.level - 1 ? nearest : closestTo(need, roles);
}

function closestTo(need: Need, roles: RequiredRole[]): RequiredRole | undefined {
  return roles.reduce<RequiredRole | undefined>(
    (best, role) => (best && levelOf(best, need.skillId) >= levelOf(role, need.skillId) ? best : role),
    undefined,
  );
}

export function levelOf(role: Role | RequiredRole, skillId: string): number {
  return role.requirements.find((requirement) => requirement.skillId === skillId)?.level ?? 0;
}

function raiseRequirement(role: RequiredRole, need: Need): void {
  const known = role.requirements.find((requirement) => requirement.skillId === need.skillId);
  const raised: RoleRequirement = {
    skillId: need.skillId,
    level: Math.max(known?.level ?? 0, need.level),
    importance: known ? strongerOf(known.importance, need.importance) : need.importance,
    raisedBy: [],
  };
  if (known && known.level === raised.level && known.importance === raised.importance) return;
  raised.raisedBy = need.sources.map((source) => `${source.kind}:${source.pick ?? source.ref}`);
  role.requirements = [...role.requirements.filter((requirement) => requirement !== known), raised].sort(
    (a, b) => (a.skillId < b.skillId ? -1 : 1),
  );
}

const STRENGTH: Record<Importance, number> = { must: 3, should: 2, could: 1 };

function strongerOf(a: Importance, b: Importance): Importance {
  return STRENGTH[a] >= STRENGTH[b] ? a : b;
}
